import StarlingDSP
import StarlingMath

/// Lets nothing above the ceiling pass, not between the samples either, and what is below without a change.
///
/// Peaks are looked for on the curve through the samples, at four times the sample rate (ITU-R BS.1770-4, annex 2); it is
/// known 16 sample-frames late. The gain comes down in a smooth line over 1.5 ms before a peak and back within about a
/// tenth of a second. The gain that is needed is held, then averaged, each over the same stretch, so that it is never too
/// large at a peak; averages are taken in whole numbers, whose sum gathers no error. Cost: some 230 operations a sample-frame.
final class Limiter: @unchecked Sendable {
    /// No sample is larger: -1 dBFS.
    static let ceiling: Float = 0.891_250_9
    /// Where it begins to work: 0.36 dB lower, by which meters of true peak differ near half the sample rate.
    private static let threshold: Float = 0.855_07
    /// How much later sound comes out, in sample-frames: 1.5 ms and 16.
    let latency: SampleCount
    private let stretch: Int
    private let keep: Float
    private let held: SlidingMaximum
    private static let tapCount = 32
    private let interpolator = PeakInterpolator(tapCount: tapCount)
    private let sides = (left: History(capacity: tapCount), right: History(capacity: tapCount))
    private let sound: UnsafeMutablePointer<SIMD2<Float>>
    private let reductions: UnsafeMutablePointer<UInt32>
    private var total: UInt32 = 0
    private var place = 0
    private var reduction: Float = 0

    init(sampleRate: Hertz) {
        stretch = Int((0.0015 * sampleRate).rounded()) + 1
        latency = stretch - 1 + Self.tapCount / 2
        keep = fastExp(-1 / (0.1 * sampleRate))
        held = SlidingMaximum(length: stretch + 1)  // a peak between two sample-frames holds for both
        sound = .allocate(capacity: stretch)
        reductions = .allocate(capacity: stretch)
        sound.initialize(repeating: .zero, count: stretch)
        reductions.initialize(repeating: 0, count: stretch)
    }

    deinit {
        sound.deallocate()
        reductions.deallocate()
    }

    /// Forgets all sound.
    func reset() {
        held.reset()
        sides.left.reset()
        sides.right.reset()
        sound.update(repeating: .zero, count: stretch)
        reductions.update(repeating: 0, count: stretch)
        (total, place, reduction) = (0, 0, 0)
    }

    /// Changes `count` sample-frames in place; NaN and infinity count as 0.
    func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        for i in 0..<count {
            let frame = next(SIMD2(flushed(left[i]), flushed(right[i])))
            left[i] = clamp(frame[0], -Self.ceiling, Self.ceiling)  // for the last bit of rounding only
            right[i] = clamp(frame[1], -Self.ceiling, Self.ceiling)
        }
    }

    @inline(__always) private func next(_ frame: SIMD2<Float>) -> SIMD2<Float> {
        sides.left.append(frame[0])
        sides.right.append(frame[1])
        let (l, r) = (sides.left.latest(Self.tapCount), sides.right.latest(Self.tapCount))
        let middle = SIMD2(l[Self.tapCount / 2 - 1], r[Self.tapCount / 2 - 1])
        let peak = max(
            max(middle[0].magnitude, middle[1].magnitude),
            max(interpolator.highest(l, count: 1), interpolator.highest(r, count: 1)))
        let needed = held.next(peak > Self.threshold ? 1 - Self.threshold / peak : 0)
        reduction = max(needed, flushed(reduction * keep))
        average(reduction)
        sound[place] = middle
        place = place + 1 < stretch ? place + 1 : 0
        return sound[place] * (1 - Float(total) * (1 / (Float(stretch) * Self.unit)))
    }

    /// What stands for a reduction to nothing.
    private static let unit: Float = 4_194_304

    private func average(_ reduction: Float) {
        let whole = UInt32((reduction * Self.unit).rounded(.up))
        total = total &+ whole &- reductions[place]
        reductions[place] = whole
    }
}
