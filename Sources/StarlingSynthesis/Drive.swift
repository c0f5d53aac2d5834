import StarlingDSP
import StarlingMath

/// Bends the wave, from warmth to fuzz, at eight times the sample rate so that it does not alias.
///
/// The bend is a tanh that is even (soft) or leans to one side (tube), a limit with round corners (hard), or a sine that
/// folds the wave back (fold), and everything between two neighbours. The sound itself is delayed as the bent one is, by 32
/// sample-frames.
final class Drive: Effect {
    private let sampleRate: Hertz
    private let samplers = (left: Oversampler(), right: Oversampler())
    /// Strength, lean, treble that is lost, and loudness of the bent sound.
    private var bend: LaneGlide
    /// Shares of tanh, limit and fold, and of the bent sound.
    private var shares: LaneGlide
    private var dulled = SIMD2<Float>.zero
    private var resting = SIMD2<Float>.zero
    private let settle: Float
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        bend = LaneGlide(sampleRate: sampleRate)
        shares = LaneGlide(sampleRate: sampleRate)
        settle = 1 - fastExp(-6.283_185_3 * 8 / sampleRate)
    }

    override func reset() {
        samplers.left.reset()
        samplers.right.reset()
        (dulled, resting) = (.zero, .zero)
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        let (strength, place) = (amplitude(decibels: parameters[0]), parameters[1])
        let cutoff = min(1_000 * fastExp2(4.5 * parameters[2]) / sampleRate, 0.45)
        let lean = max(1 - (place - 1).magnitude, 0)
        // What is about as loud as an instrument stays so.
        let loudness = 0.25 / fastTanh(0.25 * strength) * amplitude(decibels: parameters[4])
        bend.aim(at: Lanes(strength, 0.7 * lean, fastExp2(-9.06 * cutoff), loudness), atOnce: isFresh)
        shares.aim(
            at: Lanes(clamp(2 - place, 0, 1), max(1 - (place - 2).magnitude, 0), clamp(place - 2, 0, 1), parameters[3]),
            atOnce: isFresh)
        isFresh = false
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (bend, shares, dulled, resting) = (bend, shares, dulled, resting)
        for i in 0..<count {
            let (amount, share) = (bend.value, shares.value)
            let bent = SIMD2(
                Self.pass(samplers.left, flushed(left[i]), amount, share),
                Self.pass(samplers.right, flushed(right[i]), amount, share))
            // What leans has a mean, which is taken away.
            resting += (bent - resting) * settle
            dulled = bent - resting + (dulled - bent + resting) * amount[2]
            let dry = SIMD2(samplers.left.late, samplers.right.late)
            let sound = dry + (dulled * amount[3] - dry) * share[3]
            left[i] = flushed(sound[0])
            right[i] = flushed(sound[1])
            resting = SIMD2(flushed(resting[0]), flushed(resting[1]))
            dulled = SIMD2(flushed(dulled[0]), flushed(dulled[1]))
            bend.walk()
            shares.walk()
        }
        (self.bend, self.shares, self.dulled, self.resting) = (bend, shares, dulled, resting)
    }

    @inline(__always) private static func pass(
        _ sampler: Oversampler, _ input: Float, _ amount: Lanes, _ share: Lanes
    ) -> Float {
        let eight = sampler.up(clamp(input, -64, 64)) * amount[0]
        return sampler.down(
            EightLanes(lowHalf: bent(eight.lowHalf, amount[1], share), highHalf: bent(eight.highHalf, amount[1], share)))
    }

    /// Every bend has a slope of about 1 at 0.
    @inline(never) private static func bent(_ x: Lanes, _ lean: Float, _ share: Lanes) -> Lanes {
        var sum = Lanes.zero
        if share[0] != 0 { sum += (tanh(x + lean) - fastTanh(lean)) * share[0] }
        if share[1] != 0 {
            let limited = smaller(larger(x * (2 / 3), Lanes(repeating: -1)), Lanes(repeating: 1))
            sum += limited * (1.5 - 0.5 * limited * limited) * share[1]
        }
        if share[2] != 0 { sum += sine(x) * share[2] }
        return sum
    }

    /// The hyperbolic tangent, absolute error at most 2e-7.
    @inline(__always) private static func tanh(_ x: Lanes) -> Lanes { 1 - 2 / (fastExp2(x * 2.885_390_1) + 1) }

    /// The sine of angles in radians.
    @inline(__always) private static func sine(_ x: Lanes) -> Lanes {
        let halves = x * 0.318_309_89
        let whole = (halves * 0.5).rounded(.toNearestOrEven) * 2
        let wrapped = halves - whole  // -1...1 half turns
        let beyond = wrapped.replacing(with: 1 - wrapped, where: wrapped .> 0.5)
        return fastSine(halfTurns: beyond.replacing(with: -1 - wrapped, where: wrapped .< -0.5))
    }
}
