import StarlingDSP
import StarlingMath

/// The last stage: the fader for everything, and a limiter that nothing gets past.
public final class Master {
    /// The master's parameters, in the order in which `tick` takes them.
    public static let parameters: [ParameterInfo] = [
        ParameterInfo(
            "level", label: "Level", unit: .decibels, range: -60...12, default: 0,
            help: "How loud everything is; the lowest value is silence.")
    ]
    /// Nothing that comes out is higher, between the samples neither: -1 dB true peak.
    public static let ceiling: Float = Limiter.ceiling
    /// How much later sound comes out, in sample-frames: 1.5 ms and 16.
    public var latency: SampleCount { limiter.latency }
    private var fader: Fader
    private var isFresh = true
    private let limiter: Limiter

    /// Takes all memory for a sample rate of 8...192 kHz.
    public init(sampleRate: Hertz) {
        fader = Fader(sampleRate: sampleRate)
        limiter = Limiter(sampleRate: sampleRate)
    }

    /// Forgets all sound; the next tick takes its level over without a ramp.
    public func reset() {
        isFresh = true
        limiter.reset()
    }

    /// Takes the parameter values for the tick that begins now. The fader smooths even jumps by itself, within about 30 ms.
    public func tick(_ parameters: UnsafePointer<Float>) {
        fader.aim(at: audibleGain(parameters[0]), atOnce: isFresh)
        isFresh = false
    }

    /// Changes the next `count` sample-frames in place. NaN and infinity count as 0.
    public func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        for i in 0..<count {
            let gain = fader.next()
            left[i] *= gain
            right[i] *= gain
        }
        limiter.process(left, right, count: count)
    }
}
