import StarlingMath

/// Finds the weights of terms that meet the examples best while staying small: ridge regression, exactly.
///
/// First without the examples held out, to tell the error, then with all of them. Method: normal equations by Cholesky,
/// refined once by the residuals of the examples themselves, which gives single precision the accuracy of double.
/// Targets that lack the same examples are solved together. The bias is not held small.
/// Cost: examples x terms squared / 2 multiply-adds, and terms cubed / 6.
final class RidgeLearner: Learner {
    private let lesson: Lesson
    private let reader: RowReader
    private let penalty: Float
    private let widthFactor: Float
    private let finder: RadialCentres?
    private let layout: LinearLayout
    private let words: Floats

    private let chunk: TermChunk
    private let answers: Floats
    /// Sums of products of terms, and of terms and residuals.
    private let gram: Floats
    private let slopes: Floats
    private let solver: Cholesky
    /// Which outputs are solved for now: those with equal holes.
    private var group: [Float]
    /// What is added to the diagonal beyond the penalty.
    private var extra: Float = 0
    private var isSolved: [Bool]

    private enum Stage { case finding, summing, factoring, correcting, checking, done }
    private var stage = Stage.finding
    private var next = 0
    private var round = 0
    private var isRefining = false
    private var isWaiting = false
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    private static let rounds = 2

    /// Learns with products of inputs, or with radial basis functions where there is a width for them.
    init(_ lesson: Lesson, degree: Int = 1, centres: Int = 0, widthFactor: Float = 1, penalty: Float, isBalanced: Bool = false) {
        self.lesson = lesson
        self.penalty = penalty
        self.widthFactor = widthFactor
        let reader = RowReader(lesson.set)
        self.reader = reader
        finder = centres > 0 ? RadialCentres(reader, count: centres, seed: lesson.seed) : nil
        let basis = finder.map { Basis.radial(count: $0.count) }
            ?? .polynomial(atMost: degree, inputCount: reader.inputCount)
        layout = LinearLayout(basis: basis, inputCount: reader.inputCount, outputCount: reader.outputCount)
        words = Floats(layout.head(reader) + [Float](repeating: 0, count: layout.wordCount - layout.weights))
        chunk = TermChunk(reader, layout, rowWeights: lesson.set.categoryWeights(balanced: isBalanced))
        answers = Floats(TermChunk.size * layout.outputWidth)
        solver = Cholesky(size: layout.termCount + 1)
        gram = Floats(solver.matrix.count)
        slopes = Floats(solver.width * layout.outputWidth)
        group = []
        isSolved = [Bool](repeating: false, count: layout.outputCount)
        super.init()
        chooseGroup()
    }

    override var progress: Float {
        stage == .done ? 1 : Float(next) / Float(lesson.set.count) * 0.5 + (isRefining ? 0.5 : 0)
    }
    override var trainingError: Float? { training.error(lesson.set.examples.task) }
    override var heldOutError: Float? { heldOut.error(lesson.set.examples.task) }

