import StarlingMath

/// Trains softmax regression: first without the examples held out, to tell the error, then on with all of them.
///
/// The loss has one lowest point, so that where training starts does not matter. Cost: inputs x outputs x 2
/// multiply-adds an example and round, and some tens of rounds.
final class SoftmaxLearner: Learner {
    private let lesson: Lesson
    private let reader: RowReader
    private let layout: LinearLayout
    private let rows: Floats
    private let spreads: Floats
    private let categoryWeights: [Float]
    private var optimiser: LimitedMemoryBFGS
    private let answers: Floats

    private enum Stage { case preparing, fitting, checking, done }
    private var stage = Stage.preparing
    private var next = 0
    private var round = 0
    private var isRefining = false
    private var isWaiting = false
    private var loss = 0.0
    private var lastLoss = Double.infinity
    private var calmRounds = 0
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    private static let chunk = 64
    private static let mostRounds = 300

    init(_ lesson: Lesson) {
        self.lesson = lesson
        reader = RowReader(lesson.set)
        layout = LinearLayout(
            basis: .polynomial(degree: 1), inputCount: reader.inputCount, outputCount: reader.outputCount)
        rows = Floats(lesson.set.count * layout.inputCount)
        spreads = Floats(reader.spreads)
        categoryWeights = lesson.set.categoryWeights(balanced: lesson.settings[1] > 0.5)
        optimiser = LimitedMemoryBFGS(start: Floats(layout.wordCount - layout.weights))
        answers = Floats(SoftmaxLearner.chunk * layout.outputWidth)
    }

    override var progress: Float {
        stage == .done ? 1 : Float(round) / Float(2 * SoftmaxLearner.mostRounds) + (isRefining ? 0.5 : 0)
    }
    override var trainingError: Float? { training.error(.categories) }
    override var heldOutError: Float? { heldOut.error(.categories) }

    override func takeNews() -> [Float]? {
        if !isWaiting { return nil }
        isWaiting = false
        return layout.head(reader) + optimiser.position.array
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .preparing: prepare(&work)
            case .fitting: fit(&work)
            case .checking: check(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    private var activeCount: Int { isRefining ? lesson.set.count : lesson.set.trainingCount }
    private var weightCount: Int { layout.inputCount * layout.outputWidth }

    private func prepare(_ work: inout Int) {
        reader.readInputs(next, into: rows.pointer + next * layout.inputCount)
        work -= 8 * layout.inputCount
        next += 1
        if next < lesson.set.count { return }
        next = 0
        stage = .fitting
    }

    /// The certainties of some examples.
    private func answer(_ parameters: UnsafePointer<Float>, _ count: Int) {
        let width = layout.outputWidth
        for row in 0..<count { (answers.pointer + row * width).update(from: parameters + weightCount, count: width) }
        addProduct(
            into: answers.pointer, rows: count, width: width, depth: layout.inputCount,
            .rows(rows.pointer + next * layout.inputCount, width: layout.inputCount), parameters)
        for row in 0..<count {
            applySoftmax(answers.pointer + row * width, spreads: spreads.pointer, count: layout.outputCount)
        }
    }

    private func fit(_ work: inout Int) {
        let count = min(SoftmaxLearner.chunk, activeCount - next)
        answer(optimiser.point.pointer, count)
        for row in 0..<count { compare(row) }
        addProduct(
            into: optimiser.gradient.pointer, rows: layout.inputCount, width: layout.outputWidth, depth: count,
            .columns(rows.pointer + next * layout.inputCount, width: layout.inputCount), answers.pointer)
        addRowSum(
            into: optimiser.gradient.pointer + weightCount, answers.pointer, rows: count, width: layout.outputWidth)
        work -= count * layout.outputWidth * (2 * layout.inputCount + 16)
        next += count
        if next == activeCount { advance(&work) }
    }

    /// Adds the loss of an example and puts its derivative in place of the certainties.
    private func compare(_ row: Int) {
        let y = answers.pointer + row * layout.outputWidth
        let category = reader.category(next + row)
        let weight = categoryWeights[category]
        loss -= Double(weight * fastLog(y[category]))
        y[category] -= 1
        scale(y, by: weight / Float(activeCount), count: layout.outputWidth)
    }

    private func advance(_ work: inout Int) {
        let strength = lesson.settings[0] / Float(activeCount)
        let weights = optimiser.point.pointer
        add(optimiser.gradient.pointer, weights, times: strength, into: optimiser.gradient.pointer, count: weightCount)
        let total = loss / Double(activeCount)
            + Double(0.5 * strength * dot(weights, weights, count: weightCount))
        work -= 60 * weightCount
        loss = 0
        next = 0
        switch optimiser.advance(loss: total) {
        case .asksAgain: break
        case .cannotImprove: finishFit()
        case .moved:
            calmRounds = lastLoss - total < 1e-5 * total ? calmRounds + 1 : 0
            lastLoss = total
            round += 1
            if calmRounds == 3 || round == SoftmaxLearner.mostRounds { finishFit() }
        }
    }

    private func finishFit() {
        lastLoss = .infinity
        calmRounds = 0
        round = 0
        isWaiting = true
        stage = isRefining ? .done : .checking
    }

    private func check(_ work: inout Int) {
        let count = min(SoftmaxLearner.chunk, lesson.set.count - next)
        answer(optimiser.position.pointer, count)
        for row in 0..<count {
            let answer = indexOfLargest(answers.pointer + row * layout.outputWidth, count: layout.outputCount)
            let isWrong = answer != reader.category(next + row)
            next + row < lesson.set.trainingCount ? training.add(isWrong: isWrong) : heldOut.add(isWrong: isWrong)
        }
        work -= count * layout.outputWidth * (layout.inputCount + 16)
        next += count
        if next == lesson.set.count { refine() }
    }

    private func refine() {
        next = 0
        if lesson.set.trainingCount == lesson.set.count {
            stage = .done
            return
        }
        isRefining = true
        optimiser = LimitedMemoryBFGS(start: optimiser.position)
        stage = .fitting
    }
}
