import Foundation
import StarlingLearning
import StarlingMath

/// The repository's root, also where the tests are reached through a link.
let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A table of numbers with named columns, as `tools/learning-fixtures.py` writes it.
struct Fixture {
    let names: [String]
    let rows: [[Float]]

    init(_ name: String, in folder: String = "learning") throws {
        let file = repository.appending(path: "Tests/Fixtures/\(folder)/\(name).csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        names = lines[0].split(separator: ",").map(String.init)
        rows = lines.dropFirst().map { $0.split(separator: ",").map { Float($0)! } }
    }

    var inputCount: Int { names.firstIndex(of: "target")! }
    func column(_ name: String) -> [Float] { rows.map { $0[names.firstIndex(of: name)!] } }
    func columns(startingWith prefix: String) -> [[Float]] {
        let places = names.indices.filter { names[$0].hasPrefix(prefix) }
        return rows.map { row in places.map { row[$0] } }
    }

    /// All rows as a dataset, each a take of its own.
    func dataset(_ task: Task) throws -> Dataset {
        let target = column("target")
        let count = task == .categories ? Int(target.max()!) + 1 : 1
        let dataset = Dataset(inputCount: inputCount, outputCount: count, task: task)
        for row in rows.indices { try dataset.add(rows[row], [target[row]], take: row) }
        return dataset
    }
}

extension Dataset {
    /// Appends an example given as arrays; a category as its number.
    func add(_ inputs: [Float], _ output: [Float], take: Int = 0) throws {
        if task == .categories {
            try append(inputs, category: Int(output[0]), take: take)
        } else {
            try append(inputs, targets: output, take: take)
        }
    }

    var keys: [UInt32] { (0..<outputCount).map { UInt32($0) + 100 } }
}

/// Trains to the end. Only a calibrated training is what players get; without, a test sees the kind itself.
func train(
    _ dataset: Dataset, _ model: ModelInfo, _ settings: [Float] = [], seed: UInt64 = 1, warm: Weights? = nil,
    calibrates: Bool = false
) -> Weights? {
    let trainer = Trainer(model: model, settings: settings, seed: seed, calibrates: calibrates)
    trainer.start(dataset, outputKeys: dataset.keys, warm: warm)
    return trainer.finish()
}

/// A predictor with weights loaded.
func predictor(_ weights: Weights) -> Predictor {
    let predictor = Predictor(
        wordCapacity: weights.words.count, maximumInputs: weights.inputCount,
        maximumOutputs: weights.outputKeys.count)
    precondition(predictor.load(weights.words, count: weights.words.count))
    return predictor
}

extension Predictor {
    func run(_ inputs: [Float]) -> [Float] {
        var outputs = [Float](repeating: .nan, count: outputCount)
        run(inputs: inputs, outputs: &outputs)
        return outputs
    }
}

extension [Float] {
    var indexOfLargest: Int { firstIndex(of: self.max()!)! }
    func distance(to other: [Float]) -> Float { zip(self, other).map { abs($0 - $1) }.max() ?? 0 }
}

let nearest = ModelCatalogue.named("knn")!
let network = ModelCatalogue.named("mlp")!

/// Clouds of points round a centre for each category. The seed decides the centres, the draw the points.
func clouds(
    _ counts: [Int], inputCount: Int, spread: Float, seed: UInt64, takesEach: Int = 1, draw: UInt64 = 0
) throws -> Dataset {
    var random = SeededRandom(seed: seed)
    let centres = counts.map { _ in (0..<inputCount).map { _ in random.normal() } }
    random = SeededRandom(seed: seed &+ 1000 &* (draw + 1))
    let dataset = Dataset(inputCount: inputCount, outputCount: counts.count, task: .categories)
    for (category, count) in counts.enumerated() {
        for i in 0..<count {
            let point = centres[category].map { $0 + spread * random.normal() }
            try dataset.add(point, [Float(category)], take: category * 100 + i * takesEach / count)
        }
    }
    return dataset
}
