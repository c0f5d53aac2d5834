import StarlingMath

/// Four pulse trains without aliasing, such as the folds of four throats make them.
///
/// The harmonics of a train fall off exponentially, `a, a^2, a^3 ...` with `a = exp(-frequency / slope)`. Their
/// infinite sum has a closed form (the Poisson kernel), which costs one sine and one division, and what lies above half
/// the sample rate is so weak that it needs no further care: with a slope of a tenth of half the sample rate, -87 dB.
/// Each train has an RMS of 1 at every pitch and slope.
/// Reference: J. A. Moorer, "The synthesis of complex audio spectra by means of discrete summation formulas", JAES 1976.
@frozen public struct PulseSource: Sendable {
    /// Where each train is in its cycle, -0.5..<0.5; the pulse is at 0.
    public var phase = Lanes.zero
    private var increment = LaneRamp()
    private var fall = LaneRamp()
    private var gain = LaneRamp()

    /// Trains at phase 0 and 0 Hz.
    public init() {}

    /// Aims at frequencies in cycles per sample-frame, 0..<0.5, and at the frequency, in the same unit, over which
    /// the spectrum falls by a factor of e.
    public mutating func aim(frequency: Lanes, slope: Lanes, gain level: Float, atOnce: Bool) {
        let rest = 1 - fastExp2(frequency / slope * -1.442_695_040_888_963_4)  // 1 - a
        increment.aim(at: frequency, atOnce: atOnce)
        fall.aim(at: rest, atOnce: atOnce)
        gain.aim(at: level * (2 * rest * (2 - rest)).squareRoot(), atOnce: atOnce)
    }

    /// Writes the next `count` frames.
    public mutating func render(_ output: UnsafeMutablePointer<Lanes>, count: Int) {
        var (phase, increment, fall, gain) = (phase, increment, fall, gain)
        for i in 0..<count {
            phase = wrapped(phase + increment.value)
            let s = fastSine(halfTurns: phase)
            let s2 = s * s
            let rest = fall.value
            output[i] = gain.value * (rest - 2 * s2) / (rest * rest + 4 * (1 - rest) * s2)
            increment.value += increment.step
            fall.value += fall.step
            gain.value += gain.step
        }
        (self.phase, self.increment, self.fall, self.gain) = (phase, increment, fall, gain)
    }
}
