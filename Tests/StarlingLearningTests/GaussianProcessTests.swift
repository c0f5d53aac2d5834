import StarlingLearning
import StarlingMath
import Testing

@Suite struct GaussianProcessTests {
    private let process = ModelCatalogue.named("gp")!

    /// A wave over two inputs, with a hole in the middle of them.
    private func wave(_ count: Int, noise: Float = 0, seed: UInt64 = 1) throws -> Dataset {
        let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
        var random = SeededRandom(seed: seed)
        while dataset.count < count {
            let x = [random.bipolar() * 2, random.bipolar() * 2]
            if x[0] * x[0] + x[1] * x[1] < 0.5 { continue }
            try dataset.add(x, [fastSine(cycles: x[0] * 0.2) * x[1] + noise * random.normal()], take: dataset.count / 10)
        }
        return dataset
    }

    /// From exact certainty to that of a choice of examples, and to a choice of examples to learn from.
    @Test(arguments: [60, 500, 700, 2500]) func isSureWhereItWasTaught(count: Int) throws {
        let model = predictor(try #require(train(try wave(count), process)))
        func answer(_ x: [Float]) -> (value: Float, certainty: Float) { (model.run(x)[0], model.certainty) }
        let taught = answer([1.2, -1])
        #expect(abs(taught.value + fastSine(cycles: 0.24)) < 0.03 && taught.certainty > 0.97, "\(taught)")
        let far = answer([40, 40])
        #expect(far.certainty < 0.1 && far.certainty >= 0, "\(far)")
        #expect(answer([0, 0]).certainty < taught.certainty)
    }

    @Test func isNeverSurerThanTheNoiseAllows() throws {
        // The wave varies by about 0.9, the noise by 0.5: three quarters can be known.
        let model = predictor(try #require(train(try wave(800, noise: 0.5), process)))
        _ = model.run([1, 1])
        #expect(model.certainty > 0.5 && model.certainty < 0.9, "\(model.certainty)")
    }

    @Test func otherKindsAreTakenAtTheirWord() throws {
        let model = predictor(try #require(train(try wave(60), ModelCatalogue.named("ridge")!)))
        _ = model.run([40, 40])
        #expect(model.certainty == 1)
    }

    /// Every third example lacks each target: no target has them all, and the certainty is of all.
    @Test func isSureThoughTargetsAreMissing() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .continuous)
        for i in 0..<60 {
            let x = Float(i) / 30 - 1
            try dataset.add([x], [i % 3 == 0 ? .nan : x, i % 3 == 1 ? .nan : x * x], take: i)
        }
        let model = predictor(try #require(train(dataset, process)))
        let outputs = model.run([0.5])
        #expect(outputs.distance(to: [0.5, 0.25]) < 0.02 && model.certainty > 0.95, "\(outputs) \(model.certainty)")
    }
}

/// Whatever is taught fits where the audio thread runs it.
@Suite struct WeightSizeTests {
    @Test(arguments: ["gp", "rbf", "ridge"] as [Text]) func manyInputsAndTargetsFit(name: Text) throws {
        let dataset = Dataset(inputCount: 300, outputCount: 60, task: .continuous)
        var random = SeededRandom(seed: 2)
        for i in 0..<1300 { try dataset.add((0..<300).map { _ in random.normal() }, (0..<60).map { _ in random.normal() }, take: i / 10) }
        let weights = try #require(train(dataset, ModelCatalogue.named(name)!, name == "ridge" ? [1] : []))
        #expect(weights.words.count <= LearningLimits.words, "\(weights.words.count)")
    }

    @Test(arguments: [0, 1] as [Float]) func manyCategoriesFit(slanted: Float) throws {
        let dataset = try clouds([Int](repeating: 36, count: 40), inputCount: 64, spread: 0.5, seed: 6)
        let weights = try #require(train(dataset, ModelCatalogue.named("mixture")!, [8, slanted]))
        #expect(weights.words.count <= LearningLimits.words, "\(weights.words.count)")
        #expect(try evaluate(weights, on: dataset).accuracy > 0.95)
    }
}
