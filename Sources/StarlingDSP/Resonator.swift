import StarlingMath

/// Four resonances side by side: state-variable filters whose frequency, width and level move without harm.
///
/// The filter is integrated by the trapezoidal rule and its coefficients are worked out anew for each sample-frame, which
/// keeps its energy bounded however fast it is moved.
/// Reference: A. Wishnick, "Time-varying filters for musical applications", DAFx 2014.
@frozen public struct Resonator: Sendable {
    private var first = Lanes.zero
    private var second = Lanes.zero
    private var tangent = LaneRamp(Lanes(repeating: 0.1))
    private var width = LaneRamp(Lanes(repeating: 1))
    private var level = LaneRamp()

    /// Silent resonances.
    public init() {}

    /// Aims at frequencies in cycles per sample-frame (limited to 0.0001...0.45), at a width as a share of the frequency
    /// (above 0), and at a gain at the peak.
    public mutating func aim(frequency: Lanes, width share: Float, level peak: Float, atOnce: Bool) {
        let limited = larger(smaller(frequency, Lanes(repeating: 0.45)), Lanes(repeating: 0.0001))
        tangent.aim(at: fastTangent(halfTurns: limited), atOnce: atOnce)
        width.aim(at: Lanes(repeating: share), atOnce: atOnce)
        level.aim(at: Lanes(repeating: peak * share), atOnce: atOnce)
        flush()
    }

    /// Adds the resonances of `count` frames of input: the band-pass, and the low-pass where `low` is 1.
    @inline(__always)
    public mutating func add(
        _ input: UnsafePointer<Lanes>, to output: UnsafeMutablePointer<Lanes>, count: Int, low: Float
    ) {
        var (first, second, tangent, width, level) = (first, second, tangent, width, level)
        for i in 0..<count {
            let g = tangent.value
            let difference = input[i] - second
            let band = (first + g * difference) / (1 + g * (g + width.value))
            let rise = g * band
            let lowpass = second + rise
            first = band + band - first
            second = lowpass + rise
            output[i] += level.value * (band + low * lowpass)
            tangent.value += tangent.step
            width.value += width.step
            level.value += level.step
        }
        (self.first, self.second, self.tangent, self.width, self.level) = (first, second, tangent, width, level)
    }

    /// Once a tick is enough: no resonance used for sound falls from 1e-19 to a subnormal within 32 frames.
    private mutating func flush() {
        first = flushed(first)
        second = flushed(second)
    }
}
