import StarlingMath

/// Four independent white noises behind four low-passes of first order.
///
/// Method: xorshift with 32 bits of state, period 2^32 - 1. Reference: G. Marsaglia, "Xorshift RNGs", JSS 2003.
@frozen public struct NoiseSource: Sendable {
    private var state: SIMD4<UInt32>
    private var smooth = Lanes.zero
    private var gain = LaneRamp()
    private var share = LaneRamp()

    /// Noises that follow from the seed alone.
    public init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        state = .zero
        for lane in 0..<4 { state[lane] = UInt32(truncatingIfNeeded: random.next()) | 1 }  // 0 would stay 0
    }

    /// Aims at an RMS before the low-pass, and at the low-pass's cutoff in cycles per sample-frame.
    public mutating func aim(gain level: Float, cutoff: Float, atOnce: Bool) {
        gain.aim(at: Lanes(repeating: level * 1.732_050_8), atOnce: atOnce)  // uniform noise has an RMS of 1 / sqrt(3)
        share.aim(at: Lanes(repeating: 1 - fastExp2(cutoff * -9.064_720_3)), atOnce: atOnce)  // 1 - exp(-2 pi cutoff)
    }

    /// Adds the next `count` frames.
    public mutating func add(to output: UnsafeMutablePointer<Lanes>, count: Int) {
        var (state, smooth, gain, share) = (state, smooth, gain, share)
        for i in 0..<count {
            state ^= state &<< 13
            state ^= state &>> 17
            state ^= state &<< 5
            let white = unsafeBitCast(state &>> 9 | 0x4000_0000, to: Lanes.self) - 3  // 2..<4 to -1..<1
            smooth += (white - smooth) * share.value
            output[i] += gain.value * smooth
            gain.value += gain.step
            share.value += share.step
        }
        (self.state, self.smooth, self.gain, self.share) = (state, smooth, gain, share)
    }
}
