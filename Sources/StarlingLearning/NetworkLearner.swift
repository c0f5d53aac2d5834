import StarlingMath

/// Trains a network: first without the examples held out, until their error no longer falls, then
/// with all of them, since every example a player gives should count.
///
/// How many hidden units there are is tried out, where nobody has chosen: as long as the examples learned from are not
/// met much better than those held out, twice as many units may help, and are kept if they do.
/// Of more examples than a few thousand, that many decide the search; then all are learned in batches.
final class NetworkLearner: Learner {
    private let lesson: Lesson
    private let task: Task
    private let centres: [Float]
    private let spreads: Floats
    private let rows: NetworkRows
    private let earlierRounds: Int
    private var stage = Stage.preparing
    private var fit: NetworkFit?
    /// The fit whose parameters, found without the examples held out, are the best so far.
    private var foundation: NetworkFit?
    /// The fit without the examples held out that was shown last: what is known of errors is known of it.
    private var shown: NetworkFit?
    private var start: Floats
    private var shape: NetworkShape
    private var roundsBefore = 0
    private var smoothness: Float
    private var body: [Float]?
    private var workDone = 0.0

    private enum Stage { case preparing, searching, growing, smoothing, sweeping, refining, done }

    /// Beyond this many examples a pass over all of them for one move is too slow.
    private static let mostRowsForSearch = 4000
    /// More held-out examples would not tell much more.
    private static let mostRowsForChecks = 2000
    /// The noise taken for granted before anything is known: a tenth of the deviation.
    private static let presumedNoise: Float = 0.01
    private static let mostSweeps = 40
    /// How many times as smooth the next trial is.
    private static let smoothing: Float = 4
    private static let refiningSweeps = 2

    init(_ lesson: Lesson) {
        self.lesson = lesson
        let examples = lesson.set.examples
        task = examples.task
        smoothness = lesson.settings[1]
        let counts = examples.categoryCounts
        let scaling = lesson.set.outputScaling
        centres = task == .categories ? counts.map { _ in 0 } : scaling.means
        spreads = Floats(task == .categories ? counts.map { $0 > 0 ? 1 : 0 } : scaling.deviations)
        shape = NetworkShape(
            inputCount: examples.inputCount, unitCount: NetworkLearner.unitCount(lesson),
            outputCount: examples.outputCount)
        rows = NetworkRows(shape, lesson.set, balanced: lesson.settings[3] > 0.5, seed: lesson.seed)
        let start = NetworkStart(shape: shape, lesson: lesson, centres: centres, spreads: spreads.array)
        (self.start, earlierRounds) = start.parameters()
    }

    /// The units to begin with: those chosen, those that earlier weights have, or few.
    private static func unitCount(_ lesson: Lesson) -> Int {
        let chosen = roundedUpToFour(Int(lesson.settings[0]))
        if chosen > 0 { return chosen }
        return lesson.earlier?.withView { NetworkStart.earlierShape($0, lesson)?.unitCount }
            ?? (lesson.set.trainingCount < 64 ? 16 : 32)
    }

    override var trainingError: Float? { shown?.trainingError }
    override var heldOutError: Float? { shown?.heldOutError }
    override var progress: Float { Float(workDone / max(workDone + workLeft, 1)) }

    override var workLeft: Double {
        let sweep = Double(count) * Double(3 * shape.parameterCount)
        let now = fit?.workLeft ?? 0
        switch stage {
        case .preparing: return 60 * min(1, Double(NetworkLearner.mostRowsForSearch) / Double(count)) * sweep
        case .searching, .growing, .smoothing: return now * 2 + (isLarge ? 10 * sweep : 0)
        case .sweeping: return now + Double(NetworkLearner.refiningSweeps) * sweep
        case .refining: return now
        case .done: return 0
        }
    }

    override func takeNews() -> [Float]? {
        defer { body = nil }
        return body
    }

    override func step(_ work: inout Int) -> Bool {
        let before = work
        while work > 0 && stage != .done {
            if stage == .preparing {
                if !rows.step(&work) { begin(.searching, searchPlan) }
            } else {
                stepFit(&work)
            }
        }
        workDone += Double(before - work)
        return stage != .done
    }

    private func stepFit(_ work: inout Int) {
        guard let fit else { return }
        let isUnfinished = fit.step(&work)
        if fit.hasNews || !isUnfinished { publish(fit) }
        if isUnfinished { return }
        switch stage {
        case .searching, .growing, .smoothing: finishSearch(fit)
        case .sweeping:
            if fit.bestLoss < foundation!.bestLoss { foundation = fit }
            beginRefining()
        default: stage = .done
        }
    }

    // MARK: Stages

    private var trainingCount: Int { lesson.set.trainingCount }
    private var count: Int { lesson.set.count }
    private var isLarge: Bool { trainingCount > NetworkLearner.mostRowsForSearch }
    private var mostRounds: Int { Int(lesson.settings[2].rounded()) }
    /// The rounds that led to the foundation, in this training and those it went on from.
    private var roundsBehind: Int {
        min(mostRounds, max(1, earlierRounds + roundsBefore + (foundation?.bestRound ?? 0)))
    }

