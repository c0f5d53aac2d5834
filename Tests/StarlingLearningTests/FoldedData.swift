import Foundation
import StarlingLearning
import StarlingMath

/// A dataset in folds with what scikit-learn's trees and support vectors say of it; see
/// tools/make-tree-and-border-fixtures.py.
struct FoldedData {
    let task: Task
    let rows: [[Float]]
    let targets: [Float]
    let folds: [Int]
    private let answers: [String: [Float]]

    static let categories = ["iris", "wine", "breast-cancer", "digits"]

    init(_ name: String) throws {
        task = name == "diabetes" ? .continuous : .categories
        if name == "digits" {
            let lines = try Self.lines("learning/digits.txt").map { $0.map { Float($0.hexDigitValue ?? 16) } }
            rows = lines.map { Array($0.dropFirst()) }
            targets = lines.map { $0[0] }
            folds = rows.indices.map { $0 % 5 }
        } else {
            let fixture = try Fixture(name)
            rows = fixture.rows.map { Array($0[..<fixture.inputCount]) }
            targets = fixture.column("target")
            folds = fixture.column("fold").map { Int($0) }
        }
        let lines = try Self.lines("trees-and-borders/\(name).csv").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var answers: [String: [Float]] = [:]
        for (column, title) in lines[0].enumerated() {
            answers[title] = lines.dropFirst().map { Float($0[column]) ?? .nan }
        }
        self.answers = answers
    }

    /// What the reference answers to each row; NaN where more than one answer is right.
    func answers(_ column: String) -> [Float] { answers[column]! }

    /// The reference's score: the share of right categories, or the root mean square error.
    static func score(_ name: String, _ kind: String) throws -> Float {
        let line = try lines("trees-and-borders/scores.csv").first { $0.hasPrefix("\(name)/\(kind),") }!
        return Float(line.split(separator: ",")[1])!
    }

    private static func lines(_ name: String) throws -> [Substring] {
        try String(contentsOf: repository.appending(path: "Tests/Fixtures/\(name)"), encoding: .utf8).split(separator: "\n")
    }

    /// All examples that are not in a fold.
    func dataset(without fold: Int) throws -> Dataset {
        let outputCount = task == .categories ? Int(targets.max()!) + 1 : 1
        let dataset = Dataset(inputCount: rows[0].count, outputCount: outputCount, task: task)
        for row in rows.indices where folds[row] != fold { try dataset.add(rows[row], [targets[row]], take: row) }
        return dataset
    }

    /// The most certain category of each row, or its value, as learned from the other folds.
    func answers(_ model: ModelInfo, _ settings: [Float], seed: UInt64 = 1) throws -> [Float] {
        var result = targets
        for fold in 0..<5 {
            let trained = predictor(try train(try dataset(without: fold), model, settings, seed: seed)!)
            for row in rows.indices where folds[row] == fold {
                let outputs = trained.run(rows[row])
                result[row] = task == .categories ? Float(outputs.indexOfLargest) : outputs[0]
            }
        }
        return result
    }

    /// The share of right categories, or the root mean square error; the mean over seeds.
    func score(_ model: ModelInfo, _ settings: [Float], seeds: ClosedRange<UInt64> = 1...1) throws -> Float {
        try seeds.map { seed in
            let errors = zip(try answers(model, settings, seed: seed), targets).map { $0 - $1 }
            if task == .categories { return Float(errors.filter { $0 == 0 }.count) / Float(errors.count) }
            return (errors.map { $0 * $0 }.reduce(0, +) / Float(errors.count)).squareRoot()
        }.reduce(0, +) / Float(seeds.count)
    }
}
