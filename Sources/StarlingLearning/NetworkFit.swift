import StarlingMath

/// One search for the best parameters of one shape of network, in slices.
///
/// For targets only the weights into the hidden units are searched: the best output weights follow from them by least
/// squares (Golub and Pereyra 1973, variable projection), which makes the search several times as short.
///
/// Large weights are penalised as a prior of normal distribution asks for (MacKay 1992, A practical Bayesian
/// framework for backpropagation networks): for targets by the noise that the held-out examples show.
/// So one default serves clean gestures and noisy measurements.
final class NetworkFit {
    /// What is to be done.
    struct Plan {
        /// How many rows are learned from, from the first.
        var learned: Int
        /// The rows that are asked after each round, to keep the best; none to keep the latest.
        var checked: Range<Int>
        var mostRounds: Int
        /// Whether a batch is enough for a move, for examples too many to be passed over for each.
        var inBatches = false
        var smoothness: Float
        /// The variance of the targets, in units of their own, that no rule explains; 1 for categories.
        var noise: Float
    }

    let shape: NetworkShape
    private let task: Task
    private let rows: NetworkRows
    private let plan: Plan
    private let pass: NetworkPass
    private let optimiser: Optimiser
    private let sums: LeastSquares
    private let curvature: NetworkCurvature
    /// The units of all rows learned from, where output weights are solved for.
    private let allUnits: Floats?

    /// The best parameters so far, and how good they are.
    let best: Floats
    private(set) var bestLoss = Double.infinity
    private(set) var bestRound = 0
    private(set) var trainingLoss = Double.infinity
    private(set) var trainingError: Float?
    private(set) var heldOutError: Float?
    /// Whether what there is now is worth showing; for whoever shows it to set back.
    var hasNews = false

    private enum Stage { case measuring, responding, comparing, checking, done }
    private var stage: Stage
    private var next = 0
    private var batch = 0..<0
    private var result = NetworkPass.Result()
    private var fit = NetworkPass.Result()
    private var fitLoss = Double.infinity
    private var noise: Float
    private var round = 0
    private var nextNews: Int
    private var nextEstimate = roundsPerEstimate
    private var plateau = Plateau()
    private var isStuck = false

    /// Since when nothing much was gained.
    private struct Plateau {
        private var markedLoss = Double.infinity
        private var markedRound = 0
        /// How many rounds the loss has not fallen by two thousandths.
        private(set) var length = 0

        mutating func add(loss: Double, round: Int) {
            if loss < markedLoss * 0.998 {
                markedLoss = loss
                markedRound = round
            }
            length = round - markedRound
        }
    }

    /// What smoothness 1 costs a weight into the outputs, squared.
    private static let outputStrength: Float = 0.4
    /// The same for a weight into the units, for each input there is: the more there are, the smaller weights should be.
    private static let inputStrength: Float = 0.1
    /// The noise is estimated anew each time after so many rounds.
    private static let roundsPerEstimate = 10
    /// The held-out error, in deviations of the target, below which nothing is gained: 66 dB.
    private static let exact: Float = 0.0005
    /// A model is worth having from this round on: where output weights are solved for, almost at once.
    private static func firstUsefulRound(_ task: Task, _ plan: Plan) -> Int {
        plan.inBatches ? 1 : task == .continuous ? 4 : 10
    }

