import StarlingDSP
import StarlingMath

/// One note of the choir: four singers, each with a throat, a vibrato and a place of their own.
struct ChoirVoice {
    /// The note it was begun with.
    private(set) var note: NoteNumber = 0
    /// The number of the note in the order of beginnings.
    private(set) var order: UInt32 = 0
    private(set) var envelope = Envelope()
    private var velocity: Float = 0
    private var force: Float = 0
    private var settled: Float = 0
    private var source = PulseSource()
    private var noise = NoiseSource(seed: 0)
    private var gain = LaneRamp()
    private var swing = Lanes.zero
    private var drift = Lanes.zero
    private let formants: UnsafeMutablePointer<Resonator>

    /// Silent singers with the memory for their `VowelTable.formantCount` formants.
    init(formants: UnsafeMutablePointer<Resonator>) { self.formants = formants }

    /// How far each singer's pitch, vibrato and throat are from the average.
    private static let detuning = Lanes(0, -1, 0.9, 0.1)
    private static let swingRate = Lanes(5.2, 4.8, 5.5, 5.0)
    private static let driftRate = Lanes(0.31, 0.43, 0.37, 0.53)
    private static let throat = Lanes(1, 0.96, 1.035, 0.985)

    /// Begins a note. Singers who are silent begin afresh; the others glide there within the next tick, without a click.
    mutating func begin(_ note: NoteNumber, velocity: Float, order: UInt32, _ manner: ChoirManner, _ sampleRate: Hertz) {
        let wasSilent = envelope.isSilent
        self.note = note
        self.velocity = velocity
        self.order = order
        envelope.isRising = true
        if wasSilent { refresh(manner, sampleRate) }
    }

    /// Ends the note.
    mutating func end() { envelope.isRising = false }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: ChoirManner, _ sampleRate: Hertz) {
        let seconds = Float(tickFrameCount) / sampleRate
        swing = wrapped(swing + Self.swingRate * seconds)
        drift = wrapped(drift + Self.driftRate * seconds)
        settled += (1 - settled) * min(seconds * 2.5, 1)
        force += (velocity - force) * min(seconds * 100, 1)
        aimPitch(manner, sampleRate, atOnce: false)
        aimThroat(manner, sampleRate, atOnce: false)
    }

    /// Adds the next `count` frames of the four singers, with `scratch` as memory for twice as many.
    mutating func add(to singers: UnsafeMutablePointer<Lanes>, scratch: UnsafeMutablePointer<Lanes>, count: Int) {
        let mouth = scratch + count
        source.render(scratch, count: count)
        noise.add(to: scratch, count: count)
        mouth.update(repeating: .zero, count: count)
        formants[0].add(scratch, to: mouth, count: count, low: 1)
        for i in 1..<VowelTable.formantCount { formants[i].add(scratch, to: mouth, count: count, low: 0) }
        envelope.add(mouth, to: singers, count: count, gain: &gain)
    }

    private mutating func refresh(_ manner: ChoirManner, _ sampleRate: Hertz) {
        var random = SeededRandom(seed: UInt64(order))
        noise = NoiseSource(seed: random.next())
        for lane in 0..<4 {
            source.phase[lane] = random.bipolar() * 0.5
            swing[lane] = random.bipolar() * 0.5
            drift[lane] = random.bipolar() * 0.5
        }
        settled = 0
        force = velocity
        for i in 0..<VowelTable.formantCount { formants[i] = Resonator() }
        aimPitch(manner, sampleRate, atOnce: true)
        aimThroat(manner, sampleRate, atOnce: true)
    }

    private var wander: Lanes { sineOfCycles(drift) }

    private func pitch(_ manner: ChoirManner) -> Lanes {
        note + manner.tune + manner.detune * (Self.detuning + 0.4 * wander)
            + manner.vibrato * settled * sineOfCycles(swing)
    }

    private func frequency(_ manner: ChoirManner, _ sampleRate: Hertz) -> Lanes {
        smaller(440 / sampleRate * fastExp2((pitch(manner) - 69) * (1 / 12)), Lanes(repeating: 0.45))
    }

    /// Louder singing is brighter singing.
    private mutating func aimPitch(_ manner: ChoirManner, _ sampleRate: Hertz, atOnce: Bool) {
        let effort = (0.45 + 0.55 * force) * (0.7 + 0.3 * envelope.progress)
        let slope = manner.slope * effort / sampleRate
        source.aim(
            frequency: frequency(manner, sampleRate), slope: Lanes(repeating: slope), gain: manner.toneGain, atOnce: atOnce)
        noise.aim(gain: manner.noiseGain, cutoff: min(slope * 1.5, 0.45), atOnce: atOnce)
    }

    /// High notes are sung by smaller throats, which open until the first formant is no lower than the note.
    private mutating func aimThroat(_ manner: ChoirManner, _ sampleRate: Hertz, atOnce: Bool) {
        envelope.aim(attack: manner.attack, release: manner.release)
        let size = Self.throat * (fastExp2((note + manner.tune - 57) * 0.009) / sampleRate)
        let lowest = frequency(manner, sampleRate)
        for i in 0..<VowelTable.formantCount {
            let natural = size * manner.formantFrequency[i]
            formants[i].aim(
                frequency: i == 0 ? larger(natural, lowest * 1.3) : natural, width: manner.formantWidth[i],
                level: manner.formantGain[i], atOnce: atOnce)
        }
        gain.aim(at: (1 + manner.detune * wander) * (force * force), atOnce: atOnce)
    }
}

/// The sine of each lane's phase in cycles, -0.5..<0.5.
@inline(__always) private func sineOfCycles(_ phase: Lanes) -> Lanes {
    let doubled = phase + phase
    let folded = (1 - doubled).replacing(with: -1 - doubled, where: doubled .< -0.5)
    return fastSine(halfTurns: folded.replacing(with: doubled, where: (doubled .>= -0.5) .& (doubled .<= 0.5)))
}