    private var searchPlan: NetworkFit.Plan {
        NetworkFit.Plan(
            learned: min(trainingCount, NetworkLearner.mostRowsForSearch),
            checked: trainingCount..<min(count, trainingCount + NetworkLearner.mostRowsForChecks),
            mostRounds: mostRounds, smoothness: smoothness,
            noise: task == .categories ? 1 : NetworkLearner.presumedNoise)
    }

    private func begin(_ stage: Stage, _ plan: NetworkFit.Plan) {
        self.stage = stage
        fit = NetworkFit(shape, task: task, spreads: spreads, rows: rows, start: start, plan)
    }

    private func finishSearch(_ fit: NetworkFit) {
        let isBetter = foundation.map { fit.bestLoss < $0.bestLoss * demanded } ?? true
        if isBetter {
            if let foundation { roundsBefore += foundation.bestRound }
            foundation = fit
        }
        if isBetter, stage != .smoothing, mayGrow(fit) { return grow(fit) }
        shape = foundation!.shape
        start = foundation!.best
        if stage == .smoothing, !isBetter { smoothness /= NetworkLearner.smoothing }
        if stage != .smoothing || isBetter, maySmooth { return smooth() }
        isLarge ? beginSweeping() : beginRefining()
    }

    /// What share of the loss before is enough for a trial to be kept: more units must pay, a smoother rule need not,
    /// since nothing held out can stop the refining that follows.
    private var demanded: Double { stage == .growing ? 0.9 : stage == .smoothing ? 1.01 : 1 }

    /// Whether it may be lack of smoothness that keeps the error up.
    private var maySmooth: Bool {
        guard let error = foundation?.heldOutError, error * error > 0.02, mostRounds > 50 else { return false }
        return task == .continuous && smoothness < 50 * lesson.settings[1]
    }

    private func smooth() {
        smoothness *= NetworkLearner.smoothing
        var plan = searchPlan
        plan.noise = noise
        plan.mostRounds = min(mostRounds, 60)
        begin(.smoothing, plan)
    }

    private func beginSweeping() {
        var plan = searchPlan
        plan.learned = trainingCount
        plan.mostRounds = min(mostRounds, NetworkLearner.mostSweeps)
        plan.inBatches = true
        plan.noise = noise
        begin(.sweeping, plan)
    }

    /// Whether it is lack of units that keeps the error up, rather than lack of examples.
    private func mayGrow(_ fit: NetworkFit) -> Bool {
        guard lesson.settings[0] == 0, mostRounds > 50, let error = fit.heldOutError, error > 0.02 else { return false }
        let isUnderfitted = fit.trainingLoss > 0.5 * fit.bestLoss
        return isUnderfitted && 2 * shape.unitCount <= Network.mostUnits && trainingCount >= 8 * shape.unitCount
    }

    private func grow(_ fit: NetworkFit) {
        shape = NetworkShape(
            inputCount: shape.inputCount, unitCount: 2 * shape.unitCount, outputCount: shape.outputCount)
        start = NetworkStart(shape: shape, lesson: lesson, centres: centres, spreads: spreads.array)
            .parameters(growing: fit.best, of: fit.shape)
        var plan = searchPlan
        plan.noise = noise
        plan.mostRounds = min(mostRounds, max(40, fit.bestRound / 2))
        begin(.growing, plan)
    }

    /// What the held-out examples say about how much no rule explains.
    private var noise: Float {
        if task == .categories { return 1 }
        return foundation?.heldOutError.map { clamp($0 * $0, 1e-4, 1) } ?? NetworkLearner.presumedNoise
    }

    /// Stops after as many rounds as the foundation is worth: more would fit what no rule explains.
    private func beginRefining() {
        guard trainingCount < count else { return stage = .done }
        var plan = searchPlan
        plan.learned = count
        plan.checked = 0..<0
        plan.inBatches = isLarge
        plan.mostRounds = isLarge ? NetworkLearner.refiningSweeps : roundsBehind
        plan.noise = noise
        start = foundation!.best
        begin(.refining, plan)
    }

    /// Shows parameters where they are better than what was shown before.
    private func publish(_ fit: NetworkFit) {
        fit.hasNews = false
        let isRefining = stage == .refining
        if !isRefining, let foundation, foundation !== fit, fit.bestLoss >= foundation.bestLoss { return }
        if !isRefining { shown = fit }
        let base = isRefining ? foundation! : fit
        let rounds = isRefining ? roundsBehind : min(mostRounds, max(1, earlierRounds + roundsBefore + fit.bestRound))
        let head = [UInt32(fit.shape.unitCount), UInt32(rounds)].map { Float(bitPattern: $0) }
        body = head + centres + spreads.array + fit.best.array + base.best.array
    }
}
