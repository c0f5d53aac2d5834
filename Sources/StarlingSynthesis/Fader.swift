import StarlingDSP
import StarlingMath

/// A gain that follows its aim without a trace: two one-poles of 6 ms in a row, so that even a jump from full to
/// nothing is no click.
///
/// What remains of a jump is kept as the distance to the aim and falls to exactly 0: a fader at 1 changes no bit.
struct Fader {
    private let keep: Float
    private var aim: Float = 0
    private var first: Float = 0
    private var second: Float = 0

    init(sampleRate: Hertz) { keep = fastExp(-1 / (0.006 * sampleRate)) }

    /// Aims at a gain, or goes there at once.
    mutating func aim(at gain: Float, atOnce: Bool) {
        first = atOnce ? 0 : first + aim - gain
        second = atOnce ? 0 : second + aim - gain
        aim = gain
    }

    /// The gain for the next sample-frame.
    @inline(__always) mutating func next() -> Float {
        if first == 0 && second == 0 { return aim }
        first = flushed(first * keep)
        second = flushed(second * keep + first * (1 - keep))
        return aim + second
    }
}

/// The gain of a level in dB, where -60 dB and less is silence.
func audibleGain(_ level: Decibels) -> Float { level > -60 ? amplitude(decibels: level) : 0 }
