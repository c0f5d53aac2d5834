import Foundation
import StarlingLearning
import StarlingMath
import Testing

@Suite struct NetworkTests {
    @Test func firstWeightsComeEarlyAndAreUseful() throws {
        let dataset = try clouds([63, 63, 62, 62, 63, 63, 62, 62], inputCount: 13, spread: 0.7, seed: 6, takesEach: 5)
        let trainer = Trainer(model: network)
        trainer.start(dataset, outputKeys: dataset.keys)
        var work = 0
        while trainer.weights == nil {
            _ = trainer.step(work: 100_000)
            work += 100_000
        }
        #expect(try evaluate(try #require(trainer.weights), on: dataset).accuracy > 0.9)
        #expect(work < 30_000_000, "multiply-adds until the first weights")
        #expect(trainer.progress < 0.5)
    }

    /// The correlated mappings of the engine's measurements; mean square error in units of unit variance.
    @Test(arguments: [(0, Float(0.035)), (1, 0.03), (2, 0.015)])
    func learnsSmoothMappings(size: Int, most: Float) throws {
        let file = repository.appending(path: "../shared/data/mapping/c\(size).bin")
        guard let data = try? Data(contentsOf: file) else {
            print("Skipped: \(file.path) is not here; the generated mapping below is tested instead.")
            return
        }
        let mapping = Mapping(data)
        #expect(try mapping.error(seed: 1) < most)
    }

    @Test func learnsASmoothMappingMadeHere() throws {
        #expect(try Mapping(seed: 8).error(seed: 1) < 0.02)
    }

    @Test func largeDatasetsAreLearnedInBatches() throws {
        let dataset = try clouds([2500, 2500], inputCount: 5, spread: 1, seed: 12)
        let weights = try #require(train(dataset, network, [8, 5, 5]))
        let asked = try clouds([500, 500], inputCount: 5, spread: 1, seed: 12, draw: 1)
        let most = try evaluate(try #require(train(dataset, nearest, [64])), on: asked).accuracy
        let reached = try evaluate(weights, on: asked).accuracy
        #expect(reached > most - 0.01, "\(reached) against \(most)")
    }

    /// Without noise the loss falls on and on; nobody can tell the difference, and a player waits.
    @Test(arguments: [0, 1, 5]) func whatIsMetExactlyIsDone(firstTake: Int) throws {
        let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
        for part in 0..<4 {
            let level = Float(part) / 4
            for i in 0..<1156 { try dataset.add([level + Float(i) * 1e-4, 1 - level], [level], take: part + firstTake) }
        }
        let trainer = Trainer(model: network, settings: [16])
        trainer.start(dataset, outputKeys: dataset.keys)
        var work = 0
        while trainer.step(work: 1 << 20) { work += 1 << 20 }
        #expect(try #require(trainer.heldOutError) < 0.0005)
        #expect(work < 120 << 20, "multiply-adds; 1.4 to 1.6 billion where the loss may fall on")
    }

    @Test func theSeedDecidesEverything() throws {
        let dataset = try clouds([40, 40], inputCount: 4, spread: 0.5, seed: 3)
        #expect(train(dataset, network, seed: 5) == train(dataset, network, seed: 5))
        #expect(train(dataset, network, seed: 5) != train(dataset, network, seed: 6))
    }

    @Test func certaintyFollowsHowOftenItIsRight() throws {
        // Two overlapping clouds: of the examples called 0.7 certain, about 70 % should be right.
        let dataset = try clouds([300, 300], inputCount: 2, spread: 0.9, seed: 31, takesEach: 10)
        let model = predictor(try #require(train(dataset, network)))
        let asked = try clouds([2000, 2000], inputCount: 2, spread: 0.9, seed: 31, draw: 1)
        var claimed: Float = 0
        var right: Float = 0
        for row in 0..<asked.count {
            let outputs = model.run(Array(asked.inputs(row)))
            claimed += outputs.max()!
            if Float(outputs.indexOfLargest) == asked.outputs(row).first! { right += 1 }
        }
        #expect(abs(claimed - right) / Float(asked.count) < 0.05, "\(claimed) claimed, \(right) right")
    }
}

/// Rows of inputs and targets, some to learn from and some to be asked for.
private struct Mapping {
    let inputCount, outputCount, trainingCount: Int
    let rows: [[Float]]

    /// int32 inputs, outputs, training rows, test rows; then float32 rows.
    init(_ data: Data) {
        func word<T>(_ index: Int, as type: T.Type) -> T {
            data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4 * index, as: type) }
        }
        let head = (0..<4).map { Int(word($0, as: Int32.self)) }
        (inputCount, outputCount, trainingCount) = (head[0], head[1], head[2])
        let width = head[0] + head[1]
        rows = (0..<head[2] + head[3]).map { row in (0..<width).map { word(4 + row * width + $0, as: Float.self) } }
    }

    /// Sums of sines of projections, with 5 % noise.
    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        (inputCount, outputCount, trainingCount) = (6, 2, 500)
        let projections = (0..<6).map { _ in (0..<6).map { _ in random.normal() * 0.4 } }
        rows = (0..<700).map { _ in
            let x = (0..<6).map { _ in random.bipolar() }
            let waves = projections.map { p in sin(zip(p, x).map { $0 * $1 }.reduce(0, +)) }
            let targets = [waves[0] + waves[1] + waves[2], waves[3] - waves[4] + waves[5]]
            return x + targets.map { $0 + 0.05 * random.normal() }
        }
    }

    func error(seed: UInt64) throws -> Float {
        let dataset = Dataset(inputCount: inputCount, outputCount: outputCount, task: .continuous)
        for row in rows[..<trainingCount] { try dataset.add(Array(row[..<inputCount]), Array(row[inputCount...])) }
        let model = predictor(try #require(train(dataset, network, seed: seed)))
        let squares = rows[trainingCount...].flatMap { row in
            zip(model.run(Array(row[..<inputCount])), row[inputCount...]).map { ($0 - $1) * ($0 - $1) }
        }
        return squares.reduce(0, +) / Float(squares.count)
    }
}
