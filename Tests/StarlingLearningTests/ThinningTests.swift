import StarlingLearning
import StarlingMath
import Testing

/// What happens to examples beyond what the audio thread has room for.
@Suite struct ThinningTests {
    /// Two wide bands of very many examples and a category of a few between them.
    private func bands(inputCount: Int, count: Int) throws -> Dataset {
        let dataset = Dataset(inputCount: inputCount, outputCount: 4, task: .categories)
        var random = SeededRandom(seed: 51)
        for i in 0..<count {
            let category = i % 2
            let inputs = (0..<inputCount).map { _ in random.normal() * 0.3 + Float(category) * 2 }
            try dataset.add(inputs, [Float(category)], take: i / 100)
        }
        for i in 0..<6 { try dataset.add((0..<inputCount).map { _ in 1 + random.normal() * 0.01 }, [3], take: 9000 + i) }
        return dataset
    }

    @Test func nearestExamplesKeepAFairShareThatFits() throws {
        let dataset = try bands(inputCount: 128, count: 9000)
        let weights = try #require(train(dataset, nearest))
        #expect(weights.words.count <= LearningLimits.words && weights.words.count > LearningLimits.words * 9 / 10)
        let model = predictor(weights)
        #expect(try evaluate(weights, on: dataset).accuracy > 0.99)
        #expect(model.run([Float](repeating: 1, count: 128)).indexOfLargest == 3, "all of the few are kept")
    }

    @Test(arguments: ModelCatalogue.all.filter { $0.tasks.contains(.categories) && $0.id != 2 })
    func manyExamplesGiveWeightsThatFit(kind: ModelInfo) throws {
        let dataset = Dataset(inputCount: 3, outputCount: 3, task: .categories)
        var random = SeededRandom(seed: 52)
        for i in 0..<20_000 {  // nothing to be learned, so that trees grow as large as they can
            try dataset.add((0..<3).map { _ in random.normal() }, [Float(random.index(below: 3))], take: i / 50)
        }
        let weights = try #require(train(dataset, kind))
        #expect(weights.words.count <= LearningLimits.words, "\(Text(kind.name)): \(weights.words.count) words")
    }
}
