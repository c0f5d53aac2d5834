import StarlingLearning
import Testing

/// Trees against scikit-learn's; see tools/make-tree-and-border-fixtures.py.
@Suite struct TreeReferenceTests {
    private let tree = ModelCatalogue.named("tree")!
    private let boosted = ModelCatalogue.named("adaboost")!
    private let forest = ModelCatalogue.named("forest")!

    @Test(arguments: FoldedData.categories + ["diabetes"], [
        ("tree", [32, 2, 0, 0]), ("pruned", [32, 1, 0.01, 0]), ("stump", [1, 1, 0, 0]),
    ] as [(String, [Float])])
    func aTreeAnswersAsScikitLearnsWhereOneAnswerIsRight(name: String, settings: (String, [Float])) throws {
        let data = try FoldedData(name)
        try expectAgreement(data, settings.0, try data.answers(tree, settings.1))
    }

    @Test(arguments: FoldedData.categories) func boostedStumpsAnswerAsScikitLearns(name: String) throws {
        let data = try FoldedData(name)
        try expectAgreement(data, "boosted", try data.answers(boosted, [20, 1, 0]))
    }

    private func expectAgreement(_ data: FoldedData, _ column: String, _ answers: [Float]) throws {
        let wanted = data.answers(column)
        let known = wanted.indices.filter { !wanted[$0].isNaN }
        let wrong = known.filter { abs(answers[$0] - wanted[$0]) > 1e-5 * abs(wanted[$0]) }
        #expect(wrong.isEmpty, "\(column): \(wrong.count) of \(known.count), the first at row \(wrong.first ?? -1)")
        #expect(known.count > wanted.count / 3, "\(known.count) of \(wanted.count) rows have one right answer")
    }

    @Test(arguments: FoldedData.categories)
    func categoriesAreToldApartAsWellAsByScikitLearn(name: String) throws {
        let data = try FoldedData(name)
        let single = try data.score(tree, [32, 2, 0, 0])
        #expect(single > (try FoldedData.score(name, "tree")) - 0.01, "tree \(single)")
        let boost = try data.score(boosted, [50, 2, 0])
        #expect(boost > (try FoldedData.score(name, "adaboost")) - 0.01, "adaboost \(boost)")
        let many = try data.score(forest, [64, 0, 32, 1, 0], seeds: 1...3)
        #expect(many > (try FoldedData.score(name, "forest")) - 0.01, "forest \(many)")
    }

    @Test func valuesArePredictedAsWellAsByScikitLearn() throws {
        let data = try FoldedData("diabetes")
        let single = try data.score(tree, [32, 2, 0, 0])
        #expect(single < 1.02 * (try FoldedData.score("diabetes", "tree")), "tree \(single)")
        let many = try data.score(forest, [64, 0, 32, 1, 0], seeds: 1...3)
        #expect(many < 1.02 * (try FoldedData.score("diabetes", "forest")), "forest \(many)")
    }
}
