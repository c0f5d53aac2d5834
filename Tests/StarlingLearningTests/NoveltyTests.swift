import StarlingLearning
import StarlingMath
import Testing

@Suite struct NoveltyTests {
    /// One category after the other is kept from the training, with a fifth of the others, and then asked for.
    @Test(arguments: ["wine", "digits", "spoken"]) func tellsWhatWasNeverTaught(set: String) throws {
        let dataset = try referenceSet(set)
        var areas: [Float] = []
        var known: [Float] = []
        for seed in 1...3 as ClosedRange<UInt64> {
            let folds = dataset.stratifiedFolds(5, seed: seed)
            for unknown in 0..<dataset.outputCount {
                let taught = try dataset.subset { folds[$0] != 0 && dataset.category($0) != unknown }
                let trained = predictor(train(taught, nearest)!)
                let novelty = (0..<dataset.count).map { trained.novelty(dataset.inputs($0)) }
                let asked = (0..<dataset.count).filter { folds[$0] == 0 && dataset.category($0) != unknown }
                let strange = (0..<dataset.count).filter { dataset.category($0) == unknown }
                areas.append(areaUnderCurve(asked.map { novelty[$0] }, strange.map { novelty[$0] }))
                known += asked.map { novelty[$0] }
            }
        }
        let mean = areas.reduce(0, +) / Float(areas.count)
        let loud = Float(known.filter { $0 > 0.5 }.count) / Float(known.count)
        #expect(mean >= 0.95, "area under the curve \(mean)")
        #expect(loud > 0.02 && loud < 0.1, "one in twenty of what is known is loud: \(loud)")
    }

    /// Frames of known takes are like what was taught, however many prototypes they were melted into.
    @Test(arguments: [40, 4000]) func quantilesAreAsStated(count: Int) throws {
        let dataset = try clouds([count, count], inputCount: 4, spread: 0.5, seed: 2, takesEach: count)
        let trained = predictor(try #require(train(dataset, nearest)))
        let asked = try clouds([1000, 1000], inputCount: 4, spread: 0.5, seed: 2, draw: 1)
        let sorted = (0..<asked.count).map { trained.novelty(asked.inputs($0)) }.sorted()
        #expect(abs(sorted[1000] - 0.1) < 0.06, "median \(sorted[1000])")
        #expect(sorted[1500] < 0.35 && sorted[1980] > 0.5, "\(sorted[1500]), \(sorted[1980])")
    }

    /// Values of a rule have novelty too: between the taught places little, far outside much.
    @Test func targetsHaveNovelty() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
        var random = SeededRandom(seed: 8)
        for i in 0..<60 { try dataset.add([random.normal(), random.normal()], [random.normal()], take: i) }
        let trained = predictor(try #require(train(dataset, network, [4, 5, 5])))
        #expect(trained.novelty([0.1, 0.1]) < 0.3 && trained.novelty([6, 6]) > 0.7)
        #expect(trained.novelty([.nan, .infinity]) < 0.3, "what is no number counts as the mean")
    }

    @Test func nothingToCompareIsNothingNew() throws {
        let one = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        try one.add([3, 4], [1])
        #expect(predictor(try #require(train(one, nearest))).novelty([99, 99]) == 0)
        for _ in 0..<30 { try one.add([3, 4], [1]) }
        #expect(predictor(try #require(train(one, nearest))).novelty([99, 99]) == 0)
    }

    /// One take held for a while says little about how the next one will sound: its quarters are compared, not its frames.
    @Test func aTakeIsNotComparedWithItsOwnFrames() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for i in 0..<100 { try dataset.add([Float(i)], [0], take: 1) }
        let trained = predictor(try #require(train(dataset, nearest)))
        #expect(trained.novelty([50.5]) < 0.1 && trained.novelty([112]) < 0.5 && trained.novelty([160]) > 0.5)
    }
}
