import StarlingMath

/// Trains a network: first without the examples held out, until their error no longer falls, then
/// with all of them, since every example a player gives should count.
///
/// Large weights are penalised as a prior of normal distribution asks for (MacKay 1992, A practical Bayesian
/// framework for backpropagation networks): for targets by the noise that the held-out examples show.
/// So one default serves clean gestures and noisy measurements.
final class NetworkLearner: Learner {
    private let lesson: Lesson
    private let shape: NetworkShape
    private let centres: [Float]
    private let spreads: Floats
    private let rows: NetworkRows
    private let pass: NetworkPass
    private let earlierRounds: Int
    private var optimiser: Optimiser
    /// The best parameters found without the examples held out, and those to play with.
    private let foundation: Floats
    private let refined: Floats

    private enum Stage { case preparing, fitting, checking, refining, done }
    private var stage = Stage.preparing
    private var next = 0
    private var batch = 0..<0
    private var result = NetworkPass.Result()
    private var fit = NetworkPass.Result()
    private var isStuck = false
    private var round = 0
    private var best = Best()
    private var plateau = Plateau()
    private var news = News()
    /// The variance of the targets, in units of their own, that no rule explains; 1 for categories.
    private var noise: Float

    /// The best round so far.
    private struct Best {
        var round = 0
        var loss = Double.infinity
        var trainingError: Float?
        var heldOutError: Float?
    }
    /// Since when nothing much was gained.
    private struct Plateau {
        private var markedLoss = Double.infinity
        private var markedRound = 0

        /// How many rounds the loss has not fallen by a thousandth.
        mutating func length(loss: Double, round: Int) -> Int {
            if loss < markedLoss * 0.999 {
                markedLoss = loss
                markedRound = round
            }
            return round - markedRound
        }
    }
    /// What has not been taken yet.
    private struct News {
        var isWaiting = false
        var nextRound = 0
    }

    /// Beyond this many examples a pass over all of them for one move is too slow.
    private static let mostRowsForBFGS = 4000
    /// The noise taken for granted before anything is known: a tenth of the deviation.
    private static let presumedNoise: Float = 0.01

    init(_ lesson: Lesson) {
        self.lesson = lesson
        let examples = lesson.set.examples
        shape = NetworkShape(
            inputCount: examples.inputCount, unitCount: roundedUpToFour(Int(lesson.settings[0])),
            outputCount: examples.outputCount)
        let counts = examples.categoryCounts
        let scaling = lesson.set.outputScaling
        centres = examples.task == .categories ? counts.map { _ in 0 } : scaling.means
        spreads = Floats(examples.task == .categories ? counts.map { $0 > 0 ? 1 : 0 } : scaling.deviations)
        noise = examples.task == .categories ? 1 : NetworkLearner.presumedNoise
        rows = NetworkRows(shape, lesson.set, balanced: lesson.settings[3] > 0.5, seed: lesson.seed)
        pass = NetworkPass(shape, task: examples.task, spreads: spreads)
        let start = NetworkStart(shape: shape, lesson: lesson, centres: centres, spreads: spreads.array)
        (foundation, earlierRounds) = start.parameters()
        refined = Floats(foundation.array)
        optimiser = NetworkLearner.optimiser(from: foundation, rowCount: lesson.set.count)
        news.nextRound = optimiser.firstUsefulRound
    }

    private static func optimiser(from start: Floats, rowCount: Int) -> Optimiser {
        rowCount <= mostRowsForBFGS ? LimitedMemoryBFGS(start: start) : Adam(start: start)
    }

    override var trainingError: Float? { best.trainingError }
    override var heldOutError: Float? { best.heldOutError }
    override var progress: Float {
        Float(stage == .refining ? mostRounds + round : round) / Float(2 * mostRounds)
    }

