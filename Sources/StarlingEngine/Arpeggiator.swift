import StarlingMath
import StarlingSynthesis

/// The order in which an arpeggio plays the notes that are held.
public enum ArpeggioMode: UInt32, Sendable, CaseIterable {
    /// They sound together.
    case off
    case up, down
    /// Up and down again, the ends once.
    case updown
    case random
    /// As they came.
    case played

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .off: "off"
        case .up: "up"
        case .down: "down"
        case .updown: "updown"
        case .random: "random"
        case .played: "played"
        }
    }

    /// The mode of this name; off where there is none.
    static func named(_ name: Text?) -> ArpeggioMode { allCases.first { name == Text($0.name) } ?? .off }
}

/// Plays the notes an instrument holds one after the other on the transport's grid, each octave after the other.
///
/// One note sounds at a time. All memory is taken in `init`. Cost: the square of the notes held, each step.
final class Arpeggiator {
    private let transport: Transport
    private let notes = Floats(Plan.Limit.notes)
    private let velocities = Floats(Plan.Limit.notes)
    private var count = 0
    private(set) var mode = ArpeggioMode.off
    private var length = NoteLength.sixteenth
    private var octaves = 1
    private var gate: Double = 0.5
    private var step = 0
    private var random = SeededRandom(seed: 1)
    /// Where the next step lies, without swing.
    private var nextBeat = Double.infinity
    private var endBeat = Double.infinity
    private var sounding: NoteNumber = -1

    init(_ transport: Transport) { self.transport = transport }

    /// Whether it takes the notes instead of the instrument.
    var isOn: Bool { mode != .off }

    /// The sample-frame of the tick at which something happens next.
    var nextFrame: Int { min(transport.frame(of: dueBeat), transport.frame(of: endBeat)) }
    private var dueBeat: Double { nextBeat < .infinity ? transport.swung(nextBeat, length) : nextBeat }

    /// Takes over settings; the notes stay, unless it is turned on or off.
    func adopt(_ plan: PlanView.Arpeggio, _ instrument: Instrument) {
        if isOn != (plan.mode != .off) { forget(instrument) }
        (mode, octaves, gate) = (plan.mode, plan.octaves, Double(plan.gate))
        if length == plan.length { return }
        length = plan.length
        if count > 0 { nextBeat = transport.line(length.beats, from: transport.now) }
    }

    /// Holds a note; the first begins with the next step.
    func add(_ note: NoteNumber, velocity: Float) {
        remove(note)
        guard count < Plan.Limit.notes else { return }
        if count == 0 {
            step = 0
            nextBeat = transport.line(length.beats, from: transport.now)
        }
        notes[count] = note
        velocities[count] = velocity
        count += 1
    }

    /// Lets go of a note; what sounds of it ends in time.
    func remove(_ note: NoteNumber) {
        var kept = 0
        for index in 0..<count where notes[index] != note {
            notes[kept] = notes[index]
            velocities[kept] = velocities[index]
            kept += 1
        }
        count = kept
    }

    /// Lets go of all notes and ends what sounds.
    func forget(_ instrument: Instrument) {
        count = 0
        nextBeat = .infinity
        if endBeat < .infinity { end(instrument) }
    }

    /// Plays what is due.
    func perform(_ instrument: Instrument) {
        while nextFrame <= transport.frame {
            if transport.isDue(endBeat) { end(instrument) } else { play(instrument) }
        }
    }

    private func end(_ instrument: Instrument) {
        instrument.noteOff(sounding)
        endBeat = .infinity
    }

    private func play(_ instrument: Instrument) {
        if endBeat < .infinity { end(instrument) }
        guard count > 0 else {
            nextBeat = .infinity
            return
        }
        let (index, octave) = place()
        sounding = notes[index] + 12 * Float(octave)
        while sounding > 127 { sounding -= 12 }
        instrument.noteOn(sounding, velocity: velocities[index])
        endBeat = transport.now + gate * length.beats
        nextBeat = transport.line(length.beats, behind: nextBeat)
        step += 1
    }

    /// Which of the notes is next, and how many octaves higher.
    private func place() -> (index: Int, octave: Int) {
        let total = count * octaves
        let turn = max(1, 2 * total - 2)
        let there = step % turn
        let at =
            switch mode {
            case .down: total - 1 - step % total
            case .updown: min(there, turn - there)
            case .random: random.index(below: total)
            case .off, .up, .played: step % total
            }
        return (mode == .played ? at % count : ranked(at % count), at / count)
    }

    /// The index of the note above so many others.
    private func ranked(_ rank: Int) -> Int {
        for index in 0..<count {
            var below = 0
            for other in 0..<count where notes[other] < notes[index] { below += 1 }
            if below == rank { return index }
        }
        return 0
    }
}