    init(_ shape: NetworkShape, task: Task, spreads: Floats, rows: NetworkRows, start: Floats, _ plan: Plan) {
        self.shape = shape
        self.task = task
        self.rows = rows
        self.plan = plan
        noise = plan.noise
        let pass = NetworkPass(shape, task: task, spreads: spreads)
        let isSolved = task == .continuous && !plan.inBatches
        sums = LeastSquares(shape, isHoled: rows.isHoled, chunkSize: pass.chunkSize)
        curvature = NetworkCurvature(shape, pass, outputs: isSolved ? nil : sums)
        optimiser = plan.inBatches
            ? Adam(start: start)
            : LimitedMemoryBFGS(
                start: start, moving: isSolved ? shape.outputWeights : shape.parameterCount, curvature)
        allUnits = isSolved ? Floats(unset: plan.learned * shape.unitCount) : nil
        best = Floats(start.array)
        nextNews = NetworkFit.firstUsefulRound(task, plan)
        self.pass = pass
        stage = .measuring
        begin(batchFrom: 0)
        if !plan.inBatches { stage = .measuring }
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .measuring: measureChunk(&work)
            case .responding: respondChunk(&work)
            case .comparing: compareChunk(&work)
            case .checking: checkChunk(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    /// Multiply-adds that are still to be done, if the search ends as most do.
    var workLeft: Double {
        if stage == .done { return 0 }
        // Nobody knows when nothing more will be gained; half as long again as it took so far is a fair guess.
        let likely = max(optimiser.patience - plateau.length, round / 2, 1)
        return Double(min(plan.mostRounds - round, likely)) * workPerRound
    }

    private var workPerRound: Double {
        Double(plan.learned) * Double(workPerExample) + Double(plan.checked.count) * Double(pass.workPerExample / 3)
    }
    private var workPerExample: Int {
        pass.workPerExample + (plan.inBatches ? 0 : shape.unitCount * shape.unitCount / 2)
    }
    private var chunk: Range<Int> { next..<min(next + pass.chunkSize, batch.upperBound) }

    // MARK: Passing over the examples learned from

    /// The products of inputs never change.
    private func measureChunk(_ work: inout Int) {
        let chunk = chunk
        curvature.addInputs(rows.inputs.pointer + next * shape.inputWidth, rows: chunk.count)
        work -= chunk.count * (8 + curvature.workPerInput)
        next = chunk.upperBound
        if next < batch.upperBound { return }
        curvature.finishInputs(rowCount: plan.learned)
        begin(batchFrom: 0)
    }

    private func begin(batchFrom start: Int) {
        batch = start..<min(plan.learned, start + (optimiser.batchSize ?? plan.learned))
        next = start
        result = NetworkPass.Result()
        stage = allUnits == nil ? .comparing : .responding
        sums.clear()
        pass.clearSlopes()
    }

    private func respondChunk(_ work: inout Int) {
        let chunk = chunk
        let units = allUnits!.pointer + next * shape.unitCount
        pass.respond(optimiser.point.pointer, rows, first: next, count: chunk.count, into: units)
        sums.add(units: units, targets: rows.targets.pointer + next * shape.outputWidth, rows: chunk.count)
        work -= chunk.count * workPerExample / 2
        next = chunk.upperBound
        if next < batch.upperBound { return }
        sums.solve(ridge: Double(plan.smoothness * NetworkFit.outputStrength * noise), into: optimiser.point.pointer)
        work -= shape.unitCount * shape.unitCount * (shape.unitCount / 4 + shape.outputCount)
        next = 0
        stage = .comparing
    }

    private func compareChunk(_ work: inout Int) {
        let chunk = chunk
        let units = allUnits.map { $0.pointer + next * shape.unitCount } ?? pass.units.pointer
        if allUnits == nil {
            pass.respond(optimiser.point.pointer, rows, first: next, count: chunk.count, into: units)
            if !plan.inBatches { sums.add(units: units, targets: nil, rows: chunk.count) }
        }
        pass.run(
            optimiser.point.pointer, rows, first: next, count: chunk.count, units: units,
            gradient: optimiser.gradient, movesOutputs: allUnits == nil, factor: 1 / Float(batch.count), &result)
        work -= chunk.count * workPerExample / (allUnits == nil ? 1 : 2)
        next = chunk.upperBound
        if next == batch.upperBound { finishBatch(&work) }
    }

    private func finishBatch(_ work: inout Int) {
        let loss = result.loss / Double(batch.count) + penalty()
        work -= (plan.inBatches ? 10 : 60) * shape.parameterCount
        switch optimiser.advance(loss: loss) {
        case .asksAgain: begin(batchFrom: batch.lowerBound)
        case .cannotImprove:
            isStuck = true
            finishRound()
        case .moved:
            fit = result
            fitLoss = loss
            if batch.upperBound < plan.learned { begin(batchFrom: batch.upperBound) } else { finishRound() }
        }
    }

    /// The share of the loss that large weights cost, also added to the gradient; biases cost nothing.
    private func penalty() -> Double {
        let strength = plan.smoothness * noise / Float(plan.learned)
        let inputStrength = NetworkFit.inputStrength * Float(shape.inputCount)
        return penalty(0..<shape.unitBiases, strength * inputStrength)
            + penalty(shape.outputWeights..<shape.outputBiases, strength * NetworkFit.outputStrength)
    }

    private func penalty(_ range: Range<Int>, _ strength: Float) -> Double {
        let weights = optimiser.point.pointer + range.lowerBound
        let gradient = optimiser.gradient.pointer + range.lowerBound
        add(gradient, weights, times: strength, into: gradient, count: range.count)
        return Double(0.5 * strength * dot(weights, weights, count: range.count))
    }

    // MARK: Judging a round

    private func finishRound() {
        round += 1
        if plan.checked.isEmpty { return judge(loss: fitLoss, heldOutError: nil) }
        stage = .checking
        next = plan.checked.lowerBound
        result = NetworkPass.Result()
    }

    private func checkChunk(_ work: inout Int) {
        let count = min(pass.chunkSize, plan.checked.upperBound - next)
        let parameters = optimiser.position.pointer
        pass.respond(parameters, rows, first: next, count: count, into: pass.units.pointer)
        pass.run(
            parameters, rows, first: next, count: count, units: pass.units.pointer, gradient: nil, factor: 0, &result)
        work -= count * pass.workPerExample / 3
        next += count
        if next < plan.checked.upperBound { return }
        judge(loss: result.loss / Double(plan.checked.count), heldOutError: result.errors.error(task))
    }

    /// Whether held-out targets are met so well that nobody can tell what is left.
    ///
    /// Without noise the loss falls on and on, and chance alone would say when to stop.
    private func isExact(_ error: Float?) -> Bool { task == .continuous && error.map { $0 < NetworkFit.exact } ?? false }

    /// Keeps the parameters where they are the best so far; goes on, or stops where it no longer helps.
    private func judge(loss: Double, heldOutError error: Float?) {
        if loss < bestLoss {
            bestLoss = loss
            bestRound = round
            trainingLoss = fit.loss / Double(plan.learned)
            trainingError = fit.errors.error(task)
            heldOutError = error
            best.pointer.update(from: optimiser.position.pointer, count: best.count)
        }
        plateau.add(loss: loss, round: round)
        if round >= nextNews {
            hasNews = true
            nextNews = round + max(1, round / 2)
        }
        if isStuck || isExact(error) || round >= plan.mostRounds || plateau.length >= optimiser.patience {
            stage = .done
            return
        }
        if round == nextEstimate, task == .continuous, let error, !plan.inBatches {
            nextEstimate += NetworkFit.roundsPerEstimate
            noise = clamp(error * error, 1e-4, 1)
            optimiser.reconsider()
        }
        begin(batchFrom: 0)
    }
}
