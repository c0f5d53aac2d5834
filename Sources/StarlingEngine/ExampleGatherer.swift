import StarlingLearning
import StarlingMath
import StarlingProject

/// Turns the takes that teach a model into a dataset.
///
/// A take's rows come once a hop; neighbouring rows say almost the same, so only one about every 10 ms becomes an
/// example. Rows below the model's gate are left out: silence around a sound is not the sound. A gesture is its rows in
/// the order of time, each the mean of about 10 ms, with only the silence before and behind it left out.
struct ExampleGatherer {
    private static let spacing = 0.01

    let scene: Scene
    let model: SceneModel
    /// The dataset being filled; nil if the model has no inputs or nothing to tell apart.
    let dataset: Dataset?
    /// The takes gathered, by the datasets' numbers; the one being taught has no id.
    private(set) var takes: [TaughtTake] = []
    private let row: Floats
    private let targets: Floats
    private let targetInfos: [ModelTarget]

    init(_ model: SceneModel, _ scene: Scene) {
        self.scene = scene
        self.model = model
        let outputCount = model.outputs.count
        row = Floats(model.inputs.count)
        targets = Floats(outputCount)
        targetInfos = model.task == .continuous ? scene.targets(model) : []
        dataset =
            model.inputs.isEmpty || outputCount == 0
            ? nil : Dataset(inputCount: model.inputs.count, outputCount: outputCount, task: model.task)
    }

    /// Adds the examples of a kept take.
    mutating func add(_ take: TaughtTake, rows: Rows) {
        let names = scene.document.texts("takes", take.id, "columns")
        var heard = Heard(values: rows.values, columnCount: rows.columnCount, rate: rows.rate, range: scene.trimmed(take.id, rows))
        heard.columns = model.inputs.map { slot in names.firstIndex(of: scene.columns[slot]) }
        heard.loudness = names.firstIndex(of: scene.columns[scene.layout.loudness])
        if model.task == .continuous {
            setTargets(take)
            heard.targets = targetInfos.map { target in names.firstIndex(of: target.path) }
        }
        add(heard, of: take)
    }

    /// Adds the examples of the take that is being taught now; its columns are the first listen slots.
    ///
    /// A gesture can only be learned when it is complete.
    mutating func add(_ live: LiveTake, category: Int) {
        guard model.task != .gestures else { return }
        var heard = Heard(
            values: live.values, columnCount: live.columnCount, rate: live.rate,
            range: 0..<live.values.count / max(live.columnCount, 1))
        heard.columns = model.inputs.map { $0 }
        heard.loudness = scene.layout.loudness
        if model.task == .continuous { setLiveTargets(category) }
        add(heard, of: TaughtTake(id: Text(), category: category))
    }

    private mutating func add(_ heard: Heard, of take: TaughtTake) {
        let number = takes.count
        takes.append(take)
        if model.task == .gestures { return addGesture(heard, take, number) }
        let stride = max(1, Int((heard.rate * Self.spacing).rounded()))
        for index in Swift.stride(from: heard.range.lowerBound, to: heard.range.upperBound, by: stride)
        where heard.isLoud(index, gate: model.gate) {
            read(heard, index..<index + 1)
            readTargets(heard, index)
            append(take, number)
        }
    }

    private func addGesture(_ heard: Heard, _ take: TaughtTake, _ number: Int) {
        guard let dataset, let loud = heard.loudRange(gate: model.gate) else { return }
        if dataset.count == 0 {
            dataset.secondsPerRow = Float(max(1, (heard.rate * Self.spacing).rounded()) / heard.rate)
        }
        // Takes of other rates follow the time of the first.
        let rowsPerStep = Double(dataset.secondsPerRow) * heard.rate
        for step in 0..<Int((Double(loud.count) / rowsPerStep).rounded(.up)) {
            let first = min(loud.lowerBound + Int((Double(step) * rowsPerStep).rounded()), loud.upperBound - 1)
            let end = min(loud.lowerBound + Int((Double(step + 1) * rowsPerStep).rounded()), loud.upperBound)
            read(heard, first..<max(end, first + 1))
            append(take, number)
        }
    }

    /// The mean of some rows' inputs.
    ///
    /// A take from before a feature existed lacks its column; the feature's default stands in.
    private func read(_ heard: Heard, _ rows: Range<Int>) {
        for i in 0..<heard.columns.count {
            var sum: Float = 0
            for index in rows {
                sum += heard.value(index, heard.columns[i]) ?? scene.layout.initialValue(ofInput: model.inputs[i])
            }
            row[i] = rows.count == 1 ? sum : sum / Float(rows.count)
        }
    }

    /// Targets that move within a take are columns of it, in their units; NaN where a row says nothing.
    private func readTargets(_ heard: Heard, _ row: Int) {
        for (output, column) in heard.targets.enumerated() {
            guard let value = heard.value(row, column) else { continue }
            targets[output] = value.isNaN ? .nan : targetInfos[output].info.position(value: value)
        }
    }

    private func append(_ take: TaughtTake, _ number: Int) {
        guard let dataset else { return }
        do {
            if dataset.task == .continuous {
                try dataset.append(row.pointer, targets: targets.pointer, take: number)
            } else if let category = take.category {
                try dataset.append(row.pointer, category: category, take: number)
            }
        } catch {
            // Only values beyond all bounds and rows without any target are refused; such a row teaches nothing.
        }
    }

    /// Targets as positions: the take's own, else the category's preset, else missing.
    private func setTargets(_ take: TaughtTake) {
        for (output, target) in targetInfos.enumerated() {
            let value = scene.target(of: take.id, target.path)
                ?? take.category.flatMap { scene.preset(model.categories[$0], target.path) }
            targets[output] = value.map { target.info.position(value: $0) } ?? .nan
        }
    }

    /// The category's preset, else where the player has the knob.
    private func setLiveTargets(_ category: Int) {
        for (output, target) in targetInfos.enumerated() {
            let value = scene.preset(model.categories[category], target.path) ?? target.placed
            targets[output] = target.info.position(value: value)
        }
    }
}

/// Rows as they were heard, and which of them and of their columns count.
private struct Heard {
    let values: [Float]
    let columnCount: Int
    let rate: Double
    let range: Range<Int>
    /// The column of each input; nil where the rows lack it.
    var columns: [Int?] = []
    /// The column of each target; nil where the rows lack it.
    var targets: [Int?] = []
    var loudness: Int?

    func value(_ row: Int, _ column: Int?) -> Float? {
        column.flatMap { $0 < columnCount ? values[row * columnCount + $0] : nil }
    }

    func isLoud(_ row: Int, gate: Decibels) -> Bool { value(row, loudness).map { $0 >= gate } ?? true }

    /// From the first to the last row above the gate; nil without any.
    func loudRange(gate: Decibels) -> Range<Int>? {
        guard let first = range.first(where: { isLoud($0, gate: gate) }),
            let last = range.last(where: { isLoud($0, gate: gate) })
        else { return nil }
        return first..<last + 1
    }
}

/// What a continuous output of a model moves.
struct ModelTarget {
    let path: Text
    let info: ParameterInfo
    /// Where the player has put it.
    let placed: Float
}

extension Scene {
    /// A follow model's targets in the order of its outputs.
    func targets(_ model: SceneModel) -> [ModelTarget] {
        model.followed.map { ModelTarget(path: layout.parameters[$0].path, info: layout.parameters[$0].info, placed: placed($0)) }
            + model.knobs.map { ModelTarget(path: $0.path, info: $0.info, placed: placed($0)) }
    }
}