    override func takeNews() -> [Float]? {
        if !news.isWaiting { return nil }
        news.isWaiting = false
        let head = [UInt32(shape.unitCount), UInt32(roundsBehind)].map { Float(bitPattern: $0) }
        return head + centres + spreads.array + refined.array + foundation.array
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .preparing: if !rows.step(&work) { enter(.fitting) }
            case .fitting, .refining: fitChunk(&work)
            case .checking: checkChunk(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    private func enter(_ stage: Stage) {
        self.stage = stage
        result = NetworkPass.Result()
        if stage == .checking { next = lesson.set.trainingCount } else { nextBatch(from: 0) }
    }

    private var mostRounds: Int { Int(lesson.settings[2].rounded()) }
    /// The rounds that led to the foundation, in this training and those it went on from.
    private var roundsBehind: Int { min(mostRounds, max(1, earlierRounds + best.round)) }
    private var hasHeldOut: Bool { lesson.set.trainingCount < lesson.set.count }
    /// The examples that are learned from now.
    private var activeCount: Int { stage == .refining ? lesson.set.count : lesson.set.trainingCount }

    // MARK: Fitting

    private func nextBatch(from start: Int) {
        batch = start..<min(activeCount, start + (optimiser.batchSize ?? activeCount))
        next = start
        result = NetworkPass.Result()
    }

    private func fitChunk(_ work: inout Int) {
        let count = min(pass.chunkSize, batch.upperBound - next)
        pass.run(
            optimiser.point.pointer, rows, first: next, count: count,
            gradient: optimiser.gradient, factor: 1 / Float(batch.count), &result)
        work -= count * pass.workPerExample
        next += count
        if next == batch.upperBound { finishBatch(&work) }
    }

    private func finishBatch(_ work: inout Int) {
        let loss = result.loss / Double(batch.count) + penalty()
        work -= 60 * shape.parameterCount
        switch optimiser.advance(loss: loss) {
        case .asksAgain: nextBatch(from: batch.lowerBound)
        case .cannotImprove:
            isStuck = true
            finishRound()
        case .moved:
            fit = result
            if batch.upperBound < activeCount { nextBatch(from: batch.upperBound) } else { finishRound() }
        }
    }

    /// The share of the loss that large weights cost, also added to the gradient; biases cost nothing.
    private func penalty() -> Double {
        let strength = lesson.settings[1] * noise / Float(activeCount)
        var squares: Float = 0
        for range in [0..<shape.unitBiases, shape.outputWeights..<shape.outputBiases] {
            let weights = optimiser.point.pointer + range.lowerBound
            let gradient = optimiser.gradient.pointer + range.lowerBound
            add(gradient, weights, times: strength, into: gradient, count: range.count)
            squares += dot(weights, weights, count: range.count)
        }
        return Double(0.5 * strength * squares)
    }

    private func finishRound() {
        round += 1
        if stage == .refining {
            finishRefiningRound()
        } else if hasHeldOut {
            enter(.checking)
        } else {
            judge(loss: fit.loss / Double(activeCount), heldOutError: nil)
        }
    }

    // MARK: Checking

    private func checkChunk(_ work: inout Int) {
        let count = min(pass.chunkSize, lesson.set.count - next)
        pass.run(
            optimiser.position.pointer, rows, first: next, count: count, gradient: nil, factor: 0, &result)
        work -= count * pass.workPerExample / 3
        next += count
        if next < lesson.set.count { return }
        let heldOutCount = lesson.set.count - lesson.set.trainingCount
        judge(loss: result.loss / Double(heldOutCount), heldOutError: result.errors.error(lesson.set.examples.task))
    }

    /// Keeps the parameters where they are the best so far; goes on, or stops where it no longer helps.
    private func judge(loss: Double, heldOutError: Float?) {
        if loss < best.loss {
            best.loss = loss
            best.round = round
            best.trainingError = fit.errors.error(lesson.set.examples.task)
            best.heldOutError = heldOutError
            foundation.pointer.update(from: optimiser.position.pointer, count: foundation.count)
        }
        if round == news.nextRound { publish(foundation) }
        if !isOver(loss) { enter(.fitting) } else if hasHeldOut { beginRefining() } else { finish(with: foundation) }
    }

    /// Whether more rounds of this stage would not help.
    private func isOver(_ loss: Double) -> Bool {
        let flat = plateau.length(loss: loss, round: round)
        return isStuck || round >= mostRounds || flat >= optimiser.patience
    }

    // MARK: Refining

    private func beginRefining() {
        if lesson.set.examples.task == .continuous, let error = best.heldOutError { noise = error * error }
        publish(foundation)
        optimiser = NetworkLearner.optimiser(from: foundation, rowCount: lesson.set.count)
        plateau = Plateau()
        isStuck = false
        round = 0
        enter(.refining)
    }

    /// Stops after as many rounds as the foundation is worth: more would fit what no rule explains.
    private func finishRefiningRound() {
        if !isOver(fit.loss / Double(activeCount)) && round < roundsBehind { return nextBatch(from: 0) }
        best.trainingError = fit.errors.error(lesson.set.examples.task)
        finish(with: optimiser.position)
    }

    private func finish(with parameters: Floats) {
        publish(parameters)
        stage = .done
    }

    private func publish(_ parameters: Floats) {
        refined.pointer.update(from: parameters.pointer, count: refined.count)
        news.isWaiting = true
        news.nextRound = 2 * round
    }
}
