import StarlingMath

/// A gain that rises to 1 while a note is held and falls to exactly 0 after it.
///
/// It is a straight line bent to an S (smoothstep), so that it begins and ends softly. It turns around at any time from
/// where it is.
@frozen public struct Envelope: Sendable {
    /// Whether the note is held.
    public var isRising = false
    /// How far the line has come, 0...1.
    public private(set) var progress: Float = 0
    private var rise: Float = 0
    private var fall: Float = 0

    /// An envelope at 0.
    public init() {}

    /// Whether nothing sounds and nothing will.
    public var isSilent: Bool { progress == 0 && !isRising }

    /// Sets the times from 0 to 1 and back in sample-frames, at least 1 each.
    public mutating func aim(attack: Float, release: Float) {
        rise = 1 / attack
        fall = 1 / release
    }

    /// Adds `count` frames of input times the envelope and times a further gain.
    public mutating func add(
        _ input: UnsafePointer<Lanes>, to output: UnsafeMutablePointer<Lanes>, count: Int, gain: inout LaneRamp
    ) {
        let step = isRising ? rise : -fall
        var (progress, ramp) = (progress, gain)
        for i in 0..<count {
            progress = clamp(progress + step, 0, 1)
            output[i] += input[i] * ramp.value * (progress * progress * (3 - 2 * progress))
            ramp.value += ramp.step
        }
        self.progress = progress
        gain = ramp
    }
}
