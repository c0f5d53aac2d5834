import StarlingLearning
import StarlingMath
import Testing

/// What every kind of model must do, for both tasks.
@Suite struct ConformanceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let model: ModelInfo
        let task: Task
        var testDescription: String { "\(Text(model.name)) \(task)" }
    }
    static let all = ModelCatalogue.all.flatMap { model in model.tasks.filter { $0 != .gestures }.map { Case(model: model, task: $0) } }

    /// Examples on a line; the answer is on which side, or where.
    private func line(_ task: Task, count: Int, inputCount: Int = 2, takes: Int = 1) throws -> Dataset {
        let dataset = Dataset(inputCount: inputCount, outputCount: task == .categories ? 2 : 1, task: task)
        for i in 0..<count {
            let x = Float(i) / Float(max(count - 1, 1)) * 2 - 1
            let answer: Float = task == .continuous ? x : x > 0 ? 1 : 0
            try dataset.add((0..<inputCount).map { x * Float($0 + 1) }, [answer], take: i * takes / count)
        }
        return dataset
    }

    @Test(arguments: all) func learnsALine(kind: Case) throws {
        let model = predictor(try #require(train(try line(kind.task, count: 60, takes: 10), kind.model)))
        let low = model.run([-0.5, -1])
        let high = model.run([0.5, 1])
        if kind.task == .categories {
            #expect(low[0] > 0.9 && high[1] > 0.9)
        } else {
            #expect(abs(low[0] + 0.5) < 0.05 && abs(high[0] - 0.5) < 0.05)
        }
    }

    @Test(arguments: all) func noExamplesGiveNoWeights(kind: Case) throws {
        #expect(train(try line(kind.task, count: 0), kind.model) == nil)
    }

    @Test(arguments: all) func oneExampleIsTheAnswer(kind: Case) throws {
        let dataset = Dataset(inputCount: 2, outputCount: kind.task == .categories ? 2 : 1, task: kind.task)
        try dataset.add([3, 4], [1])
        let model = predictor(try #require(train(dataset, kind.model)))
        for inputs: [Float] in [[3, 4], [-1e9, 1e9], [.nan, 0]] {
            #expect(model.run(inputs) == (kind.task == .categories ? [0, 1] : [1]))
        }
    }

    @Test(arguments: all.filter { $0.task == .categories })
    func theOnlyCategoryIsCertain(kind: Case) throws {
        let dataset = Dataset(inputCount: 3, outputCount: 4, task: .categories)
        var random = SeededRandom(seed: 3)
        for i in 0..<50 { try dataset.add((0..<3).map { _ in random.normal() }, [2], take: i / 10) }
        let model = predictor(try #require(train(dataset, kind.model)))
        #expect(model.run([0.3, 9, -9]) == [0, 0, 1, 0])
    }

    @Test(arguments: all) func constantFeaturesCountForNothing(kind: Case) throws {
        let plain = try line(kind.task, count: 60)
        let widened = Dataset(inputCount: 3, outputCount: plain.outputCount, task: kind.task)
        for row in 0..<60 { try widened.add(Array(plain.inputs(row)) + [1e6 + 0.1], Array(plain.outputs(row))) }
        let model = predictor(try #require(train(widened, kind.model)))
        #expect(model.run([0.5, 1, 1e6]).distance(to: model.run([0.5, 1, -4e8])) == 0)
    }

    @Test(arguments: all) func duplicatesDoNoHarm(kind: Case) throws {
        let dataset = Dataset(inputCount: 2, outputCount: kind.task == .categories ? 2 : 1, task: kind.task)
        for i in 0..<40 { try dataset.add([1, 2], [Float(i % 2)], take: i / 8) }
        let outputs = predictor(try #require(train(dataset, kind.model))).run([1, 2])
        #expect(outputs.allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    @Test(arguments: all, [1, 1000]) func worksWithFewAndManyInputs(kind: Case, inputCount: Int) throws {
        let model = predictor(try #require(train(try line(kind.task, count: 40, inputCount: inputCount), kind.model)))
        let outputs = model.run((0..<inputCount).map { 0.6 * Float($0 + 1) })
        #expect(kind.task == .categories ? outputs[1] > 0.8 : abs(outputs[0] - 0.6) < 0.1)
    }

    @Test(arguments: all) func wildInputsGiveDefinedOutputs(kind: Case) throws {
        let model = predictor(try #require(train(try line(kind.task, count: 60), kind.model)))
        let atMean = model.run([0, 0])
        for inputs: [Float] in [[.nan, .nan], [.infinity, -.infinity], [.nan, .infinity], [-.signalingNaN, .nan]] {
            #expect(model.run(inputs).distance(to: atMean) < 1e-5, "as the mean: \(inputs)")
            let position = model.mapPosition(inputs: inputs)
            #expect(abs(position.x) < 1e-5 && abs(position.y) < 1e-5)
        }
        for inputs: [Float] in [[3e38, -3e38], [1e15, 1e-30], [-3.4e38, -3.4e38]] {
            #expect(model.run(inputs).allSatisfy { $0.isFinite })
            let position = model.mapPosition(inputs: inputs)
            #expect(abs(position.x) <= 1 && abs(position.y) <= 1)
        }
    }

    @Test(arguments: all) func largestNumbersStayFinite(kind: Case) throws {
        let dataset = Dataset(inputCount: 2, outputCount: kind.task == .categories ? 2 : 1, task: kind.task)
        for i in 0..<30 {
            let side: Float = i % 2 == 0 ? 1 : -1
            try dataset.add([side * 1e15, side * 1e-15], [kind.task == .categories ? Float(i % 2) : side * 1e15])
        }
        let outputs = predictor(try #require(train(dataset, kind.model))).run([1e15, 1e-15])
        #expect(kind.task == .categories ? outputs[0] > 0.8 : abs(outputs[0] - 1e15) < 2e14, "\(outputs)")
    }

    @Test(arguments: all) func weightsAreTheSameHoweverTheWorkIsSliced(kind: Case) throws {
        let dataset = try line(kind.task, count: 90, inputCount: 5, takes: 9)
        let whole = try #require(train(dataset, kind.model, calibrates: true))
        for work in [1, 777, 50_000] {
            let trainer = Trainer(model: kind.model)
            trainer.start(dataset, outputKeys: dataset.keys)
            while trainer.step(work: work) {}
            #expect(trainer.weights == whole, "slices of \(work)")
            #expect(trainer.progress == 1)
        }
    }

    @Test(arguments: all) func certaintiesSumToOneAndKeysAreKept(kind: Case) throws {
        let dataset = try line(kind.task, count: 60)
        let model = predictor(try #require(train(dataset, kind.model)))
        #expect((0..<model.outputCount).map(model.outputKey) == dataset.keys)
        #expect(model.task == kind.task && model.inputCount == 2)
        var random = SeededRandom(seed: 11)
        for _ in 0..<200 where kind.task == .categories {
            let outputs = model.run([random.normal() * 3, random.normal() * 3])
            #expect(abs(outputs.reduce(0, +) - 1) < 1e-5 && outputs.allSatisfy { $0 >= 0 }, "seed 11")
        }
    }

    @Test(arguments: all) func errorsAreMeasuredOnExamplesHeldOut(kind: Case) throws {
        let trainer = Trainer(model: kind.model)
        let dataset = try line(kind.task, count: 100, takes: 20)
        trainer.start(dataset, outputKeys: dataset.keys)
        _ = trainer.finish()
        #expect(try #require(trainer.trainingError) < 0.1)
        #expect(try #require(trainer.heldOutError) < 0.25)
        trainer.start(try line(kind.task, count: 10), outputKeys: dataset.keys)
        _ = trainer.finish()
        #expect(trainer.heldOutError == nil, "too few to hold any out")
    }

    @Test(arguments: all.filter { $0.task == .categories })
    func aCategoryWithFewExamplesIsHeardBesideOneWithMany(kind: Case) throws {
        // Two clouds that overlap: the fair border lies half way, wherever most examples are.
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 5)
        for i in 0..<500 { try dataset.add([random.normal() - 1], [0], take: i / 100) }
        for i in 0..<20 { try dataset.add([random.normal() + 1], [1], take: 10 + i / 4) }
        let balanced = predictor(try #require(train(dataset, kind.model, settings(kind.model, balance: 1))))
        let counted = predictor(try #require(train(dataset, kind.model, settings(kind.model, balance: 0))))
        let places = stride(from: Float(0.4), to: 2, by: 0.05)
        let heard = places.filter { balanced.run([$0])[1] > 0.5 }.count
        let heardWhenCounted = places.filter { counted.run([$0])[1] > 0.5 }.count
        #expect(heard >= 28, "\(heard) of 32 places beyond the border")
        #expect(heardWhenCounted < heard)
        #expect(stride(from: Float(-2), to: -0.6, by: 0.05).filter { balanced.run([$0])[0] > 0.5 }.count >= 26)
    }

    /// Many neighbours and large leaves, since clouds that overlap have no use for the very nearest.
    private func settings(_ model: ModelInfo, balance: Float) -> [Float] {
        model.settings.map { setting in
            switch Text(setting.name) {
            case "balance": balance
            case "neighbours": 64
            case "leaf": 32
            default: setting.defaultValue
            }
        }
    }
}
