import ArgumentParser
import StarlingEngine
import StarlingMath
import StarlingProject

struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a project with a recording in place of the microphone.",
        discussion: """
            Trains the project's models on its takes, then lets the instrument listen to the recording and writes \
            what it plays: stereo, 32-bit floats, as long as the recording and at its sample rate. The same files \
            give the same bytes every time, and the same sound as in the studio.

            --bus writes the bus as CSV: a row each 256 sample-frames, with the time in seconds and a column for each \
            slot in use.

            Examples:
              starling render choir.starling voice.wav choir.wav
              starling render choir.starling voice.wav choir.wav --bus bus.csv
            """)

    @Argument(help: ArgumentHelp("The project.", valueName: "project.starling"))
    var project: String

    @Argument(help: ArgumentHelp("The recording to listen to: a WAV file of 8 to 192 kHz.", valueName: "in.wav"))
    var input: String

    @Argument(help: ArgumentHelp("The WAV file to write.", valueName: "out.wav"))
    var output: String

    @Option(help: ArgumentHelp("A CSV file to write the bus to.", valueName: "bus.csv"))
    var bus: String?

    func run() throws {
        let performance = try Files.reading(project) { bytes throws(StarlingError) in try Performance(file: bytes) }
        let sound = try Files.reading(input) { bytes throws(StarlingError) in try Sound(wav: bytes) }
        let engine = try Files.naming(input) { () throws(StarlingError) in try performance.engine(at: sound.sampleRate) }
        var table = bus.map { _ in BusTable(performance.slots, rate: engine.sampleRate) }
        let played = engine.play(to: sound) { table?.add(engine) }
        try Files.write(played.wavFloat32, to: output)
        if let table { try Files.write(table.csv.bytes, to: bus) }
    }
}

/// A project ready to be played: its plan, and the weights of its models.
private struct Performance {
    private let session: ProjectSession
    private var weights: [(key: UInt32, words: [Float])] = []
    var slots: [SlotInfo] { session.scene.slots }

    /// Opens a project file and trains its models to the end. A model without takes keeps the weights of the file.
    init(file bytes: [UInt8]) throws(StarlingError) {
        var session = ProjectSession()
        try session.open(file: bytes)
        self.session = session
        let training = TrainingSession()
        try training.open(session.document)
        for take in session.document.ids("takes") {
            guard let blob = session.document.text("takes", take, "rows").flatMap(session.blob) else { continue }
            try training.add(rows: blob)
        }
        while training.step(work: 1 << 24).contains(.more) {}
        while let trained = training.takeWeights() { weights.append((trained.key, trained.weights.words)) }
        for model in session.scene.models where !weights.contains(where: { $0.key == model.id.key }) {
            guard let saved = session.weights(of: model.id) else { continue }
            weights.append((model.id.key, Performance.words(saved.bytes)))
        }
    }

    /// An engine that has taken over everything.
    func engine(at sampleRate: Int) throws(StarlingError) -> Engine {
        guard 8000...192_000 ~= sampleRate else {
            throw StarlingError(Text("the sample rate is \(sampleRate) Hz, but must be 8000 to 192000 Hz: convert the recording"))
        }
        let engine = Engine(try Scene.listening(session.document, sampleRate: Hertz(sampleRate)))
        let plan = session.plan.words()
        var isLoaded = engine.load(plan: plan, count: plan.count)
        for (key, words) in weights { isLoaded = engine.load(weights: words, count: words.count, key: key) && isLoaded }
        guard isLoaded else { throw StarlingError("the project does not fit the engine: open and save it in the studio") }
        return engine
    }

    private static func words(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { raw in
            (0..<bytes.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }
}

extension Engine {
    /// What the engine plays while it listens to a sound; `each` is called right after each analysis.
    fileprivate func play(to sound: Sound, each: () -> Void) -> Sound {
        let input = Floats(sound.mono)
        let left = Floats(sound.count)
        let right = Floats(sound.count)
        var hops = hopCount
        for start in stride(from: 0, to: sound.count, by: Engine.tickSize) {
            let count = min(Engine.tickSize, sound.count - start)
            process(input.pointer + start, left.pointer + start, right.pointer + start, count: count)
            if hopCount != hops { each() }
            hops = hopCount
        }
        return Sound(sampleRate: sound.sampleRate, channels: [left.array, right.array])
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
