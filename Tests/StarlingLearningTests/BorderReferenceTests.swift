import Foundation
import StarlingLearning
import Testing

/// Support vectors against scikit-learn's SVC; see tools/make-tree-and-border-fixtures.py.
@Suite struct BorderReferenceTests {
    private let borders = ModelCatalogue.named("svm")!
    static let kernels = ["linear", "poly", "rbf"]

    private func settings(_ kernel: String) -> [Float] { [1, Float(Self.kernels.firstIndex(of: kernel)!), 3, 0, 0] }

    @Test(arguments: ["iris", "wine", "breast-cancer"], kernels)
    func decisionsAreThoseOfScikitLearn(name: String, kernel: String) throws {
        let data = try FoldedData(name)
        var worst = 0.0
        for fold in 0..<5 {
            let weights = try #require(train(try data.dataset(without: fold), borders, settings(kernel)))
            let machine = Machine(weights)
            for row in data.rows.indices where data.folds[row] == fold {
                for (pair, decision) in machine.decisions(data.rows[row]).enumerated() {
                    let wanted = Double(data.answers("\(kernel)-\(pair)")[row])
                    worst = max(worst, abs(decision - wanted) / max(1, abs(wanted)))
                }
            }
        }
        #expect(worst < 1e-3, "\(worst)")
    }

    @Test(arguments: ["iris", "wine", "breast-cancer"], kernels)
    func theDualObjectiveIsThatOfScikitLearn(name: String, kernel: String) throws {
        let data = try FoldedData(name)
        let ours = try (0..<5).map { fold in
            Machine(try #require(train(try data.dataset(without: fold), borders, settings(kernel)))).dualObjective
        }.reduce(0, +)
        let wanted = Double(try FoldedData.score(name, "dual-\(kernel)"))
        #expect(abs(ours - wanted) < 1e-3 * wanted, "\(ours) against \(wanted)")
    }

    @Test(arguments: FoldedData.categories, kernels)
    func categoriesAreToldApartAsWellAsByScikitLearn(name: String, kernel: String) throws {
        let score = try FoldedData(name).score(borders, settings(kernel))
        #expect(score > (try FoldedData.score(name, kernel)) - 0.01, "\(score)")
    }
}

/// A support-vector machine read from its words and worked out here, plainly and in double precision.
private struct Machine {
    private let means, scales: [Double]
    private let degree: Int
    private let gamma, offset: Double
    private let vectors: [[Double]]
    /// The category of each vector, and what it says against each other category.
    private let owners: [Int]
    private let speech: [[Double]]
    private let biases: [Double]
    private let categoryCount: Int

    init(_ weights: Weights) {
        let (inputs, head) = (weights.inputCount, 7 + weights.outputKeys.count)
        means = weights.words[head..<head + inputs].map { Double($0) }
        scales = weights.words[head + inputs..<head + 2 * inputs].map { Double($0) }
        let words = weights.body
        func numbers(_ start: Int, _ count: Int) -> [Double] { words[start..<start + count].map { Double($0) } }
        func whole(_ place: Int) -> Int { Int(words[place].bitPattern) }
        degree = whole(0)
        (gamma, offset) = (Double(words[1]), Double(words[2]))
        let (vectorCount, present) = (whole(3), whole(4))
        categoryCount = present
        owners = (0..<present).flatMap { [Int](repeating: $0, count: whole(5 + present + $0)) }
        let pairs = 5 + 2 * present
        let pairCount = present * (present - 1) / 2
        biases = (0..<pairCount).map { Double(words[pairs + 2 * $0]) }
        let heads = pairs + 2 * pairCount
        speech = (0..<present - 1).map { numbers(heads + $0 * vectorCount, vectorCount) }
        let blocks = heads + (present - 1) * vectorCount
        vectors = (0..<vectorCount).map { i in
            (0..<inputs).map { Double(words[blocks + (i / 16 * inputs + $0) * 16 + i % 16]) }
        }
    }

    private func kernel(_ a: [Double], _ b: [Double]) -> Double {
        if degree == 0 { return exp(-gamma * zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)) }
        return pow(gamma * zip(a, b).map { $0 * $1 }.reduce(0, +) + offset, Double(degree))
    }

    private func speech(_ vector: Int, _ first: Int, _ second: Int) -> Double {
        if owners[vector] == first { return speech[second - 1][vector] }
        return owners[vector] == second ? speech[first][vector] : 0
    }

    private func forEachPair(_ body: (Int, Int) -> Void) {
        for first in 0..<categoryCount { for second in first + 1..<categoryCount { body(first, second) } }
    }

    func decisions(_ inputs: [Float]) -> [Double] {
        let x = inputs.indices.map { max(-10, min(10, (Double(inputs[$0]) - means[$0]) * scales[$0])) }
        let kernels = vectors.map { kernel(x, $0) }
        var result: [Double] = []
        forEachPair { first, second in
            result.append(biases[result.count] + vectors.indices.map { speech($0, first, second) * kernels[$0] }.reduce(0, +))
        }
        return result
    }

    /// The sum over pairs of what is maximised.
    var dualObjective: Double {
        let kernels = vectors.map { a in vectors.map { kernel(a, $0) } }
        var sum = 0.0
        forEachPair { first, second in
            let voices = vectors.indices.map { speech($0, first, second) }
            let active = vectors.indices.filter { voices[$0] != 0 }
            for i in active {
                sum += abs(voices[i])
                for j in active { sum -= voices[i] * voices[j] * kernels[i][j] / 2 }
            }
        }
        return sum
    }
}
