import StarlingLearning
import StarlingMath
import StarlingProject

/// Where a model's examples lie on its map, for people to look at.
public struct ExamplePlaces: Sendable {
    public var points: [MapPoint]
    /// The ids of the model's categories.
    public let categories: [Text]
    /// The ids of the takes gathered; empty for the one that is being taught.
    public let takes: [Text]
}

/// One example on the map.
public struct MapPoint: Sendable {
    public let x: Float
    public let y: Float
    /// The category's index; the largest number for an example that only has targets.
    public let category: UInt32
    /// The take's index.
    public let take: UInt32
}

extension ExampleGatherer {
    private static let mapLimit = 1000

    /// Where the examples lie on the map that came with weights; at most 1,000, evenly chosen.
    func map(_ weights: Weights) -> ExamplePlaces {
        var places = ExamplePlaces(points: [], categories: model.categories, takes: takes.map { $0.id })
        guard let dataset else { return places }
        let predictor = Predictor(
            wordCapacity: weights.words.count, maximumInputs: dataset.inputCount, maximumOutputs: dataset.outputCount)
        guard predictor.load(weights.words, count: weights.words.count) else { return places }
        let step = max(1, dataset.count / Self.mapLimit)
        places.points = stride(from: 0, to: dataset.count, by: step).map { row in
            let position = dataset.inputs(row).withUnsafeBufferPointer { predictor.mapPosition(inputs: $0.baseAddress!) }
            let take = dataset.take(row)
            return MapPoint(
                x: position.x, y: position.y, category: takes[take].category.map { UInt32($0) } ?? .max, take: UInt32(take))
        }
        return places
    }
}
