import StarlingDSP
import StarlingMath

/// Makes loud sound less loud, both sides alike.
///
/// The level is the highest magnitude of the last 10 ms, so that a steady tone from 50 Hz on has a steady level and the curve is
/// exact. What the curve takes away is smoothed in decibels: with the attack when it grows, else with the release.
final class Compressor: Effect {
    private let sampleRate: Hertz
    private let held: SlidingMaximum
    /// Threshold, slope above it, knee, and loudness behind, in dB.
    private var curve: LaneGlide
    private var mix: Fader
    private var grow: Float = 0
    private var fade: Float = 0
    private var reduction: Decibels = 0
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        held = SlidingMaximum(length: Int(0.01 * sampleRate))
        curve = LaneGlide(sampleRate: sampleRate)
        mix = Fader(sampleRate: sampleRate)
    }

    override func reset() {
        held.reset()
        reduction = 0
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        curve.aim(
            at: Lanes(parameters[0], 1 - 1 / max(parameters[1], 1), max(parameters[2], 0.01), parameters[5]), atOnce: isFresh)
        grow = fastExp(-1 / (parameters[3] * sampleRate))
        fade = fastExp(-1 / (parameters[4] * sampleRate))
        mix.aim(at: parameters[6], atOnce: isFresh)
        isFresh = false
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (curve, mix, reduction) = (curve, mix, reduction)
        for i in 0..<count {
            let (l, r) = (flushed(left[i]), flushed(right[i]))
            let level = decibels(amplitude: held.next(max(l.magnitude, r.magnitude)))
            let wanted = Self.reduction(over: level - curve.value[0], curve.value)
            reduction = flushed(wanted + (reduction - wanted) * (wanted > reduction ? grow : fade))
            let gain = 1 + (amplitude(decibels: curve.value[3] - reduction) - 1) * mix.next()
            left[i] = flushed(l * gain)
            right[i] = flushed(r * gain)
            curve.walk()
        }
        (self.curve, self.mix, self.reduction) = (curve, mix, reduction)
    }

    /// What the curve takes from a level that is so far over the threshold: nothing below the knee, a parabola in it.
    @inline(__always) private static func reduction(over: Decibels, _ curve: Lanes) -> Decibels {
        let (slope, knee) = (curve[1], curve[2])
        if over + over <= -knee { return 0 }
        if over + over >= knee { return slope * over }
        let into = over + 0.5 * knee
        return slope * into * into / (knee + knee)
    }
}
