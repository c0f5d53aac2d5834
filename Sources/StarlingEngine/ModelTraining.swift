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

    init(_ model: SceneModel) { self.model = model }

    /// Whether there is anything to train.
    var isWaiting: Bool { pending != nil || trainer != nil }

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
        guard let trainer else { return [] }
        let isUnfinished = trainer.step(work: work)
        var outcome: TrainingSession.Outcome = isUnfinished || pending != nil ? .more : []
        let isWorthwhile = published == 0 || !isUnfinished || pending != nil
        if trainer.revision != published, isWorthwhile { outcome.formUnion(publish(trainer)) }
        if !isUnfinished { self.trainer = nil }
        return outcome
    }

    private func begin(_ examples: ExampleGatherer) -> TrainingSession.Outcome {
        self.examples = examples
        trainer = nil
        published = 0
        guard let dataset = examples.dataset, dataset.count > 0, let info = ModelCatalogue.named(model.kind),
            info.tasks.contains(dataset.task)
        else {
            fit = nil
            heldOut = nil
            return .map
        }
        let trainer = Trainer(model: info, settings: examples.scene.settings(of: model.id, info), seed: 1)
        trainer.start(dataset, outputKeys: model.outputs, warm: weights)
        self.trainer = trainer
        return .more
    }

    private func publish(_ trainer: Trainer) -> TrainingSession.Outcome {
        published = trainer.revision
        guard let now = trainer.weights else { return [] }
        weights = now
        unclaimed = now
        fit = trainer.trainingError.map { 1 - $0 }
        heldOut = trainer.heldOutError.map { 1 - $0 }
        return [.weights, .map]
    }

    /// Where the examples lie on the map of the latest weights.
    var map: [MapPoint] {
        guard let weights, let examples, weights.inputCount == examples.model.inputs.count else { return [] }
        return examples.map(weights)
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
            .init("progress", .number(Double(trainer?.progress ?? 1))),
        ])
    }
}

extension ExampleGatherer {
    private static let mapLimit = 1000

    /// Where the examples lie on the map that came with weights; at most 1,000, evenly chosen.
    func map(_ weights: Weights) -> [MapPoint] {
        guard let dataset else { return [] }
        let predictor = Predictor(
            wordCapacity: weights.words.count, maximumInputs: dataset.inputCount, maximumOutputs: dataset.outputCount)
        guard predictor.load(weights.words, count: weights.words.count) else { return [] }
        let step = max(1, dataset.count / Self.mapLimit)
        return stride(from: 0, to: dataset.count, by: step).map { row in
            let position = dataset.inputs(row).withUnsafeBufferPointer { predictor.mapPosition(inputs: $0.baseAddress!) }
            let take = dataset.take(row)
            return MapPoint(x: position.x, y: position.y, category: takes[take].category.map { UInt32($0) } ?? .max, take: UInt32(take))
        }
    }
}

/// A number that changes with whatever a model learns from.
private struct Fingerprint {
    private var value: UInt64 = 14_695_981_039_346_656_037

    static func of(
        _ model: SceneModel, _ scene: Scene, _ takes: [TaughtTake], _ rows: [(name: Text, rows: Rows)], _ live: LiveTake?
    ) -> UInt64 {
        let document = scene.document
        let isContinuous = model.task == .continuous
        var print = Fingerprint()
        print.add(model.kind)
        print.add(Double(model.gate))
        print.add(Double(model.task.rawValue))
        model.inputs.forEach { print.add(Double($0)) }
        model.outputs.forEach { print.add(Double($0)) }
        for knob in model.knobs { print.add(Double(knob.info.minimum), Double(knob.info.maximum), Double(knob.info.curve.rawValue)) }
        for category in model.categories {
            print.add(category)
            if isContinuous { scene.preset(category).forEach { print.add(Double($0)) } }
            for knob in model.knobs { print.add(scene.preset(category, knob.path).map { Double($0) } ?? .nan) }
        }
        for take in takes {
            let name = document.text("takes", take.id, "rows") ?? Text()
            print.add(name)
            print.add(rows.contains { $0.name == name } ? 1 : 0, Double(take.category ?? -1))
            print.add(document.number("takes", take.id, "from") ?? 0, document.number("takes", take.id, "to") ?? -1)
            if isContinuous {
                document.texts("takes", take.id, "parameters").forEach { print.add($0) }
                document.numbers("takes", take.id, "targets").forEach { print.add($0) }
            }
        }
        if let info = ModelCatalogue.named(model.kind) {
            scene.settings(of: model.id, info).forEach { print.add(Double($0)) }
        }
        if let live { print.add(Double(live.values.count)) }
        return print.value
    }

    private mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 1_099_511_628_211 }
    private mutating func add(_ text: Text) {
        for byte in text.utf8 { add(byte: byte) }
        add(byte: 0)
    }
    private mutating func add(_ numbers: Double...) {
        for number in numbers {
            for shift in 0..<8 { add(byte: UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * shift))) }
        }
    }
}
