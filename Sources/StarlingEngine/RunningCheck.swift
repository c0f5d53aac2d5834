import StarlingLearning
import StarlingMath
import StarlingProject

/// A check of one model, in the names of the project.
public final class RunningCheck {
    private let check: Check
    private let examples: ExampleGatherer
    private let fit: Float?
    /// Whether the report is complete.
    public private(set) var isDone = false

    init(_ check: Check, _ examples: ExampleGatherer, fit: Float?) {
        self.check = check
        self.examples = examples
        self.fit = fit
    }

    /// Works for about `work` multiply-adds and says whether there is more to do.
    func step(work: Int) -> Bool {
        isDone = !check.step(work: work)
        return !isDone
    }

    /// `{model, progress}`, and when it is done `report`; see docs/abi.md.
    public var json: JSON {
        .object([
            .init("model", .text(examples.model.id)), .init("progress", .number(Double(isDone ? 1 : check.progress))),
            .init("report", isDone ? report : .null),
        ])
    }

    private var report: JSON {
        let report = check.report
        let evaluation = report.evaluation
        let isContinuous = evaluation.task == .continuous
        return .object([
            .init("model", .text(examples.model.id)), .init("task", .text(Text(evaluation.task.name))),
            .init("accuracy", isContinuous ? .null : .number(Double(evaluation.accuracy))),
            .init("categories", .list(isContinuous ? [] : examples.model.categories.indices.map { category($0, evaluation) })),
            .init("confusion", .list(isContinuous ? [] : confusion(evaluation))),
            .init("confused", .list(report.confused.map(confused))),
            .init("outputs", .list(isContinuous ? examples.outputs(evaluation) : [])),
            .init("curve", .list(report.curve.map(point))),
            .init("fit", fit.map { .number(Double(max($0, 0))) } ?? .null),
        ])
    }

    private func category(_ index: Int, _ evaluation: Evaluation) -> JSON {
        let row = evaluation.confusion[index * evaluation.outputCount..<(index + 1) * evaluation.outputCount]
        return .object([
            .init("id", .text(examples.model.categories[index])), .init("precision", number(evaluation.precision(index))),
            .init("recall", number(evaluation.recall(index))), .init("count", .number(Double(row.reduce(0, +)))),
        ])
    }

    private func confusion(_ evaluation: Evaluation) -> [JSON] {
        let width = evaluation.outputCount
        return (0..<width).map { row in
            .list(evaluation.confusion[row * width..<(row + 1) * width].map { .number(Double($0)) })
        }
    }

    private func confused(_ take: ConfusedTake) -> JSON {
        .object([
            .init("take", .text(examples.takes[take.take].id)), .init("wanted", .text(examples.model.categories[take.wanted])),
            .init("answered", .text(examples.model.categories[take.answered])), .init("share", .number(Double(take.share))),
        ])
    }

    private func point(_ point: CurvePoint) -> JSON {
        .object([
            .init("examples", .number(Double(point.examples))), .init("error", .number(Double(point.error))),
            .init("trainingError", .number(Double(point.trainingError))),
        ])
    }
}

private func number(_ value: Float?) -> JSON { value.map { .number(Double($0)) } ?? .null }

extension ExampleGatherer {
    /// Each continuous output's errors: the root mean square in its own unit, where its positions are evenly spread.
    fileprivate func outputs(_ evaluation: Evaluation) -> [JSON] {
        targetRanges.enumerated().map { index, target in
            .object([
                .init("id", .text(target.path)), .init("name", .text(target.name)),
                .init("rmse", .number(Double(evaluation.rootMeanSquareError(index) * target.span))),
                .init("r2", number(evaluation.explainedVariance(index))),
            ])
        }
    }

    private var targetRanges: [(path: Text, name: Text, span: Float)] {
        model.followed.map { index in
            let parameter = scene.layout.parameters[index]
            return (parameter.path, Text(parameter.info.label), parameter.info.maximum - parameter.info.minimum)
        } + model.knobs.map { ($0.path, $0.name, $0.info.maximum - $0.info.minimum) }
    }
}
