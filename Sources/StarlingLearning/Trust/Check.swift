import StarlingMath

/// Checks a kind of model on takes it has not seen: folds or whole takes left out one after the other, then a learning
/// curve. Sliced, like a training.
///
/// Of more than 20 takes several are left out together, so that a check is at most 20 trainings, and 15 smaller ones
/// for the curve. Every figure of the report is of examples that were not learned from, but for those named `training`.
public final class Check {
    /// What is left out at a time.
    public enum Choice: Sendable, Equatable {
        /// One of so many folds of single examples, each with its share of every category; 2...20.
        case folds(Int)
        /// One take: the honest choice where frames of one take resemble each other.
        case takes
    }

    private let examples: Examples
    private let run: FoldRun
    private let curve: LearningCurve?
    private let limits: ClosedRange<Float>?
    private let answer: Floats
    private var ledger: TakeLedger
    private var evaluation: Evaluation
    private var stage = Stage.asking

    private enum Stage { case asking, curving, done }
    private static let mostTrainings = 20

    /// A check that has not begun.
    ///
    /// - Parameters:
    ///   - settings: As for `Trainer`.
    ///   - withCurve: Whether a learning curve is made too.
    ///   - limits: What continuous answers are limited to before they count, where they will be limited in use too.
    /// - Throws: a sentence where nothing can be left out, or the kind cannot learn what the examples teach.
    public init(
        _ dataset: Dataset, model: ModelInfo, settings: [Float] = [], by choice: Choice, seed: UInt64 = 1,
        withCurve: Bool = true, limits: ClosedRange<Float>? = nil
    ) throws(StarlingError) {
        guard model.tasks.contains(dataset.task) else {
            throw StarlingError(
                Text(model.label) + Text(" cannot learn ") + Text(dataset.task.name) + Text(". Choose another kind of model."))
        }
        examples = dataset.examples
        let folds = switch choice {
        case .folds(let count): Split.folds(examples, count: min(max(count, 2), Self.mostTrainings), seed: seed)
        case .takes: examples.takeFolds(atMost: Self.mostTrainings, seed: seed)
        }
        try requireSeveral(folds)
        let deviations = examples.outputDeviations
        run = FoldRun(examples, folds: folds, model: model, settings: settings, seed: seed)
        curve = withCurve
            ? LearningCurve(examples, deviations: deviations, model: model, settings: settings, seed: seed) : nil
        self.limits = limits
        answer = Floats(examples.outputCount)
        ledger = TakeLedger(examples, deviations: deviations)
        evaluation = Evaluation(task: examples.task, outputCount: examples.outputCount)
    }

    /// How far the check is, 0...1.
    public var progress: Float {
        // The curve's trainings are of two fifths of the examples in the mean.
        let (folds, smaller) = (Float(run.foldCount), 0.4 * Float(LearningCurve.trainingCount))
        guard let curve else { return run.progress }
        return (folds * run.progress + smaller * curve.progress) / (folds + smaller)
    }

    /// Works for about `work` multiply-adds and says whether there is more to do; see `Trainer.step(work:)`.
    public func step(work: Int) -> Bool {
        var left = work
        while left > 0 && stage != .done {
            switch stage {
            case .asking: if !run.step(&left, count) { stage = curve == nil ? .done : .curving }
            case .curving: if !curve!.step(&left) { stage = .done }
            case .done: break
            }
        }
        return stage != .done
    }

    /// Does all the work and gives the report.
    public func finish() -> CheckReport {
        while step(work: 1 << 24) {}
        return report
    }

    /// What is known so far; complete when `step` says there is no more to do.
    public var report: CheckReport {
        CheckReport(
            evaluation: evaluation, confused: ledger.confused(), takes: ledger.takes(), curve: curve?.points ?? [])
    }

    private func count(_ row: Int, _ outputs: UnsafePointer<Float>) {
        for i in 0..<answer.count {
            answer[i] = limits.map { clamp(outputs[i], $0.lowerBound, $0.upperBound) } ?? outputs[i]
        }
        evaluation.add(row, of: examples, answer.pointer)
        ledger.add(row, answer.pointer)
    }
}
