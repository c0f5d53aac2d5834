import StarlingMath

/// A smooth rule that passes near every example and knows how sure it is: Gaussian process regression.
///
/// The model's own words: see `LinearLayout`; the centres are examples. Covariances fall off with distance as a bell does
/// (squared exponential), alike for all inputs.
enum GaussianProcess {
    static let info = ModelInfo(
        id: 11, name: "gp", label: "Smooth surface",
        help: "Lays a smooth surface through the examples and says how sure it is in between. Precise with few examples.",
        reference: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 2.1 and 5.4",
        tasks: [.continuous],
        settings: [
            ParameterInfo(
                "reach", label: "Reach", range: 0...100, default: 0,
                help: "How far, in deviations of the inputs, an example is heard; 0 finds out by itself."),
            ParameterInfo(
                "noise", label: "Noise", range: 0...10, default: 0,
                help: "How much examples may stray from the surface, as a share of its variance; 0 finds out by itself."),
        ])

    /// The least noise, without which single precision could not solve for many examples.
    static let leastNoise: Float = 1e-4
    static let mostNoise: Float = 10
}

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
    private var grid: [(Float, Float)]
    private var best = Double.infinity
    private var optimiser: LimitedMemoryBFGS?
    private var moves = 0
    private var isDone = false

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
        grid = reaches.flatMap { reach in noises.map { (reach, $0) } }
        if grid.count == 1 || count < 3 { isDone = true }
    }

    /// Works on; says whether there is more to do. The smallest piece is one likelihood: about 2 million multiply-adds.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && !isDone {
            if let (reach, noise) = grid.popLast() {
                _ = loss(reach: reach, noise: noise, &work)
                if grid.isEmpty { beginMoves() }
            } else {
                move(&work)
            }
        }
        return !isDone
    }

    private func beginMoves() {
        if best == .infinity {
            isDone = true
            return
        }
        optimiser = LimitedMemoryBFGS(start: Floats([fastLog(reach), fastLog(noise), 0, 0]))
    }

    private func move(_ work: inout Int) {
        let optimiser = optimiser!
        let (a, b) = (optimiser.point[0], optimiser.point[1])
        let before = best
        let here = loss(logs: a, b, &work)
        let h = ReachSearch.difference
        if fixedReach == nil { optimiser.gradient[0] = Float((loss(logs: a + h, b, &work) - here) / Double(h)) }
        if fixedNoise == nil { optimiser.gradient[1] = Float((loss(logs: a, b + h, &work) - here) / Double(h)) }
        moves += 1
        let answer = optimiser.advance(loss: here)
        let isCalm = answer == .moved && moves > 2 && before - best < 1e-4
        isDone = answer == .cannotImprove || isCalm || moves == ReachSearch.mostMoves
    }

    private func loss(logs reach: Float, _ noise: Float, _ work: inout Int) -> Double {
        loss(
            reach: clamp(fastExp(reach), 0.01, 1000),
            noise: clamp(fastExp(noise), GaussianProcess.leastNoise, GaussianProcess.mostNoise), &work)
    }

    /// Minus the logarithm of the likelihood, for each example and target; remembers the best.
    private func loss(reach: Float, noise: Float, _ work: inout Int) -> Double {
        let factor = -0.721_347_52 / (reach * reach)
        let width = solver.width
        for i in 0..<count {
            for j in stride(from: i & ~3, to: width, by: 4) {
                let place = i * width + j
                solver.matrix.pointer.store(exp2(limited(distances.pointer.four(place) * factor, 126)), place)
            }
            solver.matrix[i * width + i] = 1 + noise
        }
        work -= count * count * (count / 6 + 4 + outputWidth)
        guard solver.factor() else { return .infinity }
        solution.pointer.update(from: targets.pointer, count: targets.count)
        solver.solveForward(solution.pointer, columns: outputWidth)
        let result = perExample()
        if result < best {
            best = result
            self.reach = reach
            self.noise = noise
        }
        return result
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
