import StarlingLearning
import StarlingMath
import Testing

/// Each hint with data that provokes it, and with data that does not.
@Suite struct HintTests {
    /// Clouds far apart, many takes of each: nothing to say.
    private func good(categories: Int = 3, takes: Int = 8, inputCount: Int = 4) throws -> Dataset {
        try clouds([Int](repeating: 80, count: categories), inputCount: inputCount, spread: 0.1, seed: 2, takesEach: takes)
    }

    private func hints(_ dataset: Dataset, _ report: CheckReport? = nil) -> [Hint] {
        HintSearch(dataset, report: report).finish()
    }

    private func checked(_ dataset: Dataset) throws -> [Hint] {
        hints(dataset, try Check(dataset, model: nearest, by: .takes).finish())
    }

    @Test func whereAllIsWellNothingIsSaid() throws {
        #expect(hints(try good()).isEmpty)
        #expect(try checked(good()).isEmpty)
        #expect(hints(Dataset(inputCount: 3, outputCount: 2, task: .categories)).isEmpty)
        #expect(hints(Dataset(inputCount: 3, outputCount: 2, task: .continuous)).isEmpty)
    }

    @Test func tooFewExamples() throws {
        let dataset = try good()
        dataset.addCategory()
        var found = hints(dataset)
        #expect(found.map(\.kind) == [.fewExamples] && found[0].categories == [3])
        #expect(found[0].sentence() == "Category 4 has no examples yet. Teach it.")
        for i in 0..<4 { try dataset.add([9, 9, 9, Float(i)], [3], take: 900 + i) }
        found = hints(dataset)
        #expect(found.first?.kind == .fewExamples && found[0].categories == [3])
        #expect(found[0].sentence().hasPrefix("Category 4 has only 4 examples."))
    }

    @Test func shownOnlyOnce() throws {
        let dataset = try clouds([80, 80], inputCount: 4, spread: 0.1, seed: 2, takesEach: 1)
        let found = hints(dataset)
        #expect(found.map(\.kind) == [.fewExamples, .fewExamples] && found[1].takes == [100])
        #expect(found[0].sentence(.init(category: { _ in "Hum" })).hasPrefix("Hum was shown only once."))
        #expect(hints(try good(categories: 2, takes: 2)).isEmpty)
    }

    @Test func twoCategoriesOverlap() throws {
        let dataset = try good()
        let twin = try clouds([80], inputCount: 4, spread: 0.1, seed: 2, takesEach: 8, draw: 5)
        dataset.addCategory()
        for row in 0..<80 { try dataset.add(Array(twin.inputs(row)), [3], take: 300 + row / 10) }
        for found in [hints(dataset), try checked(dataset)] {
            #expect(found.filter { $0.kind == .overlap }.map(\.categories) == [[0, 3]])
            #expect(found[0].kind == .overlap && found[0].sentence().hasPrefix("Category 1 and Category 4 overlap: "))
        }
    }

    @Test func anInputNeverChanges() throws {
        let plain = try good()
        let dataset = Dataset(inputCount: 5, outputCount: 3, task: .categories)
        for row in 0..<plain.count { try dataset.add(Array(plain.inputs(row)) + [0.3], Array(plain.outputs(row)), take: plain.take(row)) }
        let found = hints(dataset)
        #expect(found.map(\.kind) == [.idleInput] && found[0].inputs == [4])
        #expect(found[0].sentence(.init(input: { _ in "Pitch" })).hasPrefix("Pitch never changed"))
    }

    @Test(arguments: [Task.categories, .continuous]) func anInputDoesNotHelp(task: Task) throws {
        let dataset = Dataset(inputCount: 3, outputCount: task == .categories ? 2 : 1, task: task)
        var random = SeededRandom(seed: 14)
        for i in 0..<200 {
            let side: Float = i % 2 == 0 ? -1 : 1
            let output = task == .categories ? Float(i % 2) : side
            try dataset.add([side + 0.4 * random.normal(), random.normal(), side + 0.4 * random.normal()], [output], take: i)
        }
        let found = hints(dataset)
        #expect(found.map(\.kind) == [.idleInput] && found[0].inputs == [1])
        #expect(found[0].sentence().hasPrefix("Input 2 doesn't help"))
    }

