import StarlingMath

/// Learns normal densities for each category: first without the examples held out, to tell the error, then from all.
final class DensityLearner: Learner {
    private let lesson: Lesson
    private let reader: RowReader
    private let components: Int
    private let isFull: Bool
    private let floor: Float
    private let isBalanced: Bool
    private let width: Int

    private enum Stage { case fitting, checking, done }
    private var stage = Stage.fitting
    private var category = 0
    private var fit: DensityFit?
    /// The rows of the category, gathered so far of those there are.
    private var rows = Floats(0)
    private var gathered = 0
    private var rowCount: Int?
    private var fits: [(category: Int, rowCount: Int, fit: DensityFit)] = []
    private var layout: DensityLayout
    private var words = Floats(0)
    private let row: Floats
    private let answer: Floats
    private let scratch: Floats
    private let logs: Floats
    private var next = 0
    private var isRefining = false
    private var isWaiting = false
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    init(_ lesson: Lesson, components: Int, isFull: Bool, floor: Float, isBalanced: Bool) {
        self.lesson = lesson
        let present = lesson.set.examples.categoryCounts.filter { $0 > 0 }.count
        (self.components, self.isFull) = DensityLayout.fitting(
            components, isFull, categories: present, inputCount: lesson.set.examples.inputCount)
        self.floor = floor
        self.isBalanced = isBalanced
        reader = RowReader(lesson.set)
        width = roundedUpToFour(reader.inputCount)
        layout = DensityLayout(inputCount: reader.inputCount, componentCount: 0, isFull: self.isFull)
        row = Floats(width)
        scratch = Floats(width)
        answer = Floats(reader.outputCount)
        logs = Floats(self.components * reader.outputCount)
    }

    override var progress: Float {
        stage == .done ? 1 : (Float(category) / Float(reader.outputCount) + (isRefining ? 1 : 0)) / 2
    }
    override var trainingError: Float? { training.error(.categories) }
    override var heldOutError: Float? { heldOut.error(.categories) }

    override func takeNews() -> [Float]? {
        if !isWaiting { return nil }
        isWaiting = false
        return words.array
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            if stage == .fitting { fitCategories(&work) } else { check(&work) }
        }
        return stage != .done
    }

    private var activeCount: Int { isRefining ? lesson.set.count : lesson.set.trainingCount }

    // MARK: Fitting

    private func fitCategories(_ work: inout Int) {
        if category == reader.outputCount { return finishFit() }
        if let fit {
            if fit.step(&work) { return }
            fits.append((category, gathered, fit))
            endCategory()
        } else if rowCount == nil {
            count(&work)
        } else {
            gather(&work)
        }
    }

    /// Counts the rows of a category.
    private func count(_ work: inout Int) {
        var count = 0
        for place in 0..<activeCount where reader.category(place) == category { count += 1 }
        work -= 4 * activeCount
        if count == 0 { return endCategory() }
        rowCount = count
        rows = Floats(count * width)
    }

    /// Gathers the rows of a category.
    private func gather(_ work: inout Int) {
        while work > 0 && next < activeCount {
            if reader.category(next) == category {
                reader.readInputs(next, into: rows.pointer + gathered * width)
                gathered += 1
                work -= 8 * width
            }
            next += 1
            work -= 4
        }
        if next < activeCount { return }
        fit = DensityFit(
            rows: rows, count: gathered, inputCount: reader.inputCount,
            components: max(1, min(components, gathered / 4)), isFull: isFull, floor: floor,
            seed: lesson.seed &+ UInt64(category))
    }

    private func endCategory() {
        fit = nil
        rowCount = nil
        next = 0
        gathered = 0
        category += 1
    }

    private func finishFit() {
        layout = DensityLayout(
            inputCount: reader.inputCount, componentCount: fits.reduce(0) { $0 + $1.fit.layout.componentCount },
            isFull: isFull)
        words = Floats(layout.wordCount)
        words[0] = Float(bitPattern: UInt32(layout.componentCount))
        words[1] = Float(bitPattern: isFull ? 2 : 1)
        var first = 0
        for (category, count, fit) in fits {
            copy(fit, as: first, category, prior: isBalanced ? 1 : Float(count) / Float(activeCount))
            first += fit.layout.componentCount
        }
        fits = []
        next = 0
        isWaiting = true
        stage = isRefining ? .done : .checking
    }

    private func copy(_ fit: DensityFit, as first: Int, _ category: Int, prior: Float) {
        let count = fit.layout.componentCount
        for k in 0..<count {
            words[layout.categories + first + k] = Float(bitPattern: UInt32(category))
            words[layout.offsets + first + k] = fit.words[fit.layout.offsets + k] + fastLog(prior)
        }
        (words.pointer + layout.means + first * width)
            .update(from: fit.words.pointer + fit.layout.means, count: count * width)
        (words.pointer + layout.factors + first * layout.factorWidth)
            .update(from: fit.words.pointer + fit.layout.factors, count: count * layout.factorWidth)
    }

    // MARK: Errors

    private func check(_ work: inout Int) {
        reader.readInputs(next, into: row.pointer)
        layout.answer(words.pointer, row.pointer, scratch: scratch.pointer, logs: logs.pointer,
                      into: answer.pointer, outputCount: reader.outputCount)
        let isWrong = indexOfLargest(answer.pointer, count: reader.outputCount) != reader.category(next)
        next < lesson.set.trainingCount ? training.add(isWrong: isWrong) : heldOut.add(isWrong: isWrong)
        work -= layout.componentCount * (layout.factorWidth + 8)
        next += 1
        if next < lesson.set.count { return }
        category = 0
        next = 0
        isRefining = true
        stage = lesson.set.trainingCount < lesson.set.count ? .fitting : .done
    }
}