    override func takeNews() -> [Float]? {
        if !isWaiting { return nil }
        isWaiting = false
        return words.array
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .finding: find(&work)
            case .summing: sum(&work)
            case .factoring: if !solver.step(&work) { finishFactoring() }
            case .correcting: correct(&work)
            case .checking: check(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    // MARK: What is solved

    private var activeCount: Int { isRefining ? lesson.set.count : lesson.set.trainingCount }
    private var hasHeldOut: Bool { lesson.set.trainingCount < lesson.set.count }
    private var weights: UnsafeMutablePointer<Float> { words.pointer + layout.weights }
    private var termRows: Int { layout.termCount + 1 }

    /// The first output not yet solved for, and all others that lack the same examples.
    private func chooseGroup() {
        group = [Float](repeating: 0, count: layout.outputWidth)
        guard let first = isSolved.firstIndex(of: false) else { return }
        let scaling = lesson.set.outputScaling
        for i in isSolved.indices where !isSolved[i] {
            let isAlike = lesson.set.examples.task == .categories || scaling.holes(i) == scaling.holes(first)
            if isAlike {
                group[i] = 1
                isSolved[i] = true
            }
        }
    }

    private func find(_ work: inout Int) {
        if let finder {
            if finder.step(&work) { return }
            finder.write(layout, widthFactor: widthFactor, into: words.pointer)
        }
        stage = .summing
    }

    // MARK: Sums

    /// Adds a chunk to the products of terms. After the examples learned from come, refining, those held out.
    private func sum(_ work: inout Int) {
        let count = min(TermChunk.size, activeCount - next)
        chunk.fill(words.pointer, next, count, group: group, isWeighted: true)
        for row in stride(from: 0, to: termRows, by: 4) {
            addProduct(into: gram.pointer, from: chunk.terms.pointer, width: layout.termWidth, row: row, depth: count)
        }
        work -= count * layout.termWidth * (layout.termWidth / 2 + 8)
        next += count
        if next < activeCount { return }
        startFactoring(penalty)
        stage = .factoring
    }

    private func startFactoring(_ penalty: Float) {
        solver.matrix.pointer.update(from: gram.pointer, count: gram.count)
        for i in 0..<layout.termCount { solver.matrix[i * solver.width + i] += penalty }
        // A group without examples leaves nothing to solve.
        let last = layout.termCount * (solver.width + 1)
        if solver.matrix[last] == 0 { solver.matrix[last] = 1 }
        solver.begin()
    }

    /// Where single precision cannot tell the matrix from a singular one, a little more is added to its diagonal.
    private func finishFactoring() {
        if !solver.isDefinite {
            extra = max(extra * 10, 1e-6 * meanDiagonal)
            return startFactoring(penalty + extra)
        }
        extra = 0
        next = 0
        round = 0
        slopes.clear()
        stage = .correcting
    }

    private var meanDiagonal: Float {
        var sum: Float = 0
        for i in 0..<layout.termCount { sum += gram[i * layout.termWidth + i] }
        return max(sum / Float(layout.termCount), 1e-6)
    }

    // MARK: Solutions

    /// Adds up what the residuals of a chunk say about the weights; at the end corrects the weights.
    private func correct(_ work: inout Int) {
        let count = min(TermChunk.size, activeCount - next)
        chunk.fill(words.pointer, next, count, group: group, isWeighted: true)
        answer(count)
        for i in 0..<count * layout.outputWidth { chunk.wanted[i] -= answers[i] }
        addProduct(
            into: slopes.pointer, rows: termRows, width: layout.outputWidth, depth: count,
            .columns(chunk.terms.pointer, width: layout.termWidth), chunk.wanted.pointer)
        work -= count * layout.termWidth * (2 * layout.outputWidth + 8)
        next += count
        if next == activeCount { finishRound(&work) }
    }

    private func answer(_ count: Int) {
        answers.clear()
        addProduct(
            into: answers.pointer, rows: count, width: layout.outputWidth, depth: termRows,
            .rows(chunk.terms.pointer, width: layout.termWidth), weights)
    }

    private func finishRound(_ work: inout Int) {
        let width = layout.outputWidth
        add(slopes.pointer, weights, times: -penalty, into: slopes.pointer, count: layout.termCount * width)
        for term in 0..<termRows { for i in 0..<width { slopes[term * width + i] *= group[i] } }
        solver.solveForward(slopes.pointer, columns: width)
        solver.solveBackward(slopes.pointer, columns: width, count: solver.size)
        add(weights, slopes.pointer, times: 1, into: weights, count: termRows * width)
        work -= termRows * termRows * width
        slopes.clear()
        next = 0
        round += 1
        if round == RidgeLearner.rounds { isRefining ? finishGroup() : (stage = .checking) }
    }

    // MARK: Errors

    private func check(_ work: inout Int) {
        let count = min(TermChunk.size, lesson.set.count - next)
        chunk.fill(words.pointer, next, count, group: group, isWeighted: false)
        answer(count)
        for row in 0..<count { tally(row, next + row) }
        work -= count * layout.termWidth * (layout.outputWidth + 8)
        next += count
        if next < lesson.set.count { return }
        if !hasHeldOut { return finishGroup() }
        isRefining = true
        next = lesson.set.trainingCount
        stage = .summing
    }

    private func tally(_ row: Int, _ place: Int) {
        let isHeldOut = place >= lesson.set.trainingCount
        let y = answers.pointer + row * layout.outputWidth
        if lesson.set.examples.task == .categories {
            let isWrong = indexOfLargest(y, count: layout.outputCount) != reader.category(place)
            isHeldOut ? heldOut.add(isWrong: isWrong) : training.add(isWrong: isWrong)
            return
        }
        if chunk.terms[row * layout.termWidth + layout.termCount] == 0 { return }  // lacks the group's targets
        for i in 0..<layout.outputCount where group[i] > 0 && reader.spreads[i] > 0 {
            let error = y[i] - chunk.wanted[row * layout.outputWidth + i]
            isHeldOut ? heldOut.add(square: error * error) : training.add(square: error * error)
        }
    }

    private func finishGroup() {
        next = 0
        isRefining = false
        gram.clear()
        chooseGroup()
        if group.contains(1) {
            stage = .summing
            return
        }
        isWaiting = true
        stage = .done
    }
}
