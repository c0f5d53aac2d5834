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
        /// A model's map of the examples has changed: ask `takeMap`.
        public static let map = Outcome(rawValue: 4)
        /// The check has got further: ask `check`.
        public static let check = Outcome(rawValue: 8)
    }

    private var document = Document()
    private var rows: [(name: Text, rows: Rows)] = []
    private var live: LiveTake?
    private var models: [ModelTraining] = []
    /// The check that runs while there is nothing to train.
    public private(set) var check: RunningCheck?

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

    /// Trains for about `work` multiply-adds, shared among the models that need it; checks when there is nothing to train.
    public func step(work: Int) -> Outcome {
        var outcome: Outcome = []
        let waiting = models.filter { $0.isWaiting }
        for model in waiting { outcome.formUnion(model.step(work: max(1, work / waiting.count))) }
        if !waiting.isEmpty, check != nil { outcome.formUnion(.more) }
        if waiting.isEmpty, let check, !check.isDone { outcome.formUnion(check.step(work: work) ? [.more, .check] : .check) }
        return outcome
    }

    /// Begins to check how well a model does on takes it has not seen, in place of an unfinished check. An edit ends it.
    ///
    /// Throws a sentence where there is no such model, or too little to hold any back.
    public func beginCheck(_ model: Text, by choice: Check.Choice) throws(StarlingError) {
        endCheck()
        guard let training = models.first(where: { $0.model.id == model }) else {
            throw StarlingError("There is no output \"" + model + "\" to check.")
        }
        check = try training.check(by: choice)
    }

    /// Gives up the check.
    public func endCheck() { check = nil }

    /// The next model's new weights with the model's key; nil when all have been taken.
    public func takeWeights() -> (key: UInt32, weights: Weights)? {
        for model in models {
            if let weights = model.takeWeights() { return (model.model.id.key, weights) }
        }
        return nil
    }

    /// The next model's map that has changed, with the model's key; nil when all have been taken.
    public func takeMap() -> (key: UInt32, places: ExamplePlaces)? {
        for model in models {
            if let places = model.takeMap() { return (model.model.id.key, places) }
        }
        return nil
    }

    /// How each model does, for people.
    public var report: JSON {
        .object([.init("models", .list(models.map { $0.report }))])
    }

    /// Starts the models anew whose examples or settings have changed.
    private func refresh() throws(StarlingError) {
        endCheck()
        let scene = try Scene(document)
        models = scene.models.map { model in
            models.first { $0.model.id == model.id } ?? ModelTraining(model)
        }
        for (training, model) in zip(models, scene.models) { training.refresh(model, scene, rows, live) }
    }
}
