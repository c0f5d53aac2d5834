import StarlingMath

extension Dataset {
    /// For each example a fold 0..<`count`, drawn by chance so that each fold has its share of every category.
    public func stratifiedFolds(_ count: Int, seed: UInt64) -> [Int] {
        precondition(count > 1, "cross-validation needs at least two folds")
        return Split.folds(examples, count: count, seed: seed)
    }

    /// For each example a fold of its take: leave one take, speaker or session out at a time.
    public func takeFolds() -> [Int] {
        let takes = (0..<count).map(take).sorted()
        var distinct: [Int] = []
        for take in takes where take != distinct.last { distinct.append(take) }
        return (0..<count).map { row in distinct.partitioningIndex { $0 >= take(row) } }
    }
}

extension Array where Element == Int {
    /// The first index at which `isBehind` holds, in an array in which it holds from some index on.
    fileprivate func partitioningIndex(_ isBehind: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
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
    var evaluation = Evaluation(task: dataset.task, outputCount: dataset.outputCount)
    for fold in 0...(folds.max() ?? 0) {
        let asked = folds.indices.filter { folds[$0] == fold }
        if asked.isEmpty { continue }
        let trainer = Trainer(model: model, settings: settings, seed: seed)
        trainer.start(dataset.rows(folds.indices.filter { folds[$0] != fold }), outputKeys: dataset.indexKeys)
        guard let weights = trainer.finish() else {
            throw StarlingError("All examples are in one fold. Cross-validation needs at least two; record more takes.")
        }
        evaluation.add(weights, on: dataset, rows: asked)
    }
    return evaluation
}

extension Dataset {
    /// A dataset of some of the examples.
    fileprivate func rows(_ chosen: [Int]) -> Dataset { Dataset(examples.rows(chosen)) }
    /// Outputs named by their index.
    fileprivate var indexKeys: [UInt32] { (0..<outputCount).map { UInt32($0) } }
}
