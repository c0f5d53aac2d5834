import StarlingLearning
import StarlingMath
import Testing

@Suite struct TreeTests {
    private let tree = ModelCatalogue.named("tree")!
    private let boosted = ModelCatalogue.named("adaboost")!
    private let forest = ModelCatalogue.named("forest")!
    static let kinds = ["tree", "adaboost", "forest", "svm"].map { ModelCatalogue.named(Text(utf8: Array($0.utf8)))! }

    @Test func aStumpAsksOneQuestionHalfWayBetween() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
        for (x, y) in [(1, 10), (2, 12), (5, 30), (7, 32)] as [(Float, Float)] { try dataset.add([x, 3], [y]) }
        let model = predictor(try #require(train(dataset, tree, [1, 1])))
        #expect(model.run([3.4, 0]) == [11] && model.run([3.5, 0]) == [11] && model.run([3.6, 9]) == [31])
    }

    @Test func certaintyGrowsWithTheExamplesBehindIt() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 3, task: .categories)
        for x in 0..<3 { try dataset.add([Float(x)], [0]) }
        for x in 10..<40 { try dataset.add([Float(x)], [2]) }
        let model = predictor(try #require(train(dataset, tree, [1, 1, 0, 0])))
        // One imagined example, half of each category that was taught.
        #expect(model.run([1]).distance(to: [3.5 / 4, 0, 0.5 / 4]) < 1e-6)
        #expect(model.run([20]).distance(to: [0.5 / 31, 0, 30.5 / 31]) < 1e-6)
    }

    @Test func pruningCutsBackWhatSortsOutLittle() throws {
        let dataset = try clouds([200, 200], inputCount: 4, spread: 1, seed: 3)
        // Against a single question, so that what stands before the tree does not count.
        let least = try #require(train(dataset, tree, [1, 1])).words.count
        let sizes = try [0, 0.001, 0.01, 0.05].map { try #require(train(dataset, tree, [32, 1, $0])).words.count - least }
        #expect(sizes == sizes.sorted(by: >) && sizes.first! > 4 * sizes.last!, "\(sizes)")
    }

    @Test func boostingSolvesWhatOneStumpCannot() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 61)
        for i in 0..<300 {
            let x = [random.bipolar(), random.bipolar()]
            try dataset.add(x, [x[0] + x[1] > 0 ? 1 : 0], take: i)
        }
        func accuracy(_ rounds: Float) throws -> Float {
            try evaluate(try #require(train(dataset, boosted, [rounds, 1])), on: dataset).accuracy
        }
        let (one, many) = (try accuracy(1), try accuracy(100))
        #expect(one < 0.85 && many > 0.97, "\(one), \(many)")
    }

    /// Each take has an offset of its own: trees that had drawn other frames of a take would know it.
    @Test func theErrorOfAForestIsHonestAboutTakes() throws {
        let dataset = Dataset(inputCount: 3, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 62)
        for take in 0..<20 {
            let offset = (0..<3).map { _ in random.normal() * 5 }
            for _ in 0..<20 { try dataset.add(offset.map { $0 + 0.1 * random.normal() }, [Float(take % 2)], take: take) }
        }
        let trainer = Trainer(model: forest)
        trainer.start(dataset, outputKeys: dataset.keys)
        let weights = try #require(trainer.finish())
        #expect(try evaluate(weights, on: dataset).accuracy > 0.99)
        #expect(try #require(trainer.trainingError) < 0.02 && #require(trainer.heldOutError) > 0.25)
    }

    @Test func moreTreesAnswerMoreSmoothlyAndTheSeedDecides() throws {
        let dataset = try clouds([60, 60], inputCount: 4, spread: 1, seed: 5)
        #expect(train(dataset, forest, seed: 5) == train(dataset, forest, seed: 5))
        #expect(train(dataset, forest, seed: 5) != train(dataset, forest, seed: 6))
        let asked = try clouds([300, 300], inputCount: 4, spread: 1, seed: 5, draw: 1)
        func disagreement(_ trees: Float) throws -> Float {
            let models = try [1, 2].map { predictor(try #require(train(dataset, forest, [trees], seed: $0))) }
            let gaps = (0..<asked.count).map { row in
                models[0].run(Array(asked.inputs(row))).distance(to: models[1].run(Array(asked.inputs(row))))
            }
            return gaps.reduce(0, +) / Float(gaps.count)
        }
        #expect(try disagreement(256) < disagreement(4) / 4)
    }

    @Test func firstTreesOfAForestCanBePlayedEarly() throws {
        let dataset = try clouds([100, 100], inputCount: 6, spread: 0.7, seed: 6)
        let trainer = Trainer(model: forest, settings: [256])
        trainer.start(dataset, outputKeys: dataset.keys)
        while trainer.weights == nil { _ = trainer.step(work: 10_000) }
        #expect(trainer.progress < 0.1)
        #expect(try evaluate(try #require(trainer.weights), on: dataset).accuracy > 0.9)
    }

    @Test(arguments: kinds) func categoriesWithoutExamplesAreNeverTheAnswer(kind: ModelInfo) throws {
        let dataset = Dataset(inputCount: 2, outputCount: 5, task: .categories)
        var random = SeededRandom(seed: 63)
        for i in 0..<60 { try dataset.add([random.normal(), Float(i % 2) + random.normal()], [i % 2 == 0 ? 1 : 4], take: i / 3) }
        let model = predictor(try #require(train(dataset, kind)))
        for _ in 0..<50 {
            let outputs = model.run([random.normal() * 2, random.normal() * 2])
            #expect(outputs[0] == 0 && outputs[2] == 0 && outputs[3] == 0, "\(Text(kind.name)), seed 63: \(outputs)")
        }
    }

    @Test(arguments: kinds) func hundredsOfCategoriesOfOneExampleEach(kind: ModelInfo) throws {
        let dataset = Dataset(inputCount: 3, outputCount: 256, task: .categories)
        var random = SeededRandom(seed: 64)
        let places = (0..<256).map { _ in (0..<3).map { _ in random.normal() } }
        for (category, place) in places.enumerated() { try dataset.add(place, [Float(category)], take: category) }
        let model = predictor(try #require(train(dataset, kind, kind.name.description == "tree" ? [32, 1] : [])))
        let right = places.indices.filter { model.run(places[$0]).indexOfLargest == $0 }.count
        // Trees of few questions cannot name so many; the others must nearly all.
        #expect(kind.name.description == "adaboost" || right > 200, "\(Text(kind.name)): \(right)")
        #expect(abs(model.run([0, 0, 0]).reduce(0, +) - 1) < 1e-4)
    }

    /// Distances that halve each time make a tree one-sided: as deep as can be.
    @Test func theDeepestTreeIsCutOffAndRuns() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .categories)
        for i in 0..<100 { try dataset.add([Float(sign: .plus, exponent: -i / 2, significand: 1 + Float(i % 2) / 2)], [Float(i % 2)]) }
        let weights = try #require(train(dataset, tree, [32, 1]))
        #expect(try evaluate(weights, on: dataset).accuracy > 0.6)
    }
}
