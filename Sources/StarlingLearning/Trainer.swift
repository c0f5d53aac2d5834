import StarlingMath

/// Trains one model in slices, so that whoever calls stays responsive; it has no clock inside.
///
/// The same dataset, settings, seed and earlier weights give the same weights, bit for bit, natively and in
/// WebAssembly, however the work is sliced.
public final class Trainer {
    /// The kind of model.
    public let model: ModelInfo
    /// The best weights so far; nil before the first useful ones, and without examples.
    public private(set) var weights: Weights?
    /// Counts up whenever `weights` changes.
    public private(set) var revision = 0
    /// The error on the examples learned from, or nil where not yet known.
    ///
    /// Categories: the share of examples for which another category was most certain. Continuous: the root
    /// mean square error in units of the targets' deviation, so that 1 is no better than always the mean.
    public private(set) var trainingError: Float?
    /// The same on the examples held out; nil also where there were too few to hold any out.
    public private(set) var heldOutError: Float?
    /// How far the training is, 0...1.
    public private(set) var progress: Float = 0

    private let settings: [Float]
    private let seed: UInt64
    private var stage = Stage.done
    private var set: TrainingSet?
    private var map: ExampleMap?
    private var learner: Learner?
    private var outputKeys: [UInt32] = []
    private var earlier: Weights?

    private enum Stage { case measuring, mapping, learning, done }

    /// A trainer at rest.
    ///
    /// - Parameters:
    ///   - settings: Values in the order of `model.settings`; limited to their ranges, missing ones at their default.
    ///   - seed: Decides everything that is drawn by chance.
    public init(model: ModelInfo, settings: [Float] = [], seed: UInt64 = 1) {
        self.model = model
        self.seed = seed
        self.settings = model.settings.indices.map {
            model.settings[$0].limited($0 < settings.count ? settings[$0] : .nan)
        }
    }

    /// Begins a training of the examples as they are now; an unfinished one is given up.
    ///
    /// There will be no weights where there are no examples, or where the kind does not learn the dataset's task.
    ///
    /// - Parameters:
    ///   - outputKeys: The caller's name for each category or target: the weights carry it, and outputs of
    ///     earlier weights are recognised by it.
    ///   - warm: Earlier weights to go on from. They may be of another shape: what fits is kept.
    public func start(_ dataset: Dataset, outputKeys: [UInt32], warm: Weights? = nil) {
        precondition(outputKeys.count == dataset.outputCount, "there must be a key for each output")
        self.outputKeys = outputKeys
        earlier = warm
        weights = nil
        trainingError = nil
        heldOutError = nil
        progress = 0
        learner = nil
        map = nil
        let canLearn = dataset.count > 0 && model.tasks.contains(dataset.task)
        set = canLearn ? TrainingSet(dataset.examples, seed: seed) : nil
        stage = canLearn ? .measuring : .done
    }

    /// Works for about `work` multiply-adds and says whether there is more to do.
    ///
    /// One call may do a few million more than asked: the smallest piece of work is a pass of up to 64 examples.
    /// In WebAssembly 4 million take about 1 ms, and below 8 ms while the code is still cold.
    public func step(work: Int) -> Bool {
        var left = work
        while left > 0 && stage != .done { advance(&left) }
        return stage != .done
    }

    /// Does all the work and gives the weights; nil without examples.
    public func finish() -> Weights? {
        while step(work: 1 << 24) {}
        return weights
    }

    private func advance(_ work: inout Int) {
        guard let set else { return }
        switch stage {
        case .measuring:
            if set.step(&work) { return }
            map = ExampleMap(set, earlier: earlier, seed: seed)
            stage = .mapping
        case .mapping:
            if map!.step(&work) { return }
            let lesson = Lesson(
                set: set, settings: settings, seed: seed, outputKeys: outputKeys, earlier: earlier)
            learner = model.makeLearner(lesson)
            stage = .learning
        case .learning:
            if !learner!.step(&work) { stage = .done }
            report()
        case .done: break
        }
    }

    private func report() {
        guard let learner, let set, let map else { return }
        trainingError = learner.trainingError
        heldOutError = learner.heldOutError
        progress = stage == .done ? 1 : learner.progress
        guard let body = learner.takeNews() else { return }
        let header = WeightsHeader(
            model: model.id, task: set.examples.task, outputCount: outputKeys.count,
            means: set.inputScaling.means, scales: set.inputScaling.scales, mapX: map.x, mapY: map.y)
        weights = Weights(header: header, keys: outputKeys, body: body)
        revision += 1
    }
}
