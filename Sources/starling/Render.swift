import ArgumentParser
import StarlingEngine
import StarlingFormats
import StarlingMath
import StarlingProject

struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a project with a recording in place of the microphone, or with the notes of a MIDI file.",
        discussion: """
            Trains the project's models on its takes, then lets the instrument listen to the recording and writes \
            what it plays: stereo, 32-bit floats, as long as the recording and at its sample rate. The same files \
            give the same bytes every time, and the same sound as in the studio.

            A MIDI file's notes are played by the project's instruments in a silent room, and go on ringing for --tail \
            seconds. Controllers and programs in it are left out.

            --bus writes the bus as CSV: a row each 256 sample-frames, with the time in seconds and a column for each \
            slot in use.

            Examples:
              starling render choir.starling voice.wav choir.wav
              starling render choir.starling voice.wav choir.wav --bus bus.csv
              starling render choir.starling hymn.mid hymn.wav --rate 44100
            """)

    @Argument(help: ArgumentHelp("The project.", valueName: "project.starling"))
    var project: String

    @Argument(help: ArgumentHelp("What to play to: a WAV file of 8 to 192 kHz, or a MIDI file.", valueName: "in.wav|in.mid"))
    var input: String

    @Argument(help: ArgumentHelp("The WAV file to write.", valueName: "out.wav"))
    var output: String

    @Option(help: ArgumentHelp("A CSV file to write the bus to.", valueName: "bus.csv"))
    var bus: String?

    @Option(help: ArgumentHelp("The sample rate of what is played to a MIDI file, 8000 to 192000.", valueName: "hertz"))
    var rate = 48_000

    @Option(help: ArgumentHelp("How long a MIDI file's last notes ring, 0 to 60 seconds.", valueName: "seconds"))
    var tail = 4.0

    func validate() throws {
        guard 8_000...192_000 ~= rate else { throw ValidationError("--rate must be 8000 to 192000, not \(rate)") }
        guard 0...60 ~= tail else { throw ValidationError("--tail must be 0 to 60 seconds, not \(tail)") }
    }

    func run() throws {
        let performance = try Files.reading(project) { bytes throws(StarlingError) in try Performance(file: bytes) }
        let score = try Files.reading(input) { bytes throws(StarlingError) in try Score(bytes, rate: rate, tail: tail) }
        let engine = try Files.naming(input) { () throws(StarlingError) in try performance.engine(at: score.sampleRate) }
        var table = bus.map { _ in BusTable(performance.slots, rate: engine.sampleRate) }
        let played = engine.play(score) { table?.add(engine) }
        try Files.write(played.wavFloat32, to: output)
        if let table { try Files.write(table.csv.bytes, to: bus) }
    }
}

/// What is played to: sound to listen to, and notes.
private struct Score {
    let sampleRate: Int
    let sound: [Float]
    private(set) var notes: [Event] = []

    /// A recording, or a MIDI file's notes in a silent room at the given rate.
    init(_ bytes: [UInt8], rate: Int, tail: Double) throws(StarlingError) {
        guard bytes.starts(with: "MThd".utf8) else {
            let recording = try Sound(wav: bytes)
            sampleRate = recording.sampleRate
            sound = recording.mono
            return
        }
        let file = try MIDIFile(bytes)
        sampleRate = rate
        sound = [Float](repeating: 0, count: Int((file.seconds + tail) * Double(rate)))
        notes = file.notes.map { note in
            Event(
                note.velocity > 0 ? .noteOn : .noteOff, slot: note.note, value: note.velocity,
                time: Int((note.time * Double(rate)).rounded()))
        }
    }
}

extension Engine {
    /// What the engine plays to a score; `each` is called right after each analysis.
    fileprivate func play(_ score: Score, each: () -> Void) -> Sound {
        let input = Floats(score.sound)
        let left = Floats(score.sound.count)
        let right = Floats(score.sound.count)
        var notes = score.notes[...]
        var hops = hopCount
        for start in stride(from: 0, to: score.sound.count, by: Engine.tickSize) {
            let count = min(Engine.tickSize, score.sound.count - start)
            while let note = notes.first, note.time < start + count {
                schedule(note)
                notes.removeFirst()
            }
            process(input.pointer + start, left.pointer + start, right.pointer + start, count: count)
            if hopCount != hops { each() }
            hops = hopCount
        }
        return Sound(sampleRate: score.sampleRate, channels: [left.array, right.array])
    }
}

/// The bus over time, as CSV.
private struct BusTable {
    private(set) var csv = CSVWriter()
    private let slots: [Int]
    private let hopSeconds: Double

    init(_ slots: [SlotInfo], rate: Hertz) {
        self.slots = slots.map(\.slot)
        hopSeconds = Double(Engine.hopSize) / Double(rate)
        csv.add("time")
        for slot in slots { csv.add(slot.path) }
        csv.endRow()
    }

    mutating func add(_ engine: Engine) {
        csv.add(Text(shortest: Double(engine.hopCount) * hopSeconds))
        for slot in slots { csv.add(Text(shortest: engine.bus[slot])) }
        csv.endRow()
    }
}
