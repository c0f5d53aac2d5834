import StarlingDSP
import StarlingMath

/// Lets nothing above the ceiling pass, and what is below without a change.
///
/// The gain comes down in a smooth line over `latency` sample-frames before a peak and back within about a tenth of a
/// second. The gain that is needed is held, then averaged, each over the same stretch, so that it is never too large at
/// a peak; averages are taken in whole numbers, whose sum gathers no error. Cost: some 30 operations a sample-frame.
final class Limiter: @unchecked Sendable {
    /// No sample is larger: -1 dBFS.
    static let ceiling: Float = 0.891_250_9
    /// How much later sound comes out, in sample-frames: 1.5 ms.
    let latency: SampleCount
    private let stretch: Int
    private let keep: Float
    private let held: SlidingMaximum
    private let sound: UnsafeMutablePointer<SIMD2<Float>>
    private let reductions: UnsafeMutablePointer<UInt32>
    private var total: UInt32 = 0
    private var place = 0
    private var reduction: Float = 0

    init(sampleRate: Hertz) {
        stretch = Int((0.0015 * sampleRate).rounded()) + 1
        latency = stretch - 1
        keep = fastExp(-1 / (0.1 * sampleRate))
        held = SlidingMaximum(length: stretch)
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
        let peak = max(frame[0].magnitude, frame[1].magnitude)
        let needed = held.next(peak > Self.ceiling ? 1 - Self.ceiling / peak : 0)
        reduction = max(needed, flushed(reduction * keep))
        average(reduction)
        sound[place] = frame
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
