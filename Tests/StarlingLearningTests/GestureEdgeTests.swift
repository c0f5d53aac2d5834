import StarlingLearning
import StarlingMath
import Testing

/// Shapes and inputs at the edge of sense: nothing may crash, and outputs stay within bounds.
@Suite struct GestureEdgeTests {
    typealias Kind = GestureTests.Kind
    static let kinds = GestureTests.kinds

    /// Plays rows and checks every value.
    private func play(_ model: Predictor, _ rows: [[Float]], _ comment: String) -> [Int] {
        var values = [Float](repeating: .nan, count: model.outputWidth)
        var spotted: [Int] = []
        for row in rows {
            model.run(inputs: row, outputs: &values)
            for gesture in 0..<model.outputCount {
                let place = gesture * Task.gestureValues
                let isSound = 0...1 ~= values[place] && 0...1 ~= values[place + 1] && values[place + 2] >= 0
                    && values[place + 2].isFinite
                #expect(isSound, "\(comment): \(values)")
            }
            if model.spotted >= 0 { spotted.append(model.spotted) }
        }
        return spotted
    }

    private func noise(_ count: Int, _ width: Int, seed: UInt64) -> [[Float]] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in (0..<width).map { _ in random.normal() } }
    }

    @Test(arguments: kinds, [1, 2, 64]) func oneTakeOfAnyLengthWillDo(kind: Kind, width: Int) throws {
        for count in [1, 2, 3, 17, 3000] {
            let take = Take(gesture: 0, rows: noise(count, width, seed: UInt64(count)))
            let dataset = try gestureDataset([take], gestureCount: 1)
            let weights = try #require(train(dataset, kind.model))
            #expect(weights.words.count < 524_288, "\(count) rows of \(width)")
            _ = play(predictor(weights), noise(100, width, seed: 9) + take.rows.prefix(200), "\(count) rows of \(width)")
        }
    }

    @Test(arguments: kinds) func lengthsMayDifferWidely(kind: Kind) throws {
        let takes = [2, 50, 3000].enumerated().map { Take(gesture: $0, rows: noise($1, 2, seed: UInt64($1))) }
        let model = predictor(try #require(train(try gestureDataset(takes, gestureCount: 4), kind.model)))
        _ = play(model, takes.flatMap(\.rows), "lengths")
    }

    @Test(arguments: kinds) func manyLongTakesFitTheEngine(kind: Kind) throws {
        let drawing = Drawing(dimensions: 8, seed: 3)
        var random = SeededRandom(seed: 4)
        let takes = (0..<60).map { Take(gesture: $0 % 20, rows: drawing.performance(400, random: &random)) }
        let weights = try #require(train(try gestureDataset(takes, gestureCount: 20), kind.model))
        #expect(weights.words.count < 524_288)
        _ = play(predictor(weights), takes[0].rows, "20 gestures")
    }

    /// More than fits as it is: long takes of many gestures with many inputs are shortened until they do.
    @Test(arguments: kinds, [(30, 24, 64), (256, 3, 8)]) func theLargestLessonsFit(kind: Kind, size: (Int, Int, Int)) throws {
        let (gestures, length, width) = size
        let takes = (0..<2 * gestures).map { Take(gesture: $0 % gestures, rows: noise(length * 10, width, seed: UInt64($0))) }
        let weights = try #require(train(try gestureDataset(takes, gestureCount: gestures), kind.model))
        #expect(weights.words.count < 524_288)
        _ = play(predictor(weights), Array(takes[0].rows.prefix(30)), "\(gestures) gestures")
    }

    @Test(arguments: kinds) func inputsThatDoNotVaryCountForNothing(kind: Kind) throws {
        let drawing = Drawing(dimensions: 2, seed: 3)
        var random = SeededRandom(seed: 4)
        let rows = (0..<3).map { _ in drawing.performance(60, random: &random) }
        func model(_ widen: ([Float]) -> [Float]) throws -> Predictor {
            predictor(try #require(train(try gestureDataset(rows.map { Take(gesture: 0, rows: $0.map(widen)) }, gestureCount: 1), kind.model)))
        }
        let still = try model { [5, $0[0], $0[1]] }
        let wild = try model { [5, $0[0], $0[1]] }
        for row in rows[0] {
            let a = still.run([5, row[0], row[1]], gesture: 0)
            let b = wild.run([-900, row[0], row[1]], gesture: 0)
            #expect(a == b)
        }
        // Nothing varies at all.
        let dead = try #require(train(try gestureDataset([Take(gesture: 0, rows: [[Float]](repeating: [1, 2], count: 30))], gestureCount: 1), kind.model))
        _ = play(predictor(dead), noise(100, 2, seed: 1), "constant take")
    }

    @Test(arguments: kinds) func whatIsNoNumberCountsAsTheMean(kind: Kind) throws {
        let take = Take(gesture: 0, rows: noise(40, 2, seed: 1))
        let model = predictor(try #require(train(try gestureDataset([take], gestureCount: 1), kind.model)))
        let bad: [[Float]] = [[.nan, 1], [.infinity, -.infinity], [3e38, -3e38], [.nan, .nan]]
        _ = play(model, (0..<400).map { bad[$0 % 4] }, "no numbers")
        _ = play(model, take.rows, "after no numbers")
    }

    @Test(arguments: kinds) func afterAResetAllIsForgotten(kind: Kind) throws {
        let set = GestureSet.drawings(gestureCount: 3, dimensions: 2, each: 3)
        let dataset = try gestureDataset(set.takes, gestureCount: 3)
        let model = predictor(try #require(train(dataset, kind.model)))
        let fresh = set.takes[0].rows.prefix(30).map { model.run($0, gesture: 0) }
        for row in set.takes[4].rows.prefix(60) { _ = model.run(row, gesture: 0) }
        model.reset()
        let again = set.takes[0].rows.prefix(30).map { model.run($0, gesture: 0) }
        #expect(zip(fresh, again).allSatisfy { $0 == $1 })
    }

    @Test(arguments: kinds) func aLongPauseRaisesNoAlarm(kind: Kind) throws {
        let set = GestureSet.drawings(gestureCount: 3, dimensions: 2, each: 3)
        let model = predictor(try #require(train(try gestureDataset(set.takes, gestureCount: 3), kind.model)))
        let rest = [[Float]](repeating: [0, 0], count: 30_000)
        #expect(play(model, rest, "rest") == [])
        let spotted = play(model, set.takes[0].rows + rest.prefix(60), "gesture")
        #expect(spotted == [set.takes[0].gesture])
    }

    /// The same gesture is recognised when rows come more often or more rarely than taught.
    @Test(arguments: kinds, [0.25, 0.5, 1, 1.7, 3]) func theTimeBaseIsThatOfTheTakes(kind: Kind, ratio: Float) throws {
        let set = GestureSet.drawings(gestureCount: 3, dimensions: 2, each: 4)
        let taught = Array(set.takes.prefix(9))
        let model = predictor(try #require(train(try gestureDataset(taught, gestureCount: 3), kind.model)))
        model.prepare(secondsPerRun: 0.01 * ratio)
        var found = 0
        for take in set.takes.suffix(3) {
            let count = Int(Float(take.rows.count - 1) / ratio)
            let rows = (0...count).map { i -> [Float] in
                let place = Float(i) * ratio
                let lower = min(Int(place), take.rows.count - 2)
                let share = place - Float(lower)
                return zip(take.rows[lower], take.rows[lower + 1]).map { $0 + share * ($1 - $0) }
            }
            let rest = [[Float]](repeating: [0, 0], count: Int(60 / ratio))
            let spotted = play(model, rest + rows + rest, "ratio \(ratio)")
            #expect(spotted == [take.gesture] || spotted == [], "ratio \(ratio)")
            found += spotted.count
        }
        #expect(found >= 2, "ratio \(ratio)")
    }

    @Test(arguments: kinds) func weightsAreTheSameHoweverTheWorkIsSliced(kind: Kind) throws {
        let set = GestureSet.drawings(gestureCount: 3, dimensions: 2, each: 3)
        let dataset = try gestureDataset(set.takes, gestureCount: 3)
        let whole = try #require(train(dataset, kind.model))
        for work in [1, 50_000] {
            let trainer = Trainer(model: kind.model)
            trainer.start(dataset, outputKeys: dataset.keys)
            while trainer.step(work: work) {}
            #expect(trainer.weights == whole && trainer.progress == 1)
        }
    }

    @Test(arguments: kinds) func damagedWeightsAreRefusedAndMutatedOnesDoNoHarm(kind: Kind) throws {
        let set = GestureSet.drawings(gestureCount: 2, dimensions: 2, each: 1)
        let short = set.takes.map { Take(gesture: $0.gesture, rows: Array($0.rows.prefix(12))) }
        let words = try #require(train(try gestureDataset(short, gestureCount: 2), kind.model)).words
        for count in 0..<words.count { #expect(Weights(checking: Array(words[..<count])) == nil, "\(count) words") }
        #expect(Weights(checking: words + [0]) == nil)
        let model = Predictor(wordCapacity: words.count + 8, maximumInputs: 4, maximumOutputs: 4)
        var values = [Float](repeating: 0, count: 12)
        var loaded = 0
        for seed in 0..<4000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var mutated = words
            for _ in 0...random.index(below: 3) { mutate(&mutated, &random) }
            if !model.load(mutated, count: mutated.count) { continue }
            loaded += 1
            for i in 0..<6 {
                model.run(inputs: i == 3 ? [3e38, .nan, 0, 0] : [0.3, Float(i), 1, 0], outputs: &values)
                #expect(values[..<model.outputWidth].allSatisfy { $0.isFinite && $0 >= 0 }, "seed \(seed): \(values)")
                #expect(model.spotted < model.outputCount)
            }
        }
        #expect(loaded > 100, "the test must reach weights that pass")
    }

    private func mutate(_ words: inout [Float], _ random: inout SeededRandom) {
        let place = random.index(below: random.index(below: 2) == 0 ? 40 : words.count)
        switch random.index(below: 4) {
        case 0: words[place] = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
        case 1: words[place] = Float(bitPattern: words[place].bitPattern ^ (1 << UInt32(random.index(below: 32))))
        case 2: words[place] = Float(bitPattern: UInt32(random.index(below: 70)))
        default: words[place] = Float(random.index(below: 70))
        }
    }
}
