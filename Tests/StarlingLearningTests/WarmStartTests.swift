import StarlingLearning
import StarlingMath
import Testing

@Suite struct WarmStartTests {
    /// A training of one round shows from where it began.
    private let oneRound: [Float] = [32, 5, 1]

    @Test func goesOnFromWhatWasLearned() throws {
        let dataset = try clouds([60, 60, 60], inputCount: 6, spread: 0.4, seed: 2, takesEach: 6)
        let earlier = try #require(train(dataset, network))
        try dataset.add([1, 2, 3, 4, 5, 6], [1], take: 999)  // moves means and deviations
        let cold = predictor(try #require(train(dataset, network, oneRound)))
        let warm = predictor(try #require(train(dataset, network, oneRound, warm: earlier)))
        let before = predictor(earlier)
        #expect(disagreement(warm, before, dataset) < 0.3)
        #expect(disagreement(cold, before, dataset) > 0.5)
    }

    @Test func keepsWhatItKnowsWhenACategoryIsAdded() throws {
        let dataset = try clouds([60, 60], inputCount: 6, spread: 0.4, seed: 2, takesEach: 6)
        let earlier = try #require(train(dataset, network))
        dataset.addCategory()
        for i in 0..<30 { try dataset.add([3, 3, 3, 3, 3, Float(i) * 0.01], [2], take: 500 + i / 5) }
        let few = predictor(try #require(train(dataset, network, [32, 5, 5], warm: earlier)))
        let right = (0..<dataset.count).filter { row in
            Float(few.run(Array(dataset.inputs(row))).indexOfLargest) == dataset.outputs(row).first!
        }
        #expect(right.count >= 145, "\(right.count) of 150 after five rounds")
    }

    @Test func outputsAreRecognisedByTheirKeys() throws {
        let dataset = try clouds([60, 60], inputCount: 4, spread: 0.3, seed: 4, takesEach: 6)
        let earlier = try #require(train(dataset, network))
        let turned = Dataset(inputCount: 4, outputCount: 2, task: .categories)
        for row in 0..<dataset.count {
            let other = 1 - dataset.outputs(row).first!
            try turned.add(Array(dataset.inputs(row)), [other], take: dataset.take(row))
        }
        let trainer = Trainer(model: network, settings: oneRound, calibrates: false)
        trainer.start(turned, outputKeys: dataset.keys.reversed(), warm: earlier)
        let after = predictor(try #require(trainer.finish()))
        let before = predictor(earlier)
        for row in 0..<dataset.count {
            let inputs = Array(dataset.inputs(row))
            #expect(after.run(inputs).distance(to: before.run(inputs).reversed()) < 0.2)
        }
    }

    @Test func valuesGoOnThoughTheirRangeChanges() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for i in 0..<50 { try dataset.add([Float(i)], [Float(i) * 10], take: i / 5) }
        let earlier = try #require(train(dataset, network))
        for i in 50..<100 { try dataset.add([Float(i)], [Float(i) * 10], take: i / 5) }
        let warm = predictor(try #require(train(dataset, network, oneRound, warm: earlier)))
        #expect(abs(warm.run([20])[0] - 200) < 60, "\(warm.run([20]))")
    }

    @Test(arguments: ModelCatalogue.all.filter { $0.tasks.contains(.categories) })
    func earlierWeightsOfAnotherShapeAreNoMistake(model: ModelInfo) throws {
        let dataset = try clouds([30, 30], inputCount: 4, spread: 0.3, seed: 4)
        let others = [
            train(try clouds([30, 30, 30], inputCount: 7, spread: 0.3, seed: 5), nearest),
            train(try clouds([30, 30, 30], inputCount: 7, spread: 0.3, seed: 5), network),
            train(dataset, network, [64]), train(dataset, nearest),
        ]
        for other in others {
            let weights = try #require(train(dataset, model, warm: other))
            #expect(try evaluate(weights, on: dataset).accuracy > 0.95)
        }
    }

    @Test func learnsAsWellInManySmallStepsAsAtOnce() throws {
        let all = try clouds([100, 100, 100], inputCount: 8, spread: 1, seed: 9, takesEach: 10)
        let asked = try clouds([300, 300, 300], inputCount: 8, spread: 1, seed: 9, draw: 1)
        var earlier: Weights?
        let growing = Dataset(inputCount: 8, outputCount: 3, task: .categories)
        for take in 0..<10 {
            for row in 0..<all.count where all.take(row) % 100 == take {
                try growing.add(Array(all.inputs(row)), Array(all.outputs(row)), take: all.take(row))
            }
            earlier = train(growing, network, warm: earlier)
        }
        let grown = try evaluate(try #require(earlier), on: asked).accuracy
        let atOnce = try evaluate(try #require(train(all, network)), on: asked).accuracy
        #expect(grown > atOnce - 0.02, "\(grown) against \(atOnce)")
    }

    private func disagreement(_ a: Predictor, _ b: Predictor, _ dataset: Dataset) -> Float {
        (0..<dataset.count).map { row in
            a.run(Array(dataset.inputs(row))).distance(to: b.run(Array(dataset.inputs(row))))
        }.max()!
    }
}
