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
    private let depth: Depth
    private var map: ExampleMap?
    private var novelty: NoveltyLearner?
    private var calibrator: Calibrator?
    private var calibration = Calibration()
    private var body: [Float] = []
    private var workDone = 0.0
    private var learner: Learner?
    private var outputKeys: [UInt32] = []
    private var earlier: Weights?

    private enum Stage { case measuring, mapping, comparing, learning, calibrating, done }

    /// What is made beside the model itself.
    enum Depth { case bare, uncalibrated, full }

    /// A trainer at rest.
    ///
    /// - Parameters:
    ///   - settings: Values in the order of `model.settings`; limited to their ranges, missing ones at their default.
    ///   - seed: Decides everything that is drawn by chance.
    ///   - calibrates: Whether certainties are made believable at the end, by up to five further trainings. Without, they
    ///     are as the kind gives them: for comparisons with other implementations.
    public convenience init(
        model: ModelInfo, settings: [Float] = [], seed: UInt64 = 1, calibrates: Bool = true
    ) {
        self.init(model: model, settings: settings, seed: seed, depth: calibrates ? .full : .uncalibrated)
    }

    init(model: ModelInfo, settings: [Float], seed: UInt64, depth: Depth) {
        self.model = model
        self.depth = depth
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
        workDone = 0
        learner = nil
        map = nil
        novelty = nil
        calibrator = nil
        calibration = presumedCalibration(dataset, warm: warm)
        let canLearn = dataset.count > 0 && model.tasks.contains(dataset.task)
        set = canLearn ? TrainingSet(dataset.examples, seed: seed) : nil
        stage = canLearn ? .measuring : .done
    }

    /// Gives an unfinished training up and lets go of its examples, so that the dataset can be changed without a copy.
    /// The weights stay.
    public func stop() {
        stage = .done
        set = nil
        map = nil
        novelty = nil
        calibrator = nil
        learner = nil
    }

    /// How many multiply-adds are likely still to be done: with the time the last slices took, seconds follow.
    ///
    /// It is an estimate: nobody knows before when held-out examples will no longer be met better. nil before enough
    /// is known, 0 when all is done.
    public var workLeft: Double? {
        if stage == .done { return 0 }
        if let learner, stage == .learning, learner.workLeft > 0 { return learner.workLeft * (isCalibrated ? 2 : 1) }
        return progress > 0.02 ? workDone * Double(1 / progress - 1) : nil
    }

    /// Works for about `work` multiply-adds and says whether there is more to do.
    ///
    /// One call may do a few million more than asked: the smallest piece of work is a pass of up to 64 examples.
    /// In WebAssembly 4 million take about 1 ms, and below 8 ms while the code is still cold.
    public func step(work: Int) -> Bool {
        var left = work
        return step(&left)
    }

    func step(_ work: inout Int) -> Bool {
        let before = work
        while work > 0 && stage != .done { advance(&work) }
        workDone += Double(before - work)
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
            if depth == .bare { return beginLearning(set) }
            map = ExampleMap(set, earlier: earlier, seed: seed)
            stage = .mapping
        case .mapping:
            if map!.step(&work) { return }
            novelty = NoveltyLearner(set)
            stage = .comparing
        case .comparing:
            if !novelty!.step(&work) { beginLearning(set) }
        case .learning:
            let isDone = !learner!.step(&work)
            report()
            if isDone { beginCalibrating(set) }
        case .calibrating:
            if !calibrator!.step(&work) { finishCalibrating() }
        case .done: break
        }
        progress = max(progress, progressOfStages)
    }

    private func beginLearning(_ set: TrainingSet) {
        let lesson = Lesson(set: set, settings: settings, seed: seed, outputKeys: outputKeys, earlier: earlier)
        learner = model.makeLearner(lesson)
        stage = .learning
    }

    private func report() {
        guard let learner else { return }
        trainingError = learner.trainingError
        heldOutError = learner.heldOutError
        guard let body = learner.takeNews() else { return }
        self.body = body
        publish()
    }

    private func publish() {
        guard let set else { return }
        let unknown = [Float](repeating: 0, count: set.examples.inputCount)
        let examples = set.examples
        let header = WeightsHeader(
            model: model.id, task: examples.task, outputCount: outputKeys.count,
            means: set.inputScaling.means, scales: set.inputScaling.scales,
            mapX: map?.x ?? unknown, mapY: map?.y ?? unknown,
            calibration: examples.task == .categories ? calibration.words(examples.categoryCounts) : nil,
            novelty: novelty?.words ?? Novelty.none)
        weights = Weights(header: header, keys: outputKeys, body: body)
        revision += 1
    }

    private var isCalibrated: Bool { depth == .full && set?.examples.task == .categories }

    /// How far the training is: the learner's own share, then as much for each training that calibrates.
    private var progressOfStages: Float {
        if stage == .done { return 1 }
        let learned = learner?.progress ?? 0
        return isCalibrated ? 0.5 * (learned + (calibrator?.progress ?? 0)) : learned
    }

    // MARK: Calibrating

    /// Earlier weights of the same kind say best what to expect until the training is over.
    private func presumedCalibration(_ dataset: Dataset, warm: Weights?) -> Calibration {
        if depth != .full || dataset.task != .categories { return Calibration() }
        if let warm, warm.model == model.id, let known = warm.withView({ $0.calibration?.calibration }) { return known }
        return .presumed(exampleCount: dataset.count)
    }

    private func beginCalibrating(_ set: TrainingSet) {
        stage = .done
        if depth != .full || set.examples.task != .categories { return }
        calibrator = Calibrator(set.examples, model: model, settings: settings, seed: seed)
        stage = .calibrating
    }

    private func finishCalibrating() {
        stage = .done
        guard let found = calibrator?.calibration else { return }
        calibration = found
        publish()
    }
}
