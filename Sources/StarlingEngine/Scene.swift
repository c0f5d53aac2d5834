import StarlingFeatures
import StarlingMath
import StarlingProject
import StarlingSynthesis

/// What a project document means to the engine: which slots there are, and what is to be done with them.
///
/// This is where ids become slots. Everything else that needs slots, keys or columns asks here.
public struct Scene {
    public let document: Document
    public let layout: BusLayout
    /// The project's models in order, each with its place on the bus.
    public let models: [SceneModel]
    /// The project's controls in order.
    public let controls: [SceneControl]
    /// The project's derived features by their index.
    public let derived: [SceneDerived]

    /// Every slot that is in use, in order.
    public private(set) var slots: [SlotInfo] = []

    /// Reads a document; throws a sentence for names that no catalogue has, and where there is no room for more.
    public init(_ document: Document, layout: BusLayout = BusLayout()) throws(StarlingError) {
        self.document = document
        self.layout = layout
        _ = try Self.listening(document, sampleRate: 48_000)
        controls = try SceneControl.all(document)
        derived = try SceneDerived.all(document, layout, controls)
        let ids = document.ordered("models")
        guard ids.count <= Plan.Limit.models else {
            throw StarlingError(
                "The project has " + Text(ids.count) + " models; there is room for " + Text(Plan.Limit.models)
                    + ". Play it with starling run, or delete one first.")
        }
        var models: [SceneModel] = []
        var slot = layout.learn
        for id in ids {
            let model = try SceneModel(id, document, layout, derived, firstSlot: slot)
            slot += model.slotCount
            models.append(model)
        }
        guard slot <= BusLayout.capacity else {
            throw StarlingError("The models of this project need more room than there is. Delete some pads first.")
        }
        self.models = models
        slots = listenSlots + controlSlots + derivedSlots + playSlots + patternSlots + models.flatMap { slots($0) }
    }

    /// The index of a play parameter by the name the document gives it, `choir/breath`.
    public func parameter(_ path: Text) -> Int? { layout.parameters.firstIndex { $0.path == path } }

    /// Where the player has put a parameter: the document's value, or the default.
    public func placed(_ index: Int) -> Float {
        let parameter = layout.parameters[index]
        guard let value = document.number("parameters", parameter.path, "value") else {
            return parameter.info.defaultValue
        }
        return parameter.info.limited(Float(value))
    }

    /// The plan for the engine; throws a sentence for kinds and slots that do not exist.
    public func plan() throws(StarlingError) -> Plan {
        let knobs = models.flatMap { $0.knobs.map { $0.path } }
        for path in document.ids("parameters") where parameter(path) == nil && !knobs.contains(path) {
            throw StarlingError("There is no parameter \"" + path + "\". Its name is of the form choir/breath.")
        }
        var plan = Plan()
        plan.positions = layout.parameters.indices.map { layout.parameters[$0].info.position(value: placed($0)) }
        plan.instruments = try instruments()
        plan.effects = try effects()
        try checkVisuals()
        plan.models = models.map { $0.plan(self) }
        plan.onsets = onsets
        plan.derived = derived.map { Plan.Derived(index: $0.index, source: $0.source, how: $0.how) }
        plan.mappings = mappings()
        plan.points = points()
        plan.patterns = try planPatterns()
        guard plan.mappings.count <= Plan.Limit.mappings else {
            throw StarlingError("There is room for " + Text(Plan.Limit.mappings) + " mappings. Delete some first.")
        }
        guard plan.words().count <= Plan.Limit.words else {
            throw StarlingError("The pads and points of this project hold more settings than there is room for. Delete some first.")
        }
        return plan
    }

    private func instruments() throws(StarlingError) -> [Plan.Instrument] {
        let names = InstrumentCatalogue.all.map { Text($0.name) }
        var all = [Plan.Instrument](repeating: Plan.Instrument(), count: names.count)
        for id in document.ordered("instruments") {
            let index = try kind("instruments", id, "instrument", names)
            all[index].isPresent = true
            all[index].isPlaying = document.flag("instruments", id, "playing")
            all[index].notes = document.numbers("instruments", id, "notes").prefix(Plan.Limit.notes).map { Float($0) }
            all[index].arpeggio = arpeggio(id)
        }
        return all
    }

    /// In the order of the records; a second record of a kind adds nothing.
    private func effects() throws(StarlingError) -> [Int] {
        let names = EffectCatalogue.all.map { Text($0.name) }
        var all: [Int] = []
        for id in document.ordered("effects") {
            let index = try kind("effects", id, "effect", names)
            if !all.contains(index) { all.append(index) }
        }
        return all
    }

    /// The audio thread draws nothing, so a plan only says that the pictures exist.
    private func checkVisuals() throws(StarlingError) {
        let names = VisualCatalogue.all.map { Text($0.name) }
        for id in document.ids("visuals") { _ = try kind("visuals", id, "picture", names) }
    }

    /// The place in a catalogue of what a field of a record names.
    func kind(_ table: Text, _ id: Text, _ what: Text, _ names: [Text], field: Text = "kind") throws(StarlingError) -> Int {
        let kind = document.text(table, id, field) ?? Text()
        guard let index = names.firstIndex(of: kind) else { throw unknown(kind, what, names) }
        return index
    }
}

/// The error of a kind that no catalogue has.
func unknown(_ kind: Text, _ what: Text, _ known: [Text]) -> StarlingError {
    var list = Text()
    for name in known { list += list.isEmpty ? name : ", " + name }
    return StarlingError("There is no " + what + " \"" + kind + "\"; choose one of: " + list + ".")
}
