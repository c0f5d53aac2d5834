import StarlingDSP
import StarlingMath

/// The filter of one note of the subtractive synthesiser, of fourth order and in stereo.
///
/// It is two state-variable filters in a row, of which the second one resonates, or a transistor ladder.
struct SubtractiveFilter {
    /// Two filters in stereo: lanes 0 and 1 are the first one, 2 and 3 the second.
    private var pair = StateVariable()
    private var ladder = Ladder()
    /// Tangent of the cutoff, the second filter's width, the ladder's feedback.
    private var shape = LaneRamp()
    /// Shares of what passes below, around and above the cutoff.
    private var passes = LaneRamp()
    /// How much of the ladder is heard at the beginning and the end of the tick; the rest is the clean filter.
    private var ladderShare: (now: Float, next: Float) = (0, 0)

    /// Aims at a cutoff in cycles per sample-frame for the end of the tick that begins now, or goes there at once.
    mutating func aim(_ frequency: Float, _ manner: SubtractiveManner, atOnce: Bool) {
        let tangent = fastTangent(halfTurns: Lanes(repeating: frequency))[0]
        shape.aim(at: Lanes(tangent, manner.width, manner.feedback, 0), atOnce: atOnce)
        aimLadder(manner.ladder, atOnce)
        var shares = manner.passes
        shares[3] = ladderShare.next
        passes.aim(at: shares, atOnce: atOnce)
        pair.flush()
        ladder.flush()
    }

    /// The ladder comes and goes within a hundredth of a second, and rests where nothing of it is heard.
    private mutating func aimLadder(_ wanted: Float, _ atOnce: Bool) {
        let next = ladderShare.next + (wanted - ladderShare.next) * 0.15
        let isThere = atOnce || (next - wanted).magnitude < 1e-3
        ladderShare = (atOnce ? wanted : ladderShare.next, isThere ? wanted : next)
        if ladderShare.next == 0 && ladderShare.now == 0 { ladder = Ladder() }
    }

    /// Changes `count` frames in place; there is room behind them for as many and two more.
    mutating func process(_ sound: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
        let climbed = sound + count + 1
        let hasLadder = ladderShare.now > 0 || ladderShare.next > 0
        if hasLadder { climb(sound, to: climbed, count: count) }
        if ladderShare.now < 1 || ladderShare.next < 1 { clean(sound, count: count) }
        if hasLadder {
            var passes = passes
            for i in 0..<count {
                sound[i] += (climbed[i] - sound[i]) * passes.value[3]
                passes.value += passes.step
            }
        }
        shape.walk(count)
        passes.walk(count)
    }

    /// The second filter works on the frame before the first one's: both at once.
    private mutating func clean(_ sound: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
        var pair = pair
        var (tangent, width) = (PairRamp(shape, 0), PairRamp(shape, 1))
        let isLowPass = passes.value.lowHalf == SIMD2(1, 0) && passes.value[2] == 0 && passes.step.lowHalf == .zero
        var (below, around, above) = (PairRamp(passes, 0), PairRamp(passes, 1), PairRamp(passes, 2))
        var passed = SIMD2<Float>.zero
        for i in 0...count {
            let before = pair
            let input = Lanes(lowHalf: sound[i], highHalf: passed)
            let widths = Lanes(lowHalf: SIMD2(repeating: Self.firstWidth), highHalf: width.value.highHalf)
            let (low, band) = pair.next(input, tangent: tangent.value, width: widths)
            var output = low
            if !isLowPass {
                let broad = widths * band
                output = below.value * low + around.value * broad + above.value * (input - broad - low)
                below.walk()
                around.walk()
                above.walk()
            }
            passed = output.lowHalf
            if i > 0 {
                sound[i - 1] = output.highHalf
            } else {
                (pair.first.highHalf, pair.second.highHalf) = (before.first.highHalf, before.second.highHalf)
            }
            if i == count { (pair.first.lowHalf, pair.second.lowHalf) = (before.first.lowHalf, before.second.lowHalf) }
            tangent.walk()
            width.walk()
        }
        self.pair = pair
    }

    /// The first of the two filters does not resonate: together they are no wider than it.
    private static let firstWidth: Float = 1.3

    private mutating func climb(
        _ sound: UnsafePointer<SIMD2<Float>>, to climbed: UnsafeMutablePointer<SIMD2<Float>>, count: Int
    ) {
        var (ladder, shape, passes) = (ladder, shape, passes)
        for i in 0..<count {
            climbed[i] = ladder.next(
                sound[i], tangent: shape.value[0], feedback: shape.value[2], shares: passes.value)
            shape.value += shape.step
            passes.value += passes.step
        }
        self.ladder = ladder
    }
}

/// One number of a ramp for two filters in stereo, for the second one as it was a sample-frame before.
private struct PairRamp {
    var value: Lanes
    private let step: Float

    @inline(__always) init(_ ramp: LaneRamp, _ lane: Int) {
        value = Lanes(repeating: ramp.value[lane])
        step = ramp.step[lane]
    }

    @inline(__always) mutating func walk() { value = Lanes(lowHalf: value.lowHalf + step, highHalf: value.lowHalf) }
}
