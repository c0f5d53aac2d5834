import StarlingLearning
import StarlingMath
import Testing

@Suite struct NearestTests {
    @Test func agreesWithAPlainSearch() throws {
        var random = SeededRandom(seed: 41)
        for count in [1, 2, 15, 16, 17, 33, 100] {
            let dataset = Dataset(inputCount: 3, outputCount: 1, task: .continuous)
            // The corners make every range 0...1, so that inputs are distances as they are.
            try dataset.add([0, 0, 0], [0])
            try dataset.add([1, 1, 1], [1])
            for _ in 0..<count { try dataset.add((0..<3).map { _ in random.uniform() }, [random.uniform()]) }
            let model = predictor(try #require(train(dataset, nearest, [4])))
            for _ in 0..<20 {
                let asked = (0..<3).map { _ in random.uniform() }
                let wanted = plainAnswer(dataset, asked, k: 4)
                #expect(abs(model.run(asked)[0] - wanted) < 1e-4, "seed 41, \(count) examples")
            }
        }
    }

    private func plainAnswer(_ dataset: Dataset, _ asked: [Float], k: Int) -> Float {
        let found = (0..<dataset.count).map { row -> (distance: Float, target: Float) in
            let square = zip(dataset.inputs(row), asked).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
            return (square.squareRoot(), dataset.outputs(row).first!)
        }.sorted { $0.distance < $1.distance }.prefix(k)
        return found.map { $0.target / $0.distance }.reduce(0, +) / found.map { 1 / $0.distance }.reduce(0, +)
    }

    @Test func anExampleItselfAnswersAlone() throws {
        let dataset = try clouds([20, 20], inputCount: 2, spread: 2, seed: 1)
        let model = predictor(try #require(train(dataset, nearest, [64])))
        for row in 0..<dataset.count {
            #expect(model.run(Array(dataset.inputs(row)))[Int(dataset.outputs(row).first!)] == 1)
        }
    }

    @Test func moreNeighboursThanExamplesMeansAll() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .categories)
        try dataset.add([0], [0])
        try dataset.add([1], [1])
        let outputs = predictor(try #require(train(dataset, nearest, [64]))).run([0.25])
        #expect(outputs.distance(to: [0.75, 0.25]) < 1e-6)
    }

    @Test func settingsAreLimited() throws {
        let dataset = try clouds([200, 200], inputCount: 2, spread: 1, seed: 1)
        #expect(train(dataset, nearest, [1000]) == train(dataset, nearest, [64]))
        #expect(train(dataset, nearest, [-3]) == train(dataset, nearest, [1]))
        #expect(train(dataset, nearest, [.nan]) == train(dataset, nearest))
    }
}
