import StarlingDSP
import StarlingMath

/// A filter for everything: clean ones of second order or a transistor ladder, moved by a swing and by the loudness.
///
/// The loudness is the highest magnitude of the last 10 ms, so that it does not move with the wave.
/// Another kind is faded to. The cutoff moves in a straight line within each tick.
final class Filter: Effect {
    private let sampleRate: Hertz
    private var clean = StateVariable()
    private var ladder = Ladder()
    /// Shares of what passes below, around and above the cutoff, and of the ladder.
    private var shares: LaneGlide
    /// The note number of the cutoff, the resonance, the drive and the mix, as the player has put them.
    private var manner: LaneGlide
    /// Tangent of the cutoff, width, feedback, gain of the band-pass beyond its width.
    private var shape = LaneRamp()
    private var level: Fader
    private var phase: Float = 0
    private let held: SlidingMaximum
    private var loudness: Float = 0
    private let rise: Float
    private let fall: Float
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        shares = LaneGlide(sampleRate: sampleRate)
        manner = LaneGlide(sampleRate: sampleRate)
        level = Fader(sampleRate: sampleRate)
        held = SlidingMaximum(length: Int(0.01 * sampleRate))
        rise = 1 - fastExp(-1 / (0.005 * sampleRate))
        fall = 1 - fastExp(-1 / (0.12 * sampleRate))
    }

    override func reset() {
        (clean, ladder) = (StateVariable(), Ladder())
        held.reset()
        (phase, loudness) = (0, 0)
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        shares.aim(at: Self.shares(kind: Int(parameters[0])), atOnce: isFresh)
        manner.aim(
            at: Lanes(noteNumber(hertz: parameters[1]), parameters[2], amplitude(decibels: parameters[3]), parameters[7]),
            atOnce: isFresh)
        phase += parameters[6] * Float(tickFrameCount) / sampleRate
        phase -= phase.rounded(.down)
        let moved = parameters[4] * min(2 * loudness, 1) + parameters[5] * fastSine(cycles: phase)
        bend(cutoff: manner.value[0] + moved, resonance: manner.value[1])
        let softness = fastExp2(0.35 * min(fastLog2(1.8) - 4.6 * parameters[2], 0))
        level.aim(at: amplitude(decibels: parameters[8]) * softness, atOnce: isFresh)
        clean.flush()
        ladder.flush()
        isFresh = false
    }

    /// Low-pass, band-pass, high-pass, notch, ladder.
    private static func shares(kind: Int) -> Lanes {
        switch kind {
        case 0: Lanes(1, 0, 0, 0)
        case 1: Lanes(0, 1, 0, 0)
        case 2: Lanes(0, 0, 1, 0)
        case 3: Lanes(1, 0, 1, 0)
        default: Lanes(1, 0, 0, 1)
        }
    }

    private func bend(cutoff: NoteNumber, resonance: Float) {
        let frequency = clamp(hertz(note: clamp(cutoff, 0, 150)) / sampleRate, 0.0002, 0.45)
        let width = 1.8 * fastExp2(-4.6 * resonance)
        // A narrow band is made louder, so that kinds are about as loud.
        shape.aim(
            at: Lanes(
                fastTangent(halfTurns: Lanes(repeating: frequency))[0], width, 4.3 * resonance, width.squareRoot()),
            atOnce: isFresh)
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (shares, manner, shape, level, loudness) = (shares, manner, shape, level, loudness)
        for i in 0..<count {
            let input = SIMD2(flushed(left[i]), flushed(right[i]))
            let peak = held.next(max(input[0].magnitude, input[1].magnitude))
            loudness = flushed(loudness + (peak - loudness) * (peak > loudness ? rise : fall))
            let sound = filtered(driven(input, manner.value[2]), shares.value, shape.value)
            let mixed = input + (sound * level.next() - input) * manner.value[3]
            left[i] = flushed(mixed[0])
            right[i] = flushed(mixed[1])
            shape.value += shape.step
            manner.walk()
            shares.walk()
        }
        (self.shares, self.manner, self.shape, self.level) = (shares, manner, shape, level)
        self.loudness = min(loudness, 8)
    }

    /// Louder, and bent from full scale on.
    @inline(__always) private func driven(_ input: SIMD2<Float>, _ strength: Float) -> SIMD2<Float> {
        2 * Ladder.bent(input * (0.5 * strength)) / strength.squareRoot()
    }

    @inline(__always) private func filtered(_ input: SIMD2<Float>, _ share: Lanes, _ shape: Lanes) -> SIMD2<Float> {
        let (low, band) = clean.next(input, tangent: shape[0], width: shape[1])
        let above = input - shape[1] * band - low
        let sound = share[0] * low + (share[1] * shape[3]) * band + share[2] * above
        if share[3] == 0 { return sound }
        let climbed = ladder.next(input, tangent: shape[0], feedback: shape[2], shares: Lanes(1, 0, 0, 0))
        return sound + (climbed - sound) * share[3]
    }
}
