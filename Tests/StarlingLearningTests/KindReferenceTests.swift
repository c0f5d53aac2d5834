import StarlingLearning
import StarlingMath
import Testing

/// Against scikit-learn with the same settings; see tools/make-kind-fixtures.py.
@Suite struct KindReferenceTests {
    private static let categorySets = ["iris", "wine", "breast-cancer", "digits-small"]

    private func kind(_ name: Text) -> ModelInfo { ModelCatalogue.named(name)! }

    private func data(_ name: String) throws -> Fixture {
        try Fixture(name, in: name == "digits-small" ? "kinds" : "learning")
    }

    /// Certainties of closed forms are met to the number, those that are searched for nearly.
    @Test(arguments: categorySets, ["bayes", "softmax", "full"])
    func certaintiesAreThoseOfScikitLearn(name: String, column: String) throws {
        let fixture = try data(name)
        let wanted = try Fixture(name + "-numbers", in: "kinds").columns(startingWith: column + "-")
        let target = fixture.column("target")
        // Between two categories the reference has one weight an input for the difference of our two.
        let smoothness: Float = name == "breast-cancer" ? 2 : 1
        let settings: [String: [Float]] = ["bayes": [0.01, 1], "softmax": [smoothness, 0], "full": [1, 1, 0.01, 0]]
        let model = column == "full" ? kind("mixture") : kind(Text(column))
        var farthest: Float = 0
        var right = (ours: 0, theirs: 0)
        try forEachFold(fixture, .categories, model, settings[column]!) { row, outputs in
            farthest = max(farthest, outputs.distance(to: wanted[row]))
            if Float(outputs.indexOfLargest) == target[row] { right.ours += 1 }
            if Float(wanted[row].indexOfLargest) == target[row] { right.theirs += 1 }
        }
        #expect(farthest < (column == "softmax" ? 0.02 : 1e-3), "\(name): \(farthest)")
        #expect(abs(right.ours - right.theirs) * 100 <= target.count, "\(name): \(right)")
    }

    @Test(arguments: [(1, "ridge-1"), (2, "ridge-2")])
    func ridgePredictsTheNumbersOfScikitLearn(degree: Int, column: String) throws {
        let wanted = try Fixture("diabetes-numbers", in: "kinds").column(column)
        var farthest: Float = 0
        try forEachFold(try data("diabetes"), .continuous, kind("ridge"), [Float(degree), 1]) { row, outputs in
            farthest = max(farthest, abs(outputs[0] - wanted[row]) / abs(wanted[row]))
        }
        #expect(farthest < 1e-4, "relative \(farthest)")
    }

    /// With reach and noise given: mean, and the deviation that is not certain.
    @Test func processAnswersAsScikitLearns() throws {
        let numbers = try Fixture("diabetes-numbers", in: "kinds")
        let (means, deviations) = (numbers.column("gp-mean"), numbers.column("gp-deviation"))
        let scales = numbers.column("gp-scale")
        var compared = 0
        let fixture = try data("diabetes")
        let target = fixture.column("target")
        let folds = fixture.column("fold")
        var farthest: (mean: Float, deviation: Float) = (0, 0)
        for fold in 0..<5 {
            let learned = target.indices.filter { folds[$0] != Float(fold) }.map { target[$0] }
            let centre = learned.reduce(0, +) / Float(learned.count)
            let spread = (learned.map { ($0 - centre) * ($0 - centre) }.reduce(0, +) / Float(learned.count)).squareRoot()
            let model = try trained(fixture, .continuous, kind("gp"), [3, 0.2], without: fold)
            for row in target.indices where folds[row] == Float(fold) {
                let mean = (model.run(fixture.rows[row])[0] - centre) / spread
                farthest.mean = max(farthest.mean, abs(mean - means[row]))
                if model.certainty == 0 { continue }
                compared += 1
                let deviation = ((1 - model.certainty) * min(1, 1.2 * scales[row]) / scales[row]).squareRoot()
                farthest.deviation = max(farthest.deviation, abs(deviation - deviations[row]))
            }
        }
        #expect(farthest.mean < 1e-3 && farthest.deviation < 1e-3, "\(farthest)")
        #expect(compared > target.count / 2, "\(compared) have a certainty above 0")
    }

    /// Kinds that begin by chance: the mean of five seeds against that of scikit-learn.
    @Test(arguments: [
        (0, 9), (0, 12), (1, 9), (1, 12), (2, 9), (2, 12), (3, 9), (3, 12), (4, 11), (4, 12),
    ] as [(Int, UInt16)])
    func doesAsWellAsScikitLearn(dataset: Int, id: UInt16) throws {
        let name = (KindReferenceTests.categorySets + ["diabetes"])[dataset]
        let fixture = try data(name)
        let task: Task = name == "diabetes" ? .continuous : .categories
        let model = ModelCatalogue.all.first { $0.id == id }!
        let settings: [UInt16: [Float]] = [9: [2, 0, 0.01, 0], 11: [], 12: [40, 3, 0.1, 0]]
        let score = try Fixture("scores", in: "kinds").rows.first { $0[0] == Float(dataset) && $0[1] == Float(id) }![2]
        let target = fixture.column("target")
        var sum: Float = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            var errors: Float = 0
            try forEachFold(fixture, task, model, settings[id]!, seed: seed) { row, outputs in
                let difference = outputs[0] - target[row]
                errors += task == .continuous
                    ? difference * difference : Float(outputs.indexOfLargest) == target[row] ? 0 : 1
            }
            let mean = errors / Float(target.count)
            sum += task == .continuous ? mean.squareRoot() : 1 - mean
        }
        if task == .continuous {
            #expect(sum / 5 < 1.02 * score, "\(Text(model.name)) on \(name): \(sum / 5) against \(score)")
        } else {
            #expect(sum / 5 > score - 0.01, "\(Text(model.name)) on \(name): \(sum / 5) against \(score)")
        }
    }

    private func trained(
        _ fixture: Fixture, _ task: Task, _ model: ModelInfo, _ settings: [Float], seed: UInt64 = 1, without fold: Int
    ) throws -> Predictor {
        let folds = fixture.column("fold")
        let dataset = try fixture.dataset(task)
        for row in fixture.rows.indices where folds[row] == Float(fold) { dataset.remove(take: row) }
        return predictor(try #require(train(dataset, model, settings, seed: seed)))
    }

    private func forEachFold(
        _ fixture: Fixture, _ task: Task, _ model: ModelInfo, _ settings: [Float], seed: UInt64 = 1,
        _ answer: (Int, [Float]) -> Void
    ) throws {
        let folds = fixture.column("fold")
        for fold in 0..<5 {
            let predictor = try trained(fixture, task, model, settings, seed: seed, without: fold)
            for row in fixture.rows.indices where folds[row] == Float(fold) {
                answer(row, predictor.run(fixture.rows[row]))
            }
        }
    }
}
