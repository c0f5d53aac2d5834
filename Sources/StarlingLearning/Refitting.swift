import StarlingMath

/// A fit of some of the examples, in slices: what `RefittingLearner` does twice.
class Fitting {
    /// Works for about `work` multiply-adds, which it takes off, and says whether there is more to do.
    func step(_ work: inout Int) -> Bool { false }
    /// The kind's own words, once done.
    var words: [Float] { [] }
    /// How far the fit is, 0...1.
    var progress: Float { 0 }
}

/// Learns first without the examples held out, to state the error, then from all: every example a player gives counts.
///
/// The first fit can be played with already. Without examples held out there is one fit.
final class RefittingLearner: Learner {
    private let lesson: Lesson
    private let makeFitting: (_ exampleCount: Int, _ earlier: Fitting?) -> Fitting
    private let examiner: Examiner
    private var fitting: Fitting
    private var stage = Stage.fitting
    private var news: [Float]?
    private var training: Float?
    private var heldOut: Float?

    private enum Stage { case fitting, checkingTraining, checkingHeldOut, refitting, done }

    /// - Parameter makeFitting: Makes a fit of the first so many examples of the lesson's order; the second time the
    ///   first fit is given too.
    init(
        _ lesson: Lesson, model: ModelInfo, makeFitting: @escaping (_ exampleCount: Int, _ earlier: Fitting?) -> Fitting
    ) {
        self.lesson = lesson
        self.makeFitting = makeFitting
        examiner = Examiner(lesson, model: model)
        fitting = makeFitting(lesson.set.trainingCount, nil)
    }

    override var trainingError: Float? { training }
    override var heldOutError: Float? { heldOut }
    override var progress: Float {
        switch stage {
        case .fitting: fitting.progress / 2
        case .refitting: (1 + fitting.progress) / 2
        default: 0.5
        }
    }

    override func takeNews() -> [Float]? {
        let result = news
        news = nil
        return result
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .fitting:
                if fitting.step(&work) { continue }
                news = fitting.words
                examiner.begin(news!, places: 0..<lesson.set.trainingCount)
                stage = .checkingTraining
                return true  // so that the words can be taken before the checks
            case .checkingTraining:
                if examiner.step(&work) { continue }
                training = examiner.error
                examiner.begin(places: lesson.set.trainingCount..<lesson.set.count)
                stage = .checkingHeldOut
            case .checkingHeldOut:
                if examiner.step(&work) { continue }
                heldOut = examiner.error
                refit()
            case .refitting:
                if fitting.step(&work) { continue }
                news = fitting.words
                stage = .done
            case .done: break
            }
        }
        return stage != .done
    }

    private func refit() {
        stage = lesson.set.trainingCount < lesson.set.count ? .refitting : .done
        if stage == .refitting { fitting = makeFitting(lesson.set.count, fitting) }
    }
}

/// Asks a model for some of the examples and counts its errors, in slices.
final class Examiner {
    private let lesson: Lesson
    private let model: ModelInfo
    private let runner: Runner
    private let answer: Floats
    private var weights = Floats(0)
    private var places = 0..<0
    private var stride = 1
    private var tally = ErrorTally()
    /// Enough to tell one per cent; more would take longer than many a training.
    private static let mostChecks = 256

    init(_ lesson: Lesson, model: ModelInfo) {
        self.lesson = lesson
        self.model = model
        let examples = lesson.set.examples
        runner = model.makeRunner(maximumInputs: examples.inputCount, maximumOutputs: examples.outputCount)
        answer = Floats(examples.outputCount)
    }

    /// The error of the examples asked for, or nil where there were none.
    var error: Float? { tally.error(lesson.set.examples.task) }

    /// Asks the kind's own words for examples at some places of the lesson's order, evenly chosen where they are many.
    func begin(_ body: [Float], places: Range<Int>) {
        let scaling = lesson.set.inputScaling
        let map = [Float](repeating: 0, count: lesson.set.examples.inputCount)
        let header = WeightsHeader(
            model: model.id, task: lesson.set.examples.task, outputCount: answer.count, means: scaling.means,
            scales: scaling.scales, mapX: map, mapY: map)
        weights = Floats(Weights(header: header, keys: lesson.outputKeys, body: body).words)
        let view = WeightsView(weights.pointer, count: weights.count)
        precondition(view.map(runner.attach) ?? false, "a training gave words that cannot be run")
        begin(places: places)
    }

    /// Asks the same words for other examples.
    func begin(places: Range<Int>) {
        self.places = places
        stride = max(1, (places.count + Examiner.mostChecks - 1) / Examiner.mostChecks)
        tally = ErrorTally()
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && !places.isEmpty {
            count(lesson.set.order[places.lowerBound])
            work -= weights.count / 4
            places = min(places.lowerBound + stride, places.upperBound)..<places.upperBound
        }
        return !places.isEmpty
    }

    private func count(_ row: Int) {
        let examples = lesson.set.examples
        examples.inputs.withUnsafeBufferPointer {
            runner.run($0.baseAddress! + row * examples.inputCount, into: answer.pointer)
        }
        tally.add(answer.pointer, row: row, of: lesson.set)
    }
}

extension ErrorTally {
    /// Counts the answer for a row of a training set.
    mutating func add(_ answer: UnsafePointer<Float>, row: Int, of set: TrainingSet) {
        let examples = set.examples
        if examples.task == .categories {
            return add(isWrong: indexOfLargest(answer, count: examples.outputCount) != examples.category(row))
        }
        for i in 0..<examples.outputCount where set.outputScaling.deviations[i] > 0 {
            let error = (answer[i] - examples.outputs[row * examples.outputCount + i]) / set.outputScaling.deviations[i]
            add(square: error * error)
        }
    }
}
