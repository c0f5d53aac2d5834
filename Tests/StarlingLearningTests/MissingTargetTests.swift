import StarlingLearning
import StarlingMath
import Testing

/// Examples that lack some of their targets teach the others, and poison nothing.
@Suite struct MissingTargetTests {
    /// The kinds whose answers take missing targets into account.
    static let kinds = ModelCatalogue.all.filter { $0.tasks.contains(.continuous) }

    /// Targets x and -2x of one input, of which each example lacks one or the other or none.
    private func holed(count: Int) throws -> Dataset {
        let dataset = Dataset(inputCount: 1, outputCount: 3, task: .continuous)
        for i in 0..<count {
            let x = Float(i) / Float(count - 1) * 2 - 1
            try dataset.add([x], [i % 3 == 0 ? .nan : x, i % 3 == 1 ? .nan : -2 * x, .nan], take: i / 4)
        }
        return dataset
    }

    @Test(arguments: kinds) func theOthersAreLearned(kind: ModelInfo) throws {
        let model = predictor(try #require(train(try holed(count: 90), kind)))
        for x: Float in [-0.7, -0.1, 0.6] {
            let outputs = model.run([x])
            #expect(abs(outputs[0] - x) < 0.1 && abs(outputs[1] + 2 * x) < 0.2, "\(Text(kind.name)) at \(x): \(outputs)")
            #expect(outputs[2] == 0, "a target nobody taught")
        }
    }

    @Test(arguments: kinds) func errorsAreOfThoseThatAreThere(kind: ModelInfo) throws {
        let trainer = Trainer(model: kind)
        let dataset = try holed(count: 90)
        trainer.start(dataset, outputKeys: dataset.keys)
        _ = trainer.finish()
        #expect(try #require(trainer.trainingError) < 0.1 && #require(trainer.heldOutError) < 0.2)
    }

    /// The only examples of a target must not all be held out.
    @Test(arguments: kinds) func aTargetWithOneExampleIsLearned(kind: ModelInfo) throws {
        for row in 0..<50 {
            let dataset = Dataset(inputCount: 1, outputCount: 2, task: .continuous)
            for i in 0..<50 { try dataset.add([Float(i)], [Float(i), i == row ? 7 : .nan], take: i / 5) }
            let trainer = Trainer(model: kind, settings: [4])
            trainer.start(dataset, outputKeys: dataset.keys)
            let outputs = predictor(try #require(trainer.finish())).run([Float(row)])
            #expect(outputs[1] == 7, "\(Text(kind.name)), row \(row): \(outputs)")
        }
    }
}
