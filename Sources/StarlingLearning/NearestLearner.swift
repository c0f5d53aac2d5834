import StarlingMath

/// Arranges the examples for a quick search, then tries how well they answer for one another.
///
/// Held-out examples come last: they are asked of the others alone, but answer with them while playing. Of more
/// examples than there is room for, some are chosen.
final class NearestLearner: Learner {
    private let lesson: Lesson
    private let layout: NearestLayout
    private let runner: NearestRunner
    private let answer: Floats
    private let words: Floats
    private let k: Int
    private var next = 0
    private var stage = Stage.filling
    private var isTaken = false
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    private enum Stage { case filling, checking, done }
    /// Enough to tell one per cent; more would take longer than the training.
    private static let mostChecks = 256

    init(_ lesson: Lesson) {
        let lesson = lesson.thinned(toAtMost: Nearest.mostExamples(lesson.set.examples))
        self.lesson = lesson
        let examples = lesson.set.examples
        layout = NearestLayout(
            task: examples.task, inputCount: examples.inputCount, outputCount: examples.outputCount,
            exampleCount: examples.count)
        k = Int(lesson.settings[0])
        runner = NearestRunner(maximumInputs: layout.inputCount)
        answer = Floats(layout.outputCount)
        words = Floats(layout.wordCount)
        super.init()
        fillHead(balanced: lesson.settings[1] > 0.5)
    }

    override var progress: Float { stage == .filling ? Float(next) / Float(layout.exampleCount) : 1 }
    override var trainingError: Float? { training.error(layout.task) }
    override var heldOutError: Float? { heldOut.error(layout.task) }

    override func takeNews() -> [Float]? {
        if stage == .filling || isTaken { return nil }
        isTaken = true
        return words.array
    }

    override func step(_ work: inout Int) -> Bool {
        if stage == .filling {
            while work > 0 && stage == .filling { fill(&work) }
            return true  // so that the words can be taken before the slower checks
        }
        while work > 0 && stage == .checking { check(&work) }
        return stage != .done
    }

    private func fillHead(balanced: Bool) {
        let scaling = lesson.set.inputScaling
        words[0] = Float(bitPattern: UInt32(k))
        words[1] = Float(bitPattern: UInt32(layout.exampleCount))
        let weights = lesson.set.categoryWeights(balanced: balanced)
        for i in 0..<layout.outputCount {
            words[layout.outputWeights + i] = layout.task == .categories ? weights[i] : lesson.set.outputScaling.means[i]
        }
        for i in 0..<layout.inputCount {
            words[layout.lows + i] = scaling.minima[i]
            words[layout.rangeScales + i] = scaling.rangeScales[i]
        }
    }

    /// Places one example.
    private func fill(_ work: inout Int) {
        let examples = lesson.set.examples
        let row = lesson.set.order[next]
        for i in 0..<layout.outputWidth {
            let output = examples.outputs[row * layout.outputWidth + i]
            words[layout.outputs + next * layout.outputWidth + i] = output.isNaN ? Nearest.missing : output
        }
        for i in 0..<layout.inputCount {
            words[layout.place(example: next, input: i)] = shareOfRange(
                examples.inputs[row * layout.inputCount + i],
                low: words[layout.lows + i], scale: words[layout.rangeScales + i])
        }
        work -= 8 * layout.inputCount
        next += 1
        if next < layout.exampleCount { return }
        runner.attach(words.pointer, layout, k: k)
        next = 0
        stage = .checking
    }

    /// Asks for one of the examples held out, or where there are none for one of those learned from.
    private func check(_ work: inout Int) {
        let set = lesson.set
        let isHeldOut = next >= NearestLearner.mostChecks
        let pool = isHeldOut ? set.trainingCount..<set.count : 0..<set.trainingCount
        let stride = max(1, (pool.count + NearestLearner.mostChecks - 1) / NearestLearner.mostChecks)
        let place = pool.lowerBound + (next % NearestLearner.mostChecks) * stride
        if place < pool.upperBound {
            ask(set.order[place])
            isHeldOut ? heldOut.add(answer.pointer, row: set.order[place], of: set)
                : training.add(answer.pointer, row: set.order[place], of: set)
            work -= layout.inputCount * set.trainingCount
        }
        next += 1
        if next == 2 * NearestLearner.mostChecks { stage = .done }
    }

    private func ask(_ row: Int) {
        lesson.set.examples.inputs.withUnsafeBufferPointer {
            runner.run($0.baseAddress! + row * layout.inputCount, among: lesson.set.trainingCount, into: answer.pointer)
        }
    }
}
