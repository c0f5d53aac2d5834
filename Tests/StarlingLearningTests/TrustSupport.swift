import Foundation
import StarlingLearning
import StarlingMath

/// The sets by which trust is measured, each row a take of its own.
func referenceSet(_ name: String) throws -> Dataset {
    if name != "digits" { return try Fixture(name).dataset(.categories) }
    let file = repository.appending(path: "Tests/Fixtures/learning/digits.txt")
    let dataset = Dataset(inputCount: 64, outputCount: 10, task: .categories)
    for (row, line) in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").enumerated() {
        let numbers = line.map { Float(Int(String($0), radix: 17)!) }
        try dataset.add(Array(numbers.dropFirst()), [numbers[0]], take: row)
    }
    return dataset
}

extension Dataset {
    /// The chosen rows as a dataset.
    func subset(_ isChosen: (Int) -> Bool) throws -> Dataset {
        let subset = Dataset(inputCount: inputCount, outputCount: outputCount, task: task)
        for row in 0..<count where isChosen(row) {
            try subset.add(Array(inputs(row)), Array(outputs(row)), take: take(row))
        }
        return subset
    }

    func category(_ row: Int) -> Int { Int(outputs(row).first!) }
}

extension Predictor {
    func novelty(_ inputs: ArraySlice<Float>) -> Float { Array(inputs).withUnsafeBufferPointer { novelty(inputs: $0.baseAddress!) } }
}

/// The chance that a number of the second list is larger than one of the first: the area under the ROC curve.
func areaUnderCurve(_ low: [Float], _ high: [Float]) -> Float {
    var won: Float = 0
    for a in low { for b in high { won += b > a ? 1 : b == a ? 0.5 : 0 } }
    return won / Float(low.count * high.count)
}

/// What calibrated certainties are worth, asked of five outer folds that no training has seen.
func outerReliability(_ dataset: Dataset, _ model: ModelInfo, _ settings: [Float] = [], seed: UInt64, calibrates: Bool = true)
    throws -> Evaluation
{
    let folds = dataset.stratifiedFolds(5, seed: seed)
    var evaluation = Evaluation(task: .categories, outputCount: dataset.outputCount)
    for fold in 0..<5 {
        let learned = try dataset.subset { folds[$0] != fold }
        let trained = predictor(train(learned, model, settings, calibrates: calibrates)!)
        for row in 0..<dataset.count where folds[row] == fold {
            evaluation.add(wanted: dataset.outputs(row), outputs: trained.run(Array(dataset.inputs(row))))
        }
    }
    return evaluation
}
