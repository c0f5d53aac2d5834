import StarlingLearning
import StarlingMath
import Testing

@Suite struct CalibrationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let set: String
        let model: ModelInfo
        var testDescription: String { "\(Text(model.name)) on \(set)" }
    }
    static let kinds = ModelCatalogue.all.filter { $0.tasks.contains(.categories) }
    static let cases = ["iris", "wine", "breast-cancer", "spoken", "digits"].flatMap { set in
        kinds.map { Case(set: set, model: $0) }
    }

    /// Of ten answers given with .8, eight are right: on examples that no training has seen.
    @Test(arguments: cases) func certaintiesCanBeBelieved(_ item: Case) throws {
        let dataset = try referenceSet(item.set)
        let evaluation = try outerReliability(dataset, item.model, seed: 1)
        let error = evaluation.reliability.calibrationError
        // Beyond .05 is allowed what chance alone would do to certainties that were exactly right.
        let chance = evaluation.reliability.chanceError
        let isKnown = item.set == "spoken" && Text(item.model.name) == "adaboost"
        withKnownIssue("Votes of boosted trees among ten categories of 16 examples are too even: .079", isIntermittent: true) {
            #expect(error <= max(0.05, chance), "calibration error \(error), by chance \(chance)")
        } when: {
            isKnown
        }
    }

    /// Answers that are right exactly as often as their certainty says stay below it in 19 of 20 sets.
    @Test func chanceAloneMakesAnErrorOfItsOwn() {
        var random = SeededRandom(seed: 41)
        var below = 0
        var largest: Float = 0
        for _ in 0..<1000 {
            var evaluation = Evaluation(task: .categories, outputCount: 2)
            for _ in 0..<200 {
                let certainty = 0.5 + 0.5 * random.uniform()
                let isRight = random.uniform() < certainty
                evaluation.add(wanted: [isRight ? 0 : 1], outputs: [certainty, 1 - certainty])
            }
            if evaluation.reliability.calibrationError <= evaluation.reliability.chanceError { below += 1 }
            largest = max(largest, evaluation.reliability.chanceError)
        }
        #expect((920...975).contains(below) && largest < 0.09, "\(below) of 1000 stay below; seed 41")
    }

    /// Calibration says how far to believe an answer, and never gives another one.
    @Test(arguments: kinds) func theAnswerStaysTheSame(_ model: ModelInfo) throws {
        let dataset = try referenceSet("spoken")
        let raw = predictor(train(dataset, model)!)
        let calibrated = predictor(train(dataset, model, calibrates: true)!)
        var random = SeededRandom(seed: 6)
        var changed = 0
        for _ in 0..<300 {
            let x = (0..<13).map { Array(dataset.inputs(random.index(below: 200)))[$0] }
            let (a, b) = (raw.run(x), calibrated.run(x))
            #expect(a.indexOfLargest == b.indexOfLargest && abs(b.reduce(0, +) - 1) < 1e-5, "seed 6")
            if a.distance(to: b) > 0.01 { changed += 1 }
        }
        #expect(changed > 100, "there is something to calibrate")
    }

    /// Frames of one take resemble each other; the next take does not resemble them as much.
    @Test func certaintyIsHonestForTheNextTake() throws {
        func takes(_ range: Range<Int>, seed: UInt64) throws -> Dataset {
            let dataset = Dataset(inputCount: 3, outputCount: 2, task: .categories)
            var random = SeededRandom(seed: seed)
            for take in range {
                let offset = (0..<3).map { _ in random.normal() + Float(take % 2) * 0.7 }
                for _ in 0..<20 {
                    try dataset.add(offset.map { $0 + 0.05 * random.normal() }, [Float(take % 2)], take: take)
                }
            }
            return dataset
        }
        let weights = try #require(train(takes(0..<40, seed: 31), nearest, calibrates: true))
        let raw = try #require(train(takes(0..<40, seed: 31), nearest))
        let asked = try takes(100..<300, seed: 32)
        let error = try evaluate(weights, on: asked).reliability.calibrationError
        let errorOfRaw = try evaluate(raw, on: asked).reliability.calibrationError
        #expect(error < 0.1 && errorOfRaw > 0.2, "\(error), without \(errorOfRaw)")
    }

    @Test func fewExamplesLeaveRoomForDoubt() throws {
        let dataset = try clouds([3, 3], inputCount: 2, spread: 0.01, seed: 4)
        let sure = predictor(try #require(train(dataset, nearest))).run(Array(dataset.inputs(0)))
        let doubting = predictor(try #require(train(dataset, nearest, calibrates: true))).run(Array(dataset.inputs(0)))
        #expect(sure[0] == 1 && doubting[0] > 0.7 && doubting[0] < 0.97, "\(doubting)")
    }

    /// While a training is under way, what the last one found is the best guess.
    @Test func earlyWeightsKeepTheEarlierCalibration() throws {
        let dataset = try referenceSet("spoken")
        let earlier = try #require(train(dataset, nearest, calibrates: true))
        let trainer = Trainer(model: nearest)
        trainer.start(dataset, outputKeys: dataset.keys, warm: earlier)
        while trainer.weights == nil, trainer.step(work: 1000) {}
        let x = Array(dataset.inputs(7))
        let early = predictor(try #require(trainer.weights)).run(x)
        #expect(early.distance(to: predictor(earlier).run(x)) < 1e-5)
        trainer.start(dataset, outputKeys: dataset.keys)
        while trainer.weights == nil, trainer.step(work: 1000) {}
        let presumed = predictor(try #require(trainer.weights)).run(x)
        #expect(presumed.max()! < 1 && presumed.indexOfLargest == early.indexOfLargest)
    }

    /// Words written before there was calibration have neither it nor novelty, and answer as they did.
    @Test func wordsOfVersionOneStillLoad() throws {
        let dataset = try clouds([20, 20], inputCount: 3, spread: 0.3, seed: 9)
        let now = try #require(train(dataset, nearest))
        // Magic and six more, two keys, means, scales and map of three inputs; calibration of two categories.
        let mapEnd = 7 + 2 + 4 * 3
        let prototypes = Int(now.words[mapEnd + 3].bitPattern)
        let bodyStart = mapEnd + 3 + 3 + 3 + prototypes * 5
        var old = Array(now.words[..<mapEnd] + now.words[bodyStart...])
        old[1] = Float(bitPattern: 1)
        old[6] = Float(bitPattern: UInt32(old.count))
        let loaded = predictor(try #require(Weights(checking: old)))
        #expect(loaded.run([0.1, 0.2, 0.3]) == predictor(now).run([0.1, 0.2, 0.3]))
        #expect(loaded.novelty([99, 99, 99]) == 0 && predictor(now).novelty([99, 99, 99]) > 0.9)
    }
}
