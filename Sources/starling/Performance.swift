import StarlingEngine
import StarlingMath
import StarlingProject

/// A project ready to be played: its plan, and the weights of its models.
struct Performance {
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
        for (place, words) in try session.bankedSounds() { isLoaded = engine.load(sound: words, place: place) && isLoaded }
        guard isLoaded else { throw StarlingError("the project does not fit the engine: open and save it in the studio") }
        return engine
    }

    private static func words(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { raw in
            (0..<bytes.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }
}
