import StarlingDSP
import StarlingMath

/// What follows from the parameters of the wavetable synthesiser for one tick and is the same for every note.
struct WavetableManner {
    /// Where among the sets (0...3) and the waves (0...7) a note is, and how far a swing and its contour move it there.
    var set: Float = 0
    var wave: Float = 0
    var sway: Float = 0
    var bloom: Float = 0
    /// How far the swing comes in a tick, in cycles.
    var rate: Float = 0
    /// How far each oscillator is from the note, in semitones.
    var intervals = Lanes.zero
    /// How many oscillators are heard.
    var oscillatorCount = 1
    /// What each oscillator gives to the left and to the right.
    var left = Lanes.zero
    var right = Lanes.zero
    /// The cutoff as a note number, how far the contour moves it, the resonance's width and the gain that goes with it.
    var cutoff: NoteNumber = 60
    var sweep: Float = 0
    var width: Float = 1
    var gain: Float = 0.255
    /// How the loudness of a note goes, a step a sample-frame, and the same with a step a tick.
    var contour = ContourShape()
    var slowContour = ContourShape()

    /// Works the manner out from the parameters, in the order of `Wavetable.info`.
    @inline(never) init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        set = parameters[0]
        wave = parameters[1] * Float(MorphSpectra.waveCount - 1)
        sway = parameters[2] * Float(MorphSpectra.waveCount - 1) * 0.5
        rate = parameters[3] * Float(tickFrameCount) / sampleRate
        bloom = parameters[4] * Float(MorphSpectra.waveCount - 1)
        place(unison: parameters[5], tune: parameters[13])
        cutoff = noteNumber(hertz: parameters[6])
        width = 1.8 * fastExp2(-4.6 * parameters[7])
        gain = 0.255 * fastExp2(0.35 * fastLog2(min(width, 1)))
        sweep = parameters[8]
        contour = ContourShape(parameters + 9, stepsPerSecond: sampleRate)
        slowContour = ContourShape(parameters + 9, stepsPerSecond: sampleRate / Float(tickFrameCount))
    }

    private mutating func place(unison: Float, tune: Float) {
        let spread = 0.4 * unison * unison
        intervals = Lanes(0, -1, 0.94, -0.43) * spread + tune
        let others = min(unison * 4, 1)
        oscillatorCount = others > 0 ? 4 : 1
        let strength = Lanes(1, others, others, others) / (1 + 3 * others * others).squareRoot()
        let position = Lanes(0, -0.9, 0.9, 0.4) * min(unison * 1.5, 1)
        left = strength * fastSine(halfTurns: (1 - position) * 0.25)
        right = strength * fastSine(halfTurns: (1 + position) * 0.25)
    }
}
