import StarlingLearning
import StarlingMath
import Testing

@Suite struct CheckTests {
    @Test func foldsGiveWhatCrossValidationGives() throws {
        let dataset = try referenceSet("iris")
        let check = try Check(dataset, model: nearest, by: .folds(5), seed: 3)
        let report = check.finish()
        let other = try crossValidate(dataset, folds: dataset.stratifiedFolds(5, seed: 3), model: nearest, seed: 3)
        #expect(report.evaluation.confusion == other.confusion && report.evaluation.accuracy > 0.9)
        #expect(check.progress == 1)
    }

    @Test(arguments: [1000, 50_000]) func theReportIsTheSameHoweverTheWorkIsSliced(work: Int) throws {
        let dataset = try clouds([40, 40, 40], inputCount: 3, spread: 1, seed: 5, takesEach: 8)
        let whole = try Check(dataset, model: nearest, by: .takes).finish()
        let check = try Check(dataset, model: nearest, by: .takes)
        var progress: [Float] = [0]
        while check.step(work: work) { progress.append(check.progress) }
        #expect(check.report.confused == whole.confused && check.report.curve == whole.curve)
        #expect(check.report.evaluation.confusion == whole.evaluation.confusion)
        #expect(progress == progress.sorted() && progress.count > 10)
    }

    @Test func namesTheTakesThatWereConfused() throws {
        let dataset = try clouds([60, 60], inputCount: 3, spread: 0.1, seed: 5, takesEach: 6)
        // Take 103 sounds like category 0, but was taught as 1; half of take 2 lies there too.
        let other = try clouds([60, 60], inputCount: 3, spread: 0.1, seed: 5, takesEach: 6, draw: 1)
        dataset.remove(take: 103)
        for row in 0..<10 { try dataset.add(Array(other.inputs(row)), [1], take: 103) }
        for row in 60..<70 { try dataset.add(Array(other.inputs(row)), [0], take: 2) }
        let report = try Check(dataset, model: nearest, by: .takes, withCurve: false).finish()
        let confused = report.confused.map { [$0.take, $0.wanted, $0.answered] }
        #expect(Array(confused.prefix(2)) == [[103, 1, 0], [2, 0, 1]])
        #expect(report.confused[0].share == 1 && report.confused[1].share == 0.5)
        #expect(report.confused.dropFirst(2).allSatisfy { $0.share < 0.5 })
        #expect(report.takes.count == 12 && report.takes.map(\.take) == report.takes.map(\.take).sorted())
        #expect(report.takes.contains { $0.take == 2 && $0.exampleCount == 20 && $0.error == 0.5 })
        #expect(report.curve.isEmpty && report.trainingError == nil)
    }

    @Test func measuresValuesTakeByTake() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        var random = SeededRandom(seed: 3)
        for take in 0..<10 {
            for _ in 0..<20 {
                let x = random.bipolar()
                try dataset.add([x], [take == 7 ? -x : x], take: take)
            }
        }
        let report = try Check(dataset, model: nearest, by: .takes).finish()
        let worst = try #require(report.takes.max { $0.error < $1.error })
        #expect(worst.take == 7 && worst.error > 1 && report.confused.isEmpty)
        #expect(try #require(report.evaluation.explainedVariance(0)) > 0.2)
    }

    /// However many takes there are, at most 20 are left out one by one; beyond, several together, but always whole.
    @Test func manyTakesAreLeftOutTogether() throws {
        let dataset = try clouds([300, 300], inputCount: 2, spread: 0.5, seed: 6, takesEach: 50)
        let report = try Check(dataset, model: nearest, by: .takes, withCurve: false).finish()
        #expect(report.evaluation.exampleCount == 600 && report.takes.count == 100)
    }

    @Test func theCurveShowsWhetherMoreWouldHelp() throws {
        // Many clouds of each category: every further take brings a new one.
        let hungry = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 41)
        for take in 0..<60 {
            let x = [random.bipolar() * 3, random.bipolar() * 3]
            let category: Float = (Int(x[0].rounded(.down)) + Int(x[1].rounded(.down))) % 2 == 0 ? 0 : 1
            for _ in 0..<5 { try hungry.add(x.map { $0 + 0.01 * random.normal() }, [category], take: take) }
        }
        let rising = try Check(hungry, model: nearest, by: .folds(2)).finish().curve
        #expect(rising.count == 5 && rising.map(\.examples) == rising.map(\.examples).sorted())
        #expect(rising[4].error < rising[0].error && rising.allSatisfy { $0.trainingError < 0.05 })
        let fed = try clouds([200, 200], inputCount: 2, spread: 0.05, seed: 6, takesEach: 20)
        let flat = try Check(fed, model: nearest, by: .folds(2)).finish().curve
        #expect(flat.allSatisfy { $0.error < 0.02 })
    }

    @Test func oneTakeAloneIsAnErrorWithASentence() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .categories)
        for i in 0..<10 { try dataset.add([Float(i)], [Float(i % 2)], take: 4) }
        let error = #expect(throws: StarlingError.self) { try Check(dataset, model: nearest, by: .takes) }
        #expect(error?.sentence.hasPrefix("All examples are in one fold.") == true)
        let gestures = try gestureDataset([Take(gesture: 0, rows: [[0]]), Take(gesture: 0, rows: [[0]])], gestureCount: 1)
        #expect(throws: StarlingError.self) { try Check(gestures, model: nearest, by: .takes) }
        let empty = Dataset(inputCount: 1, outputCount: 2, task: .categories)
        #expect(throws: StarlingError.self) { try Check(empty, model: nearest, by: .folds(5)) }
    }

    /// Gestures are asked take by take, each answered once.
    @Test func gesturesAreAskedAsWholeTakes() throws {
        let kinds = ModelCatalogue.all.filter { $0.tasks.contains(.gestures) }
        let drawings = (0..<3).map { Drawing(dimensions: 2, seed: UInt64($0 + 1)) }
        var random = SeededRandom(seed: 7)
        var takes: [Take] = []
        for i in 0..<18 {
            let rows = drawings[i % 3].performance(40 + random.index(below: 20), random: &random)
            // One take was taught under a wrong name.
            takes.append(Take(gesture: i == 16 ? 2 : i % 3, rows: rows))
        }
        let dataset = try gestureDataset(takes, gestureCount: 3)
        for kind in kinds {
            let report = try Check(dataset, model: kind, by: .takes).finish()
            #expect(report.evaluation.exampleCount == 18 && report.evaluation.confusion.reduce(0, +) == 18)
            #expect(report.takes.count == 18 && report.takes.allSatisfy { $0.exampleCount == 1 })
            let confused = report.confused.map { [$0.take, $0.wanted, $0.answered] }
            #expect(confused.contains([16, 2, 1]) && confused.count <= 3, "\(Text(kind.name)) \(confused)")
            #expect(report.evaluation.accuracy > 0.8 && report.curve.count >= 3, "\(Text(kind.name))")
            #expect(HintSearch(dataset, report: report).finish().contains { $0.kind == .contradiction && $0.takes == [16] })
        }
        let few = try gestureDataset(Array(takes.prefix(4)), gestureCount: 3)
        let hints = HintSearch(few).finish()
        #expect(hints.map(\.kind) == [.fewExamples, .fewExamples, .fewExamples])
        #expect(hints[2].sentence() == "Category 1 has only 2 examples. Teach it a few more times, each a little different.")
    }
}
