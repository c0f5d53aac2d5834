import StarlingLearning
import StarlingMath
import Testing

/// What every kind of model that follows gestures must do.
@Suite struct GestureTests {
    struct Kind: CustomTestStringConvertible, Sendable {
        let model: ModelInfo
        var testDescription: String { "\(model.name)" }
    }
    static let kinds = ModelCatalogue.all.filter { $0.tasks.contains(.gestures) }.map { Kind(model: $0) }

    /// Three gestures in the plane, three takes each, of about a second.
    private func plane(seed: UInt64 = 1) throws -> (drawings: [Drawing], dataset: Dataset) {
        let drawings = (0..<3).map { Drawing(dimensions: 2, seed: 50 + $0) }
        var random = SeededRandom(seed: seed)
        let takes = (0..<9).map { i in
            Take(gesture: i % 3, rows: drawings[i % 3].performance(90 + random.index(below: 30), random: &random))
        }
        return (drawings, try gestureDataset(takes, gestureCount: 3))
    }

    @Test(arguments: kinds) func namesFollowsAndSpotsWhatItWasTaught(kind: Kind) throws {
        let (drawings, dataset) = try plane()
        let model = predictor(try #require(train(dataset, kind.model)))
        #expect(model.task == .gestures && model.outputCount == 3 && model.outputWidth == 9)
        var random = SeededRandom(seed: 7)
        for gesture in [0, 1, 2, 2, 0, 1] {
            var spotted: [Int] = []
            for _ in 0..<80 { _ = model.run([0, 0], gesture: 0) }
            let rows = drawings[gesture].performance(100, random: &random)
            for (i, row) in rows.enumerated() {
                let values = model.run(row, gesture: gesture)
                if model.spotted >= 0 { spotted.append(model.spotted) }
                if 55..<85 ~= i {
                    #expect(values.certainty > 0.4, "gesture \(gesture) row \(i): \(values)")
                    #expect(abs(values.phase - Float(i) / 99) < 0.12, "gesture \(gesture) row \(i): \(values)")
                    #expect(0.4...2 ~= values.speed, "gesture \(gesture) row \(i): \(values)")
                }
            }
            for _ in 0..<80 {
                _ = model.run([0, 0], gesture: 0)
                if model.spotted >= 0 { spotted.append(model.spotted) }
            }
            #expect(spotted == [gesture])
        }
    }
}
