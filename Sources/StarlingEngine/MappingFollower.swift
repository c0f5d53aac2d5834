import StarlingMath

/// What one mapping remembers from tick to tick: where it is, what it has settled on, which note it holds.
struct MappingFollower {
    /// A note must have been meant for so long before it replaces another: the pitch of a voice leaps when it begins.
    private static let settling: Seconds = 0.02
    /// The gate of notes closes so far below where it opens.
    private static let gateHysteresis: Decibels = 6
    private static let nowhere: Float = -1_000

    private(set) var key: UInt32 = 0
    private(set) var destination = 0
    /// Smoothed, 0...1; below 0 before the first tick.
    private var amount: Float = -1
    /// The step or note of a scale that was settled on.
    private var rest = nowhere
    /// The note that sounds, and on which instrument; none below 0.
    private var note: Float = -1
    private var instrument = 0
    /// Whether the gate of notes is open; of what plays none it always is.
    private var isOpen = false
    /// How long another note has been meant.
    private var meant: Seconds = 0

    init() {}

    init(key: UInt32, destination: Int) {
        self.key = key
        self.destination = destination
    }

    /// Moves to where the source is: at once, or with the time constant of its direction.
    mutating func follow(
        _ mapping: PlanView.Mapping, _ bus: UnsafePointer<Float>, loudness: Decibels, _ tickSeconds: Seconds
    ) {
        if !isOpen { amount = -1 }  // the next note begins where it is meant, and does not glide there
        isOpen = isOpen ? loudness > mapping.gate - Self.gateHysteresis : loudness > mapping.gate && mapping.isClear(bus)
        let target = mapping.amount(bus[mapping.source])
        let seconds = target > amount ? mapping.rising : mapping.falling
        let step = target - amount
        if amount < 0 || seconds <= 0 || abs(step) < 1e-6 {
            amount = target
        } else {
            amount += (1 - fastExp(-tickSeconds / seconds)) * step
        }
    }

    /// The destination's position 0...1, drawn to steps or to a scale.
    mutating func position(_ mapping: PlanView.Mapping, _ info: ParameterInfo) -> Float {
        let place = clamp(mapping.low + staircase(mapping) * (mapping.high - mapping.low), 0, 1)
        guard mapping.scale.mask != 0, info.isPitch else { return place }
        rest = mapping.scale.settled(info.pitch(position: place), from: rest)
        return info.position(pitch: rest)
    }

    private mutating func staircase(_ mapping: PlanView.Mapping) -> Float {
        guard mapping.steps > 1 else { return amount }
        let count = Float(mapping.steps - 1)
        rest = clamp(PitchSet.all.settled(amount * count, from: rest), 0, count)
        return rest / count
    }
}

extension MappingFollower {
    /// Holds the note that the source means on an instrument, from when the gate opens until it closes.
    mutating func play(
        _ mapping: PlanView.Mapping, loudness: Decibels, _ tickSeconds: Seconds, _ stage: PlayStage, _ instrument: Int
    ) {
        let wanted = isOpen ? meantNote(mapping) : -1
        meant = wanted == note ? 0 : meant + tickSeconds
        guard wanted != note, !isOpen || meant > Self.settling else { return }
        self.instrument = instrument
        if wanted >= 0 { stage.noteOn(wanted, velocity: clamp(1 + loudness / 60, 0.2, 1), instrument: instrument) }
        silence(stage)
        note = wanted
        meant = 0
    }

    private mutating func meantNote(_ mapping: PlanView.Mapping) -> NoteNumber {
        let place = 127 * clamp(mapping.low + amount * (mapping.high - mapping.low), 0, 1)
        rest = mapping.scale.settled(place, from: note >= 0 ? note : Self.nowhere)
        return clamp(rest, 0, 127)
    }

    /// Ends the note that sounds.
    mutating func silence(_ stage: PlayStage) {
        if note >= 0 { stage.noteOff(note, instrument: instrument) }
        note = -1
    }
}

extension ParameterInfo {
    /// Whether a scale can be laid over it.
    var isPitch: Bool { unit == .noteNumber || unit == .semitones || unit == .hertz }

    /// The value at a position in semitones.
    func pitch(position: Float) -> Float {
        let value = value(position: position)
        return unit == .hertz ? noteNumber(hertz: value) : value
    }

    /// The position of a value in semitones.
    func position(pitch: Float) -> Float { self.position(value: unit == .hertz ? hertz(note: pitch) : pitch) }
}
