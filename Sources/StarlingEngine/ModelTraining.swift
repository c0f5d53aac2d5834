import StarlingLearning
import StarlingMath
import StarlingProject

/// One model being trained: gathers its examples when they have changed, trains from where it stands, and keeps the best.
final class ModelTraining {
    private(set) var model: SceneModel
    private var trainer: Trainer?
    private var examples: ExampleGatherer?
    private var published = 0
    private var weights: Weights?
    private var unclaimed: Weights?
    private var fingerprint: UInt64 = 0
    private var pending: (() -> ExampleGatherer)?
    private var fit: Float?
    private var heldOut: Float?
    private var message: Text?
    private var hasNewMap = false
    /// Looks for hints when the training is done.
    private var search: HintSearch?
    private var hints: [JSON] = []

    init(_ model: SceneModel) { self.model = model }

    /// Whether there is anything to train.
    var isWaiting: Bool { pending != nil || trainer != nil || search != nil }

    /// Multiply-adds that the training will still take; nil while it cannot be said.
    private var workLeft: Double? { trainer.map { $0.workLeft } ?? (isWaiting ? nil : 0) }

    /// Looks whether anything this model learns from has changed.
    func refresh(_ model: SceneModel, _ scene: Scene, _ rows: [(name: Text, rows: Rows)], _ live: LiveTake?) {
        let takes = scene.takes(of: model)
        let liveCategory = live.flatMap { live in model.categories.firstIndex(of: live.category) }
        let print = Fingerprint.of(model, scene, takes, rows, liveCategory == nil || model.task == .gestures ? nil : live)
        self.model = model
        guard print != fingerprint else { return }
        fingerprint = print
        pending = {
            var gatherer = ExampleGatherer(model, scene)
            for take in takes {
                guard let name = scene.document.text("takes", take.id, "rows"),
                    let found = rows.first(where: { $0.name == name })
                else { continue }
                gatherer.add(take, rows: found.rows)
            }
            if let live, let liveCategory { gatherer.add(live, category: liveCategory) }
            return gatherer
        }
    }

    /// Trains a slice. New examples are taken in as soon as the running training has something to show.
    func step(work: Int) -> TrainingSession.Outcome {
        if let pending, trainer.map({ $0.weights != nil }) ?? true {
            self.pending = nil
            return begin(pending())
        }
        guard let trainer else { return findHints(work) }
        let isUnfinished = trainer.step(work: work)
        var outcome: TrainingSession.Outcome = isUnfinished || pending != nil ? .more : []
        let isWorthwhile = published == 0 || !isUnfinished || pending != nil
        if trainer.revision != published, isWorthwhile { outcome.formUnion(publish(trainer)) }
        if !isUnfinished {
            self.trainer = nil
            search = examples.flatMap { $0.hintSearch }
            outcome.formUnion(.more)
        }
        return outcome
    }

    private func findHints(_ work: Int) -> TrainingSession.Outcome {
        guard let search, let examples else { return [] }
        if search.step(work: work) { return .more }
        hints = search.hints.map { examples.json($0) }
        self.search = nil
        return []
    }

    private func begin(_ examples: ExampleGatherer) -> TrainingSession.Outcome {
        self.examples = examples
        trainer = nil
        published = 0
        search = nil
        message = nil
        hasNewMap = true
        guard let lesson = lesson(examples) else {
            fit = nil
            heldOut = nil
            hints = []
            return .map
        }
        let trainer = Trainer(model: lesson.info, settings: lesson.settings, seed: 1)
        trainer.start(lesson.dataset, outputKeys: model.outputs, warm: weights)
        self.trainer = trainer
        return .more
    }

    /// What there is to learn and how; nil, with a message where the player can do something about it, where there is nothing.
    private func lesson(_ examples: ExampleGatherer) -> (dataset: Dataset, info: ModelInfo, settings: [Float])? {
        guard let dataset = examples.dataset, dataset.count > 0 else {
            if model.inputs.isEmpty { message = "It listens to no feature. Choose some for it." }
            return nil
        }
        guard let info = ModelCatalogue.named(model.kind), info.tasks.contains(dataset.task) else {
            message = unfit(dataset.task)
            return nil
        }
        return (dataset, info, examples.scene.settings(of: model.id, info))
    }

    private func unfit(_ task: Task) -> Text {
        var names = Text()
        for info in ModelCatalogue.all where info.tasks.contains(task) {
            names += names.isEmpty ? Text(info.label) : ", " + Text(info.label)
        }
        return "The kind \"" + model.kind + "\" does not learn " + Text(task.name) + ". Choose one of: " + names + "."
    }

    private func publish(_ trainer: Trainer) -> TrainingSession.Outcome {
        published = trainer.revision
        guard let now = trainer.weights else { return [] }
        weights = now
        fit = trainer.trainingError.map { 1 - $0 }
        heldOut = trainer.heldOutError.map { 1 - $0 }
        hasNewMap = true
        guard now.words.count <= Engine.weightsCapacity else {
            message = "It has learned more than the sound engine has room for. Delete some takes, or choose another kind."
            return .map
        }
        unclaimed = now
        return [.weights, .map]
    }

    /// Where the examples lie on the map of the latest weights, if that has changed since it was last asked.
    func takeMap() -> ExamplePlaces? {
        guard hasNewMap else { return nil }
        hasNewMap = false
        guard let weights, let examples, weights.inputCount == examples.model.inputs.count else {
            return ExamplePlaces(points: [], categories: [], takes: [])
        }
        return examples.map(weights)
    }

    /// A check of how well the model does on takes that it has not seen; see `Check`.
    ///
    /// Throws a sentence where there is too little to hold any back.
    func check(by choice: Check.Choice) throws(StarlingError) -> RunningCheck {
        let newest = pending.map { $0() } ?? examples
        guard let examples = newest, let lesson = lesson(examples) else {
            throw StarlingError(message ?? "Nothing has been taught yet. Teach at least two takes of each.")
        }
        return RunningCheck(
            try Check(lesson.dataset, model: lesson.info, settings: lesson.settings, by: choice,
                limits: model.drive == .follow ? 0...1 : nil),
            examples, fit: fit)
    }

    /// Weights that have not been asked for yet.
    func takeWeights() -> Weights? {
        defer { unclaimed = nil }
        return unclaimed
    }

    /// How well it does, 1 being perfect: on what it has seen, and on what was held back.
    var report: JSON {
        .object([
            .init("id", .text(model.id)), .init("key", .number(Double(model.id.key))),
            .init("examples", .number(Double(examples?.dataset?.count ?? 0))),
            .init("fit", fit.map { .number(Double(max($0, 0))) } ?? .null),
            .init("heldOut", heldOut.map { .number(Double(max($0, 0))) } ?? .null),
            .init("progress", .number(Double(isWaiting ? trainer?.progress ?? 0 : 1))),
            .init("workLeft", workLeft.map { .number(($0 / 1000).rounded()) } ?? .null),
            .init("message", message.map { .text($0) } ?? .null), .init("hints", .list(hints)),
        ])
    }
}
