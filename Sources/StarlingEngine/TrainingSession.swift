import StarlingLearning
import StarlingMath
import StarlingProject

/// Keeps every model of a project trained, in slices, while the project is edited and taught.
///
/// Runs beside the audio: it takes the same commands as the document, the takes' rows, and the rows of the take that is
/// being taught now. Whoever owns it calls `step` again and again and hands new weights to the engine.
public final class TrainingSession {
    /// What a step has brought.
    public struct Outcome: OptionSet, Sendable {
        public let rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }
        /// There is more to do.
        public static let more = Outcome(rawValue: 1)
        /// A model has new weights: ask `takeWeights`.
        public static let weights = Outcome(rawValue: 2)
        /// The map of the examples has changed.
        public static let map = Outcome(rawValue: 4)
    }

    private var document = Document()
    private var rows: [(name: Text, rows: Rows)] = []
    private var live: LiveTake?
    private var models: [ModelTraining] = []

    public init() {}

    /// Takes a whole document in place of the present one.
    public func open(_ other: Document) throws(StarlingError) {
        _ = try Scene(other)
        document = other
        rows = []
        live = nil
        models = []
        try refresh()
    }

    /// Takes in a command that the project's session has applied.
    public func apply(_ command: Command) throws(StarlingError) {
        _ = try document.apply(command)
        try refresh()
    }

    /// Takes in a rows blob; takes without their rows do not teach.
    public func add(rows blob: Blob) throws(StarlingError) {
        guard !rows.contains(where: { $0.name == blob.name }) else { return }
        rows.append((blob.name, try Rows(reading: blob.bytes)))
        try refresh()
    }

    /// A pad goes down: what is heard from now on belongs to this category.
    ///
    /// `rate` is in rows a second.
    public func beginLive(category: Text, rate: Double) { live = LiveTake(category: category, rate: rate) }

    /// Rows of listen slots that have been heard since; all of a take's rows have the same columns.
    public func addLive(_ values: [Float], columnCount: Int) throws(StarlingError) {
        live?.columnCount = columnCount
        live?.values += values
        try refresh()
    }

    /// Forgets the live take; the kept one takes its place.
    public func endLive() throws(StarlingError) {
        live = nil
        try refresh()
    }

    /// Trains for about `work` multiply-adds, shared among the models that need it.
    public func step(work: Int) -> Outcome {
        var outcome: Outcome = []
        let waiting = models.filter { $0.isWaiting }
        for model in waiting { outcome.formUnion(model.step(work: max(1, work / waiting.count))) }
        return outcome
    }

    /// The next model's new weights with the model's key; nil when all have been taken.
    public func takeWeights() -> (key: UInt32, weights: Weights)? {
        for model in models {
            if let weights = model.takeWeights() { return (model.model.id.key, weights) }
        }
        return nil
    }

    /// The examples' places on the map of the first model.
    public var map: [MapPoint] { models.first?.map ?? [] }

    /// How each model does, for people.
    public var report: JSON {
        .object([.init("models", .list(models.map { $0.report }))])
    }

    /// Starts the models anew whose examples or settings have changed.
    private func refresh() throws(StarlingError) {
        let scene = try Scene(document)
        models = scene.models.map { model in
            models.first { $0.model.id == model.id } ?? ModelTraining(model)
        }
        for (training, model) in zip(models, scene.models) { training.refresh(model, scene, rows, live) }
    }
}

/// One example on the map.
public struct MapPoint: Sendable {
    public let x: Float
    public let y: Float
    /// The category's index in the model.
    public let category: UInt32
    /// The take's index, in the order of the category and of the takes in it.
    public let take: UInt32
}
