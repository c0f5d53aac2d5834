import StarlingMath

/// Finds reach and noise of a Gaussian process: where the examples are likeliest, all targets together.
///
/// Method: the marginal likelihood with the surface's variance eliminated (Rasmussen and Williams 2006, 5.8), over
/// 150 examples and a fifth of the others, evenly spread; a coarse grid, then L-BFGS with gradients by differences.
final class ReachSearch {
    /// The best so far: logarithms of reach and noise.
    private(set) var reach: Float
    private(set) var noise: Float

    private static let fewRows = 150
    private static let mostMoves = 8
    private static let difference: Float = 0.02
    private static let reaches: [Float] = [0.5, 1.4, 4]
    private static let noises: [Float] = [0.003, 0.1, 1]

    private let count: Int
    private let outputWidth: Int
    private let distances: Floats
    private let targets: Floats
    private let solution: Floats
    private let solver: Cholesky
    private let fixedReach: Float?
    private let fixedNoise: Float?
    private var best = Double.infinity
    private var optimiser: LimitedMemoryBFGS?
    private var moves = 0
    private var lossBefore = Double.infinity
    private var isDone = false
    /// The reaches and noises asked about, and what came out so far.
    private var asked: [(reach: Float, noise: Float)]
    private var losses: [Double] = []
    private var isFactoring = false

    /// Rows are standardised inputs (filled up to a multiple of four) and targets; a setting that is 0 is looked for.
    init(rows: Floats, width: Int, inputCount: Int, targets: Floats, outputWidth: Int, members: [Int], reach: Float, noise: Float) {
        count = min(members.count, ReachSearch.fewRows + members.count / 5)
        let all = members.count
        let kept = count
        let chosen = (0..<kept).map { members[$0 * all / kept] }
        self.outputWidth = outputWidth
        solver = Cholesky(size: count)
        distances = Floats(solver.matrix.count)
        self.targets = Floats(count * outputWidth)
        solution = Floats(count * outputWidth)
        for i in 0..<count {
            (self.targets.pointer + i * outputWidth).update(
                from: targets.pointer + chosen[i] * outputWidth, count: outputWidth)
            for j in i..<count {
                distances[i * solver.width + j] = squaredDistance(
                    rows.pointer + chosen[i] * width, rows.pointer + chosen[j] * width, count: width)
            }
        }
        // A missing number is the business of another group, and 0 here.
        for i in 0..<self.targets.count where self.targets[i].isNaN { self.targets[i] = 0 }
        let middle = Float(inputCount).squareRoot()
        fixedReach = reach > 0 ? max(reach, 0.01) : nil
        fixedNoise = noise > 0 ? clamp(noise, GaussianProcess.leastNoise, GaussianProcess.mostNoise) : nil
        self.reach = fixedReach ?? middle
        self.noise = fixedNoise ?? 0.1
        let reaches = fixedReach.map { [$0] } ?? ReachSearch.reaches.map { $0 * middle }
        let noises = fixedNoise.map { [$0] } ?? ReachSearch.noises
        asked = reaches.flatMap { reach in noises.map { (reach, $0) } }
        if asked.count == 1 || count < 3 { isDone = true }
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && !isDone {
            if isFactoring {
                if !solver.step(&work) { finishLoss(&work) }
            } else if losses.count < asked.count {
                beginLoss(&work)
            } else {
                move()
            }
        }
        return !isDone
    }

    /// Takes in what was asked for, and asks for the next place and its slopes.
    private func move() {
        if let optimiser {
            let h = Double(ReachSearch.difference)
            if fixedReach == nil { optimiser.gradient[0] = Float((losses[1] - losses[0]) / h) }
            if fixedNoise == nil { optimiser.gradient[1] = Float((losses[2] - losses[0]) / h) }
            moves += 1
            let answer = optimiser.advance(loss: losses[0])
            let isCalm = answer == .moved && moves > 2 && lossBefore - best < 1e-4
            lossBefore = best
            isDone = answer == .cannotImprove || isCalm || moves == ReachSearch.mostMoves
        } else if best < .infinity {
            optimiser = LimitedMemoryBFGS(start: Floats([fastLog(reach), fastLog(noise), 0, 0]))
            lossBefore = best
        } else {
            isDone = true
        }
        if let optimiser, !isDone { ask(optimiser.point[0], optimiser.point[1]) }
    }

    private func ask(_ reach: Float, _ noise: Float) {
        let h = ReachSearch.difference
        losses = []
        asked = [(reach, noise), (reach + h, noise), (reach, noise + h)].map { logs in
            (clamp(fastExp(logs.0), 0.01, 1000),
             clamp(fastExp(logs.1), GaussianProcess.leastNoise, GaussianProcess.mostNoise))
        }
    }

    // MARK: Likelihood

    private func beginLoss(_ work: inout Int) {
        let (reach, noise) = asked[losses.count]
        let factor = -0.721_347_52 / (reach * reach)
        let width = solver.width
        for i in 0..<count {
            for j in stride(from: i & ~3, to: width, by: 4) {
                let place = i * width + j
                solver.matrix.pointer.store(exp2(limited(distances.pointer.four(place) * factor, 126)), place)
            }
            solver.matrix[i * width + i] = 1 + noise
        }
        work -= count * count * 4
        solver.begin()
        isFactoring = true
    }

    /// Minus the logarithm of the likelihood, for each example and target; remembers the best.
    private func finishLoss(_ work: inout Int) {
        isFactoring = false
        work -= count * count * outputWidth / 2
        guard solver.isDefinite else {
            losses.append(.infinity)
            return
        }
        solution.pointer.update(from: targets.pointer, count: targets.count)
        solver.solveForward(solution.pointer, columns: outputWidth)
        let result = perExample()
        if result < best {
            best = result
            (reach, noise) = asked[losses.count]
        }
        losses.append(result)
    }

    private func perExample() -> Double {
        let determinant = solver.halfLogDeterminant(count) / Double(count)
        var sum = 0.0
        var present = 0.0
        for output in 0..<outputWidth {
            var square: Float = 0
            for i in 0..<count {
                let z = solution[i * outputWidth + output]
                square += z * z
            }
            // A target that does not vary says nothing.
            if !(square > 0) { continue }
            present += 1
            sum += determinant + 0.5 * Double(fastLog(square / Float(count)))
        }
        return present > 0 ? sum / present : .infinity
    }
}
