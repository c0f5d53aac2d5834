import StarlingLearning
import StarlingMath
import Testing

/// What every kind of model that follows gestures must do.
@Suite struct GestureTests {
    static let kinds = ModelCatalogue.all.filter { $0.tasks.contains(.gestures) }

    /// Three gestures in the plane, three takes each, of about a second.
    private func plane(seed: UInt64 = 1) throws -> (drawings: [Drawing], dataset: Dataset) {
        let drawings = (0..<3).map { Drawing(dimensions: 2, seed: 50 + $0) }
        var random = SeededRandom(seed: seed)
        let takes = (0..<9).map { i in
            Take(gesture: i % 3, rows: drawings[i % 3].performance(90 + random.index(below: 30), random: &random))
        }
        return (drawings, try gestureDataset(takes, gestureCount: 3))
    }

    @Test(arguments: kinds) func hasThreeValuesForEachGesture(kind: ModelInfo) throws {
        let (drawings, dataset) = try plane()
        let model = predictor(try #require(train(dataset, kind)))
        #expect(model.task == .gestures && model.outputCount == 3 && model.outputWidth == 9)
        var random = SeededRandom(seed: 7)
        for row in drawings[1].performance(100, random: &random) {
            let values = model.run(row, gesture: 1)
            #expect(0...1 ~= values.certainty && 0...1 ~= values.phase && values.speed >= 0)
        }
        #expect(try evaluate(try #require(train(dataset, kind)), on: dataset).accuracy > 0.8)
    }
}
