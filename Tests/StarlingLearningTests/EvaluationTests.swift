import StarlingLearning
import StarlingMath
import Testing

@Suite struct EvaluationTests {
    @Test func countsConfusionAndAccuracy() {
        var evaluation = Evaluation(task: .categories, outputCount: 2)
        #expect(evaluation.accuracy == 0)
        for (wanted, answer) in [(0, 0), (0, 1), (1, 1), (1, 1)] as [(Float, Int)] {
            evaluation.add(wanted: [wanted], outputs: answer == 0 ? [0.6, 0.4] : [0.4, 0.6])
        }
        #expect(evaluation.confusion == [1, 1, 0, 2])
        #expect(evaluation.accuracy == 0.75 && evaluation.exampleCount == 4)
    }

    @Test func measuresErrorAndExplainedVariance() throws {
        var evaluation = Evaluation(task: .continuous, outputCount: 2)
        for (wanted, got) in [(1, 1), (2, 3), (3, 3), (6, 5)] as [(Float, Float)] {
            evaluation.add(wanted: [wanted, 7], outputs: [got, 7])
        }
        #expect(abs(evaluation.rootMeanSquareError(0) - Float(0.5).squareRoot()) < 1e-6)
        #expect(abs(try #require(evaluation.explainedVariance(0)) - (1 - 2 / 14)) < 1e-6)
        #expect(evaluation.rootMeanSquareError(1) == 0 && evaluation.explainedVariance(1) == nil)
    }

    @Test func missingTargetsAreNotCounted() throws {
        var whole = Evaluation(task: .continuous, outputCount: 1)
        var holed = Evaluation(task: .continuous, outputCount: 2)
        for (wanted, got) in [(1, 1), (.nan, 8), (2, 3), (6, 5), (.nan, 0)] as [(Float, Float)] {
            if !wanted.isNaN { whole.add(wanted: [wanted], outputs: [got]) }
            holed.add(wanted: [wanted, .nan], outputs: [got, 4])
        }
        #expect(holed.rootMeanSquareError(0) == whole.rootMeanSquareError(0))
        #expect(holed.explainedVariance(0) == whole.explainedVariance(0) && whole.explainedVariance(0) != nil)
        #expect(holed.rootMeanSquareError(1) == 0 && holed.explainedVariance(1) == nil)
    }

    @Test func foldsShareEveryCategory() throws {
        let dataset = try clouds([50, 23, 11], inputCount: 2, spread: 1, seed: 1)
        let folds = dataset.stratifiedFolds(5, seed: 3)
        for category in 0..<3 {
            let sizes = (0..<5).map { fold in
                folds.indices.filter { folds[$0] == fold && dataset.outputs($0).first == Float(category) }.count
            }
            #expect(sizes.max()! - sizes.min()! <= 1, "\(sizes)")
        }
        #expect(folds != dataset.stratifiedFolds(5, seed: 4) && folds == dataset.stratifiedFolds(5, seed: 3))
    }

    @Test func leavesOneTakeOutAtATime() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for take in [7, -2, 7, 30, -2] { try dataset.add([0], [0], take: take) }
        #expect(dataset.takeFolds() == [1, 0, 1, 2, 0])
    }

    /// Each take has an offset of its own: only leaving whole takes out shows how little was learned.
    @Test func leavingTakesOutIsHonestWhereFoldsAreNot() throws {
        let dataset = Dataset(inputCount: 3, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 23)
        for take in 0..<10 {
            let offset = (0..<3).map { _ in random.normal() * 5 }
            for _ in 0..<20 {
                try dataset.add(offset.map { $0 + 0.1 * random.normal() }, [Float(take % 2)], take: take)
            }
        }
        let byRow = try crossValidate(dataset, folds: dataset.stratifiedFolds(5, seed: 1), model: nearest)
        let byTake = try crossValidate(dataset, folds: dataset.takeFolds(), model: nearest)
        #expect(byRow.accuracy > 0.98 && byTake.accuracy < 0.85)
        #expect(byRow.exampleCount == 200 && byTake.exampleCount == 200)
        #expect(byTake.confusion.reduce(0, +) == 200)
    }

    @Test func oneFoldAloneIsAnErrorWithASentence() throws {
        let dataset = try clouds([5, 5], inputCount: 2, spread: 1, seed: 1)
        let error = #expect(throws: StarlingError.self) {
            try crossValidate(dataset, folds: [Int](repeating: 0, count: 10), model: nearest)
        }
        #expect(error?.sentence.hasPrefix("All examples are in one fold.") == true)
    }

    @Test func weightsOfAnotherShapeAreRefused() throws {
        let weights = try #require(train(try clouds([5, 5], inputCount: 2, spread: 1, seed: 1), nearest))
        let others = [
            try clouds([5, 5], inputCount: 3, spread: 1, seed: 1),
            try clouds([5, 5, 5], inputCount: 2, spread: 1, seed: 1),
        ]
        for other in others { #expect(throws: StarlingError.self) { try evaluate(weights, on: other) } }
    }
}
