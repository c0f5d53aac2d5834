import StarlingMath

extension Dataset {
    /// For each example a fold 0..<`count`, drawn by chance so that each fold has its share of every category.
    public func stratifiedFolds(_ count: Int, seed: UInt64) -> [Int] {
        precondition(count > 1, "cross-validation needs at least two folds")
        return Split.folds(examples, count: count, seed: seed)
    }

    /// For each example a fold of its take: leave one take, speaker or session out at a time.
    public func takeFolds() -> [Int] { examples.takeFolds(atMost: .max, seed: 1) }
}

/// Asks for every example a model that has learned from all other folds, and counts the answers together.
///
/// A category that is only in one fold cannot be learned there, and counts as wrong. Cost: a training a fold.
///
/// - Parameter folds: For each example its fold: `stratifiedFolds` or `takeFolds`.
/// - Throws: a sentence where all examples are in one fold.
public func crossValidate(
    _ dataset: Dataset, folds: [Int], model: ModelInfo, settings: [Float] = [], seed: UInt64 = 1
) throws(StarlingError) -> Evaluation {
    precondition(folds.count == dataset.count, "there must be a fold for each example")
    try requireSeveral(folds)
    var evaluation = Evaluation(task: dataset.task, outputCount: dataset.outputCount)
    let run = FoldRun(dataset.examples, folds: folds, model: model, settings: settings, seed: seed)
    var isUnfinished = true
    while isUnfinished {
        var work = 1 << 24
        isUnfinished = run.step(&work) { row, outputs in evaluation.add(row, of: dataset.examples, outputs) }
    }
    return evaluation
}

/// Throws a sentence where there is only one fold.
func requireSeveral(_ folds: [Int]) throws(StarlingError) {
    if folds.contains(where: { $0 != folds[0] }) { return }
    throw StarlingError("All examples are in one fold. Cross-validation needs at least two; record more takes.")
}
