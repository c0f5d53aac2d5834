import StarlingFeatures
import StarlingLearning
import StarlingMath
import StarlingProject

/// One model of a project, an output in the studio: its record, with ids turned into slots and keys.
public struct SceneModel {
    public let id: Text
    public let name: Text
    /// The model kind's name in its catalogue.
    public let kind: Text
    public let drive: Drive
    /// Below this loudness it neither learns nor answers; open for ever where all its inputs are controls.
    public let gate: Decibels
    /// The slot of the label; see `ModelSlot`.
    public let firstSlot: Int
    /// The bus slots that feed it, which are also the columns of the takes' rows.
    public let inputs: [Int]
    /// The ids of its categories, in order.
    public let categories: [Text]
    /// The play parameters a `follow` model learns to move: those that a preset or a take of its categories names.
    ///
    /// A model with knobs of its own moves only those.
    public let followed: [Int]
    /// The free knobs of a `follow` model, in order.
    public let knobs: [SceneKnob]
    /// How calmly it decides.
    let decision: Decision
    /// The certainty its categories need, where they do not say.
    let threshold: Float

    /// What it learns to answer.
    public var task: Task { drive.task }

    /// What the outputs stand for: keys by which weights find them.
    public var outputs: [UInt32] {
        task == .continuous ? followed.map { UInt32($0) } + knobs.map { $0.path.key } : categories.map { $0.key }
    }

    /// How many slots of the bus it takes.
    public var slotCount: Int { ModelSlot.count + outputs.count * task.valuesPerOutput }

    init(_ id: Text, _ document: Document, _ layout: BusLayout, _ derived: [SceneDerived], firstSlot: Int) throws(StarlingError) {
        self.id = id
        self.firstSlot = firstSlot
        name = document.text("models", id, "name") ?? id
        kind = document.text("models", id, "kind") ?? Text()
        let drive = document.text("models", id, "drive")
        self.drive = Drive.allCases.first { Text($0.name) == drive } ?? .blend
        inputs = try Self.inputs(document.texts("models", id, "inputs"), layout)
        let hears = inputs.contains { slot in
            let root = derived.first { layout.derived.lowerBound + $0.index == slot }?.root ?? slot
            return root < layout.features.count
        }
        gate = hears ? Float(document.number("models", id, "gate") ?? -200) : -200
        categories = document.ordered("categories", where: "model", is: id)
        knobs = self.drive == .follow ? try SceneKnob.all(of: id, document) : []
        followed = self.drive == .follow && knobs.isEmpty ? Self.followed(categories, document, layout) : []
        decision = Decision(
            hysteresis: Float(document.number("models", id, "hysteresis") ?? 0),
            hold: Float(document.number("models", id, "hold") ?? 0))
        threshold = Float(document.number("models", id, "threshold") ?? 0)
        guard categories.count <= Plan.Limit.outputs, outputs.count <= Plan.Limit.outputs else {
            throw StarlingError(
                "\"" + name + "\" has too many pads or knobs; a model has up to " + Text(Plan.Limit.outputs)
                    + ". Delete some, or add another model.")
        }
    }

    /// Slots by the names of features, of single outputs of features, of controls and of derived features, in the order of the bus.
    private static func inputs(_ names: [Text], _ layout: BusLayout) throws(StarlingError) -> [Int] {
        var slots: [Int] = []
        var slot = 0
        var known: [Text] = []
        for feature in FeatureCatalogue.all {
            known.append(Text(feature.name))
            let isWhole = names.contains(known[known.count - 1])
            for output in feature.outputs {
                let name = Text(output.name)
                if isWhole || names.contains(name) { slots.append(slot) }
                if known[known.count - 1] != name { known.append(name) }
                slot += 1
            }
        }
        let columns = layout.columns
        for slot in layout.controls.lowerBound..<layout.derived.upperBound where names.contains(columns[slot]) {
            slots.append(slot)
            known.append(columns[slot])
        }
        for name in names where !known.contains(name) { throw unknown(name, "feature", known) }
        return slots
    }

    private static func followed(_ categories: [Text], _ document: Document, _ layout: BusLayout) -> [Int] {
        layout.parameters.indices.filter { index in
            let path = layout.parameters[index].path
            return categories.contains { category in
                document.ordered("presets", where: "category", is: category).contains {
                    document.text("presets", $0, "parameter") == path
                }
            }
        }
    }

    func plan(_ scene: Scene) -> Plan.Model {
        var plan = Plan.Model()
        plan.key = id.key
        plan.drive = drive
        plan.gate = gate
        plan.firstSlot = firstSlot
        plan.inputs = inputs
        plan.followed = followed
        plan.knobs = knobs.map { $0.plan }
        plan.hold = decision.hold
        plan.hysteresis = decision.hysteresis
        plan.pause = scene.pause(self)
        plan.categories = categories.map { category(scene, $0) }
        return plan
    }

    private func category(_ scene: Scene, _ id: Text) -> Plan.Category {
        var category = Plan.Category()
        category.key = id.key
        category.note = scene.document.number("categories", id, "note").map { Float($0) } ?? -1
        category.threshold = scene.document.number("categories", id, "threshold").map { Float($0) } ?? threshold
        category.preset = scene.preset(id)
        return category
    }
}

extension Scene {
    /// A model's settings: the document's values, or the catalogue's defaults.
    func settings(of model: Text, _ info: ModelInfo) -> [Float] {
        let ids = document.ordered("settings", where: "model", is: model)
        return info.settings.map { setting in
            let id = ids.first { document.text("settings", $0, "name") == Text(setting.name) }
            guard let id, let value = document.number("settings", id, "value") else { return setting.defaultValue }
            return setting.limited(Float(value))
        }
    }

    /// How long a recognised gesture stays the label: the setting of its kind that says when the next may come.
    fileprivate func pause(_ model: SceneModel) -> Seconds {
        guard let info = ModelCatalogue.named(model.kind),
            let index = info.settings.firstIndex(where: { Text($0.name) == "pause" })
        else { return 0.3 }
        return settings(of: model.id, info)[index]
    }

    /// A category's preset: a position 0...1 for each play parameter, NaN where it says nothing.
    func preset(_ category: Text) -> [Float] {
        var positions = [Float](repeating: .nan, count: layout.parameters.count)
        for id in document.ordered("presets", where: "category", is: category) {
            guard let path = document.text("presets", id, "parameter"), let index = parameter(path),
                let value = document.number("presets", id, "value")
            else { continue }
            positions[index] = layout.parameters[index].info.position(value: Float(value))
        }
        return positions
    }
}
