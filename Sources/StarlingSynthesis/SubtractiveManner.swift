import StarlingDSP
import StarlingMath

/// What follows from the parameters of the subtractive synthesiser for one tick and is the same for every note.
///
/// The lanes are three oscillators in unison and the second oscillator.
struct SubtractiveManner {
    /// Shares of sawtooth, pulse and triangle; the pulse's width in cycles is the last lane.
    var wave = Lanes.zero
    /// How far each oscillator is from the note, in semitones.
    var intervals = Lanes.zero
    /// What each oscillator gives to the left and to the right.
    var left = Lanes.zero
    var right = Lanes.zero
    /// Shares of what passes below, around and above the cutoff.
    var passes = Lanes.zero
    /// The cutoff as a note number, and how far the contour and the note move it.
    var cutoff: NoteNumber = 60
    var sweep: Float = 0
    var follow: Float = 0
    /// The resonance's width as a share of the frequency, and the gain that goes with it.
    var width: Float = 1
    var gain: Float = 0.25
    /// The ladder's feedback, and whether the ladder is the filter (1) or not (0).
    var feedback: Float = 0
    var ladder: Float = 0
    /// How the loudness of a note goes, a step a sample-frame, and the same with a step a tick.
    var contour = ContourShape()
    var slowContour = ContourShape()

    /// Works the manner out from the parameters, in the order of `Subtractive.info`.
    @inline(never) init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        shape(parameters[0], width: parameters[1])
        place(unison: parameters[2], interval: parameters[3], mix: parameters[4], tune: parameters[14])
        filter(parameters)
        contour = ContourShape(parameters + 10, stepsPerSecond: sampleRate)
        slowContour = ContourShape(parameters + 10, stepsPerSecond: sampleRate / Float(tickFrameCount))
    }

    private mutating func shape(_ shape: Float, width: Float) {
        let (triangle, pulse) = (max(1 - shape, 0), max(shape - 1, 0))
        // A narrow pulse is made louder, and a triangle, so that shapes are about as loud.
        let narrow = 0.5 / (width * (1 - width)).squareRoot()
        wave = Lanes((1 - triangle - pulse), pulse * 0.62 * narrow, triangle * 1.1, width)
    }

    private mutating func place(unison: Float, interval: Float, mix: Float, tune: Float) {
        let spread = 0.35 * unison * unison
        intervals = Lanes(0, -spread, spread * 0.94, interval) + tune
        let others = min(unison * 4, 1)
        let first = fastSine(cycles: (1 - mix) * 0.25) / (1 + 2 * others * others).squareRoot()
        let strength = Lanes(first, first * others, first * others, fastSine(cycles: mix * 0.25))
        let position = Lanes(0, -0.9, 0.9, 0) * min(unison * 1.5, 1)
        left = strength * fastSine(halfTurns: (1 - position) * 0.25)
        right = strength * fastSine(halfTurns: (1 + position) * 0.25)
    }

    private mutating func filter(_ parameters: UnsafePointer<Float>) {
        cutoff = noteNumber(hertz: parameters[5])
        width = 1.8 * fastExp2(-4.6 * parameters[6])
        gain = 0.25 * fastExp2(0.35 * fastLog2(min(width, 1)))
        feedback = 4.3 * parameters[6]
        ladder = parameters[16]
        let kind = parameters[7]
        passes = Lanes(max(1 - kind, 0), 1 - (kind - 1).magnitude, max(kind - 1, 0), 0)
        sweep = parameters[8]
        follow = parameters[9]
    }
}
