import StarlingLearning
import StarlingMath
import StarlingProject

/// Turns the takes of a model's categories into a dataset.
///
/// A take's rows come once a hop; neighbouring rows say almost the same, so only one about every 10 ms becomes an
/// example. Rows below the model's gate are left out: silence around a sound is not the sound.
struct ExampleGatherer {
    private static let spacing = 0.01

    let scene: Scene
    let model: SceneModel
    /// The dataset being filled; nil if the model has no inputs or nothing to tell apart.
    let dataset: Dataset?
    /// For each take gathered: its category's index.
    private(set) var categoryOfTake: [Int] = []
    private let row: Floats
    private let targets: Floats

    init(_ model: SceneModel, _ scene: Scene) {
        self.scene = scene
        self.model = model
        let outputCount = model.outputs.count
        row = Floats(model.inputs.count)
        targets = Floats(outputCount)
        dataset =
            model.inputs.isEmpty || outputCount == 0
            ? nil
            : Dataset(
                inputCount: model.inputs.count, outputCount: outputCount,
                task: model.drive == .follow ? .continuous : .categories)
    }

    /// Adds the examples of a kept take.
    mutating func add(take id: Text, category: Int, rows: Rows) {
        let names = scene.document.texts("takes", id, "columns")
        let columns = model.inputs.map { slot in names.firstIndex(of: scene.columns[slot]) }
        let loudness = names.firstIndex(of: scene.columns[scene.layout.loudness])
        setTargets(category: category, take: id)
        add(rows.values, columnCount: rows.columnCount, rate: rows.rate, columns: columns, loudness: loudness, category: category)
    }

    /// Adds the examples of the take that is being taught now; its columns are the listen slots.
    mutating func add(_ live: LiveTake, category: Int) {
        setTargets(category: category, take: nil)
        add(
            live.values, columnCount: live.columnCount, rate: live.rate, columns: model.inputs.map { $0 },
            loudness: scene.layout.loudness, category: category)
    }

    private mutating func add(
        _ values: [Float], columnCount: Int, rate: Double, columns: [Int?], loudness: Int?, category: Int
    ) {
        let take = categoryOfTake.count
        categoryOfTake.append(category)
        let stride = max(1, Int((rate * Self.spacing).rounded()))
        var start = 0
        while start + columnCount <= values.count {
            if loudness.map({ $0 >= columnCount || values[start + $0] >= model.gate }) ?? true {
                for i in 0..<columns.count { row[i] = value(values, start, columnCount, columns[i], model.inputs[i]) }
                append(category: category, take: take)
            }
            start += stride * columnCount
        }
    }

    /// A take from before a feature existed lacks its column; the feature's default stands in.
    private func value(_ values: [Float], _ start: Int, _ count: Int, _ column: Int?, _ slot: Int) -> Float {
        guard let column, column < count else { return scene.layout.features[slot].defaultValue }
        return values[start + column]
    }

    private func append(category: Int, take: Int) {
        guard let dataset else { return }
        do {
            if dataset.task == .categories {
                try dataset.append(row.pointer, category: category, take: take)
            } else {
                try dataset.append(row.pointer, targets: targets.pointer, take: take)
            }
        } catch {
            // Only values beyond all bounds are refused; such a row teaches nothing and is left out.
        }
    }

    /// Targets as positions: the take's own, else the category's preset, else where the player has the knob.
    private func setTargets(category: Int, take: Text?) {
        guard model.drive == .follow else { return }
        let preset = scene.preset(model.categories[category])
        for (output, parameter) in model.followed.enumerated() {
            let info = scene.layout.parameters[parameter].info
            targets[output] = preset[parameter].isNaN ? info.position(value: scene.placed(parameter)) : preset[parameter]
            if let taught = take.flatMap({ scene.target(of: $0, parameter: parameter) }) {
                targets[output] = info.position(value: taught)
            }
        }
    }
}

extension Scene {
    /// The value a take was taught with for a parameter; nil if it says nothing about it.
    func target(of take: Text, parameter: Int) -> Float? {
        let path = layout.parameters[parameter].path
        let values = document.numbers("takes", take, "targets")
        guard let index = document.texts("takes", take, "parameters").firstIndex(of: path), index < values.count else {
            return nil
        }
        return Float(values[index])
    }
}

/// A take while its pad is still held.
struct LiveTake {
    let category: Text
    let rate: Double
    var columnCount = 1
    var values: [Float] = []
}
