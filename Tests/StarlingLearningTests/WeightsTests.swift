import StarlingLearning
import StarlingMath
import Testing

/// Weights come from files and other threads: nothing in them may be believed.
@Suite struct WeightsTests {
    static let kinds = ConformanceTests.all

    private func sound(_ kind: ConformanceTests.Case) throws -> Weights {
        let dataset = Dataset(inputCount: 3, outputCount: 3, task: kind.task)
        var random = SeededRandom(seed: 21)
        for i in 0..<50 {
            let x = (0..<3).map { _ in random.normal() }
            try dataset.add(x, kind.task == .categories ? [Float(i % 3)] : x, take: i / 5)
        }
        // Four neighbours, or four units: few words, so that every one of them gets its turn.
        return try #require(train(dataset, kind.model, [4]))
    }

    @Test(arguments: kinds) func soundWeightsPassAndAnswerTheSame(kind: ConformanceTests.Case) throws {
        let weights = try sound(kind)
        let checked = try #require(Weights(checking: weights.words))
        #expect(checked == weights && checked.task == kind.task && checked.model == kind.model.id)
        #expect(checked.outputKeys == [100, 101, 102])
    }

    @Test(arguments: kinds) func everyTruncationAndExtensionIsRefused(kind: ConformanceTests.Case) throws {
        let words = try sound(kind).words
        for count in 0..<words.count { #expect(Weights(checking: Array(words[..<count])) == nil, "\(count) words") }
        #expect(Weights(checking: words + [0]) == nil)
    }

    @Test(arguments: kinds) func noNumberAndTooLargeNumbersAreRefused(kind: ConformanceTests.Case) throws {
        let words = try sound(kind).words
        for place in 10..<words.count {
            for bad: Float in [.nan, -.infinity, 1e20] {
                var spoiled = words
                spoiled[place] = bad
                #expect(Weights(checking: spoiled) == nil, "\(bad) at word \(place)")
            }
        }
    }

    /// Whatever passes the check runs, and answers within bounds.
    @Test(arguments: kinds) func mutatedWeightsNeverDoHarm(kind: ConformanceTests.Case) throws {
        let words = try sound(kind).words
        let predictor = Predictor(wordCapacity: words.count + 8, maximumInputs: 4, maximumOutputs: 4)
        var outputs = [Float](repeating: 0, count: 4)
        var loaded = 0
        for seed in 0..<20_000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var mutated = words
            for _ in 0...random.index(below: 3) { mutate(&mutated, &random) }
            if !predictor.load(mutated, count: mutated.count) {
                #expect(!predictor.isLoaded)
                continue
            }
            loaded += 1
            for inputs: [Float] in [[0, 1, 2, 0], [3e38, -3e38, .nan, 0]] {
                predictor.run(inputs: inputs, outputs: &outputs)
                let isSound = outputs[..<predictor.outputCount].allSatisfy {
                    predictor.task == .categories ? $0 >= 0 && $0 <= 1 : $0.isFinite
                }
                #expect(isSound, "seed \(seed): \(outputs)")
            }
        }
        #expect(loaded > 100, "the test must reach weights that pass")
    }

    private func mutate(_ words: inout [Float], _ random: inout SeededRandom) {
        let place = random.index(below: random.index(below: 2) == 0 ? 12 : words.count)
        let small = UInt32(random.index(below: 70))
        switch random.index(below: 4) {
        case 0: words[place] = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
        case 1: words[place] = Float(bitPattern: words[place].bitPattern ^ (1 << UInt32(random.index(below: 32))))
        case 2: words[place] = Float(bitPattern: small)
        default: words[place] = Float(small)
        }
    }

    @Test func whatDoesNotFitThePredictorIsRefused() throws {
        let weights = try sound(Self.kinds[0])
        let count = weights.words.count
        let short = Predictor(wordCapacity: count - 1, maximumInputs: 3, maximumOutputs: 3)
        let narrow = Predictor(wordCapacity: count, maximumInputs: 2, maximumOutputs: 3)
        let few = Predictor(wordCapacity: count, maximumInputs: 3, maximumOutputs: 2)
        for predictor in [short, narrow, few] {
            #expect(!predictor.load(weights.words, count: count))
            #expect(predictor.outputCount == 0 && predictor.task == nil)
            #expect(predictor.mapPosition(inputs: [1, 2, 3]) == (0, 0))
        }
    }

    @Test func emptyPredictorLeavesOutputsAlone() {
        let predictor = Predictor(wordCapacity: 10, maximumInputs: 1, maximumOutputs: 1)
        var outputs: [Float] = [0.25]
        predictor.run(inputs: [1], outputs: &outputs)
        #expect(outputs == [0.25])
    }
}
