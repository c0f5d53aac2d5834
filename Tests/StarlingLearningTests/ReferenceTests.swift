import StarlingLearning
import Testing

/// Against scikit-learn's predictions; see tools/learning-fixtures.py.
@Suite struct ReferenceTests {
    @Test(arguments: [
        ("iris", Task.categories), ("wine", .categories), ("breast-cancer", .categories), ("diabetes", .continuous),
    ])
    func nearestExamplesAnswerAsScikitLearns(name: String, task: Task) throws {
        let fixture = try Fixture(name)
        let wanted = fixture.columns(startingWith: "knn")
        let scale = task == .categories ? 1 : fixture.column("target").max()!
        var compared = 0
        try forEachFold(fixture, task, nearest, [5, 0]) { row, outputs in
            if fixture.column("tie")[row] == 1 { return }
            #expect(outputs.distance(to: wanted[row]) < 2e-5 * scale, "\(name) row \(row)")
            compared += 1
        }
        #expect(compared > fixture.rows.count * 3 / 4, "too many rows have ties")
    }

    @Test(arguments: ["iris", "wine", "breast-cancer"])
    func networkNamesCategoriesAsWellAsScikitLearns(name: String) throws {
        let fixture = try Fixture(name)
        let target = fixture.column("target")
        let reference = (1...5).map { seed in
            zip(fixture.column("mlp-\(seed)"), target).filter { $0.0 == $0.1 }.count
        }.reduce(0, +)
        var right = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            try forEachFold(fixture, .categories, network, [32, 5, 300, 0], seed: seed) { row, outputs in
                if Float(outputs.indexOfLargest) == target[row] { right += 1 }
            }
        }
        let count = Float(5 * fixture.rows.count)
        #expect(Float(right) / count >= Float(reference) / count - 0.01, "\(right) against \(reference) of \(count)")
    }

    @Test func networkPredictsValuesAsWellAsScikitLearns() throws {
        let fixture = try Fixture("diabetes")
        let target = fixture.column("target")
        func rootMeanSquare(_ errors: [Float]) -> Float {
            (errors.map { $0 * $0 }.reduce(0, +) / Float(errors.count)).squareRoot()
        }
        let reference = (1...5).map { seed in
            rootMeanSquare(zip(fixture.column("mlp-\(seed)"), target).map { $0 - $1 })
        }.reduce(0, +) / 5
        var ours: Float = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            var errors: [Float] = []
            try forEachFold(fixture, .continuous, network, seed: seed) { row, outputs in
                errors.append(outputs[0] - target[row])
            }
            ours += rootMeanSquare(errors) / 5
        }
        #expect(ours <= 1.02 * reference, "\(ours) against \(reference)")
    }

    @Test(arguments: [("iris", Task.categories), ("wine", .categories), ("diabetes", .continuous)])
    func mapShowsThePrincipalComponents(name: String, task: Task) throws {
        let fixture = try Fixture(name)
        let model = predictor(try #require(train(try fixture.dataset(task), nearest)))
        let positions = fixture.rows.map { model.mapPosition(inputs: $0) }
        let x = correlation(positions.map(\.x), fixture.column("map-x"))
        let y = correlation(positions.map(\.y), fixture.column("map-y"))
        #expect(abs(x.cosine) > 0.9999 && abs(y.cosine) > 0.9999)
        #expect(abs(abs(x.ratio) - abs(y.ratio)) < 0.001 * abs(x.ratio), "both axes have one scale")
    }

    private func correlation(_ a: [Float], _ b: [Float]) -> (cosine: Float, ratio: Float) {
        func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { $0 * $1 }.reduce(0, +) }
        return (dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot(), dot(a, b) / dot(b, b))
    }

    /// Learns from all folds but one and answers for that one, fold after fold.
    private func forEachFold(
        _ fixture: Fixture, _ task: Task, _ model: ModelInfo, _ settings: [Float] = [], seed: UInt64 = 1,
        _ answer: (Int, [Float]) -> Void
    ) throws {
        let folds = fixture.column("fold")
        for fold in 0..<5 {
            let dataset = try fixture.dataset(task)
            for row in fixture.rows.indices where folds[row] == Float(fold) { dataset.remove(take: row) }
            let trained = predictor(try #require(train(dataset, model, settings, seed: seed)))
            for row in fixture.rows.indices where folds[row] == Float(fold) {
                answer(row, trained.run(fixture.rows[row]))
            }
        }
    }
}
