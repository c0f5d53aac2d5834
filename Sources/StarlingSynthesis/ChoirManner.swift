import StarlingDSP
import StarlingMath

/// How all voices of the choir sing in one tick: what follows from the parameters and is the same for every note.
struct ChoirManner {
    /// Where formants lie for a voice of middle size, in Hz, how wide they are as a share of that, and their gains.
    var formantFrequency = EightLanes.zero
    var formantWidth = EightLanes(repeating: 1)
    var formantGain = EightLanes.zero
    /// How much of the sound is tone and how much is noise: gains.
    var toneGain: Float = 0
    var noiseGain: Float = 0
    /// The frequency over which the source's spectrum falls by a factor of e, in Hz.
    var slope: Hertz = 1000
    /// Vibrato's swing and the singers' distance from each other in semitones; all notes' shift.
    var vibrato: Float = 0
    var detune: Float = 0
    var tune: Float = 0
    /// Times in sample-frames.
    var attack: Float = 1
    var release: Float = 1
    /// What each singer gives to the left and to the right.
    var left = Lanes.zero
    var right = Lanes.zero

    /// Works the manner out from the parameters, in the order of `Choir.info`.
    init(_ parameters: UnsafePointer<Float>, vowels: VowelTable, sampleRate: Hertz) {
        shape(vowel: parameters[0], vowels)
        // From 300 to 2600 Hz; steeper at low sample rates, where harmonics above half the rate would be heard.
        slope = min(300 * fastExp2(parameters[2] * 3.115), sampleRate * 0.055)
        breathe(parameters[1], sampleRate)
        place(spread: parameters[3])
        vibrato = parameters[4]
        detune = parameters[3] * 0.13
        attack = max(parameters[5] * sampleRate, 1)
        release = max(parameters[6] * sampleRate, 1)
        tune = parameters[7]
    }

    private mutating func shape(vowel: Float, _ vowels: VowelTable) {
        for i in 0..<VowelTable.formantCount {
            let formant = vowels.formant(i, vowel: vowel)
            formantFrequency[i] = formant.frequency
            formantWidth[i] = Vowel.width[i] / formant.frequency
            formantGain[i] = i & 1 == 0 ? formant.gain : -formant.gain  // alternating signs leave no holes between formants
        }
    }

    /// Power moves from tone to noise. Both are about equally loud behind the formants, at every brightness;
    /// a single note is at about -23 LUFS.
    private mutating func breathe(_ breath: Float, _ sampleRate: Hertz) {
        let evenness = 0.24 * fastExp2(fastLog2(1000 / slope) * 0.35)
        toneGain = evenness * (1 - breath * breath).squareRoot()
        noiseGain = evenness * 3.2 * breath * (sampleRate * (1 / 48_000)).squareRoot()
    }

    /// One singer stands in the middle; the others come in at both sides and a little farther.
    private mutating func place(spread: Float) {
        let others = min(spread * 2, 1)
        let strength = Lanes(1, others, others, others) / (1 + 3 * others * others).squareRoot()
        let position = Lanes(-0.25, -0.95, 0.95, 0.25) * spread
        left = strength * fastSine(halfTurns: (1 - position) * 0.25)
        right = strength * fastSine(halfTurns: (1 + position) * 0.25)
    }
}