    /// Neither input tells anything alone, but both together all.
    @Test func anInputThatHelpsWithAnotherIsLeftAlone() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 15)
        for i in 0..<200 {
            let (a, b): (Float, Float) = (i % 2 == 0 ? -1 : 1, i % 4 < 2 ? -1 : 1)
            try dataset.add([a + 0.2 * random.normal(), b + 0.2 * random.normal()], [a * b > 0 ? 1 : 0], take: i)
        }
        #expect(hints(dataset).isEmpty)
    }

    @Test func aTakeContradictsOthers() throws {
        let dataset = try good()
        let other = try clouds([80], inputCount: 4, spread: 0.1, seed: 2, takesEach: 8, draw: 5)
        for row in 0..<10 { try dataset.add(Array(other.inputs(row)), [2], take: 777) }
        for found in [hints(dataset), try checked(dataset)] {
            #expect(found.map(\.kind) == [.contradiction])
            #expect(found[0].takes == [777] && found[0].categories == [2, 0])
            #expect(found[0].sentence().hasPrefix("The examples of take 777 are taught as Category 3, but most lie with Category 1."))
        }
    }

    @Test func valuesOfATakeContradictOthers() throws {
        func values(_ turned: Int) throws -> Dataset {
            let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
            var random = SeededRandom(seed: 16)
            for take in 0..<10 {
                for _ in 0..<20 {
                    let x = [random.bipolar(), random.bipolar()]
                    try dataset.add(x, [take == turned ? -x[0] - x[1] : x[0] + x[1]], take: take)
                }
            }
            return dataset
        }
        for found in [hints(try values(6)), try checked(try values(6))] {
            #expect(found.map(\.kind) == [.contradiction] && found.first?.takes == [6])
        }
        #expect(hints(try values(-1)).isEmpty)
    }

    @Test func categoriesAreUnbalanced() throws {
        let dataset = try clouds([200, 40, 50], inputCount: 4, spread: 0.1, seed: 2, takesEach: 8)
        let found = hints(dataset)
        #expect(found.map(\.kind) == [.imbalance] && found[0].categories == [0, 1])
        #expect(found[0].sentence().hasPrefix("Category 1 has 5 times as many examples as Category 2."))
        #expect(hints(try clouds([100, 40, 50], inputCount: 4, spread: 0.1, seed: 2, takesEach: 8)).isEmpty)
    }

    @Test func moreExamplesWouldHelp() throws {
        let hungry = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        var random = SeededRandom(seed: 41)
        for take in 0..<120 {
            let x = [random.bipolar() * 2, random.bipolar() * 2]
            let category: Float = (Int(x[0].rounded(.down)) + Int(x[1].rounded(.down))) % 2 == 0 ? 0 : 1
            for _ in 0..<5 { try hungry.add(x.map { $0 + 0.01 * random.normal() }, [category], take: take) }
        }
        let report = try Check(hungry, model: nearest, by: .takes).finish()
        #expect(report.wouldMoreHelp == true, "\(report.curve)")
        #expect(hints(hungry, report).contains { $0.kind == .moreExamples })
        #expect(try Check(good(), model: nearest, by: .takes).finish().wouldMoreHelp == false)
    }

    @Test func whatMattersMostComesFirst() throws {
        let dataset = try clouds([300, 60, 5], inputCount: 4, spread: 0.1, seed: 2, takesEach: 5)
        let found = hints(dataset)
        #expect(found.map(\.importance) == found.map(\.importance).sorted(by: >))
        #expect(found.map(\.kind) == [.fewExamples, .imbalance])
    }

    @Test func theSearchIsTheSameHoweverItIsSliced() throws {
        let dataset = try clouds([300, 60, 5], inputCount: 4, spread: 1, seed: 2, takesEach: 5)
        let search = HintSearch(dataset)
        var slices = 0
        while search.step(work: 10_000) { slices += 1 }
        #expect(search.hints == hints(dataset) && slices > 5)
    }
}
