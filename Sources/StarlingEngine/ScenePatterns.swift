import StarlingMath
import StarlingProject
import StarlingSynthesis

extension Scene {
    /// The ids of the project's patterns in order; there are no more than the schema allows.
    public var patterns: [Text] { document.ordered("patterns") }

    /// The patterns for the plan; throws a sentence for instruments that do not exist and too many notes.
    func planPatterns() throws(StarlingError) -> [Plan.Pattern] {
        var all: [Plan.Pattern] = []
        for id in patterns { all.append(try planPattern(id)) }
        return all
    }

    private func planPattern(_ id: Text) throws(StarlingError) -> Plan.Pattern {
        var plan = Plan.Pattern()
        plan.key = id.key
        plan.instrument = try kind("patterns", id, "instrument", InstrumentCatalogue.all.map { Text($0.name) }, field: "instrument")
        plan.stepCount = Int((document.number("patterns", id, "steps") ?? 16).rounded())
        plan.length = .named(document.text("patterns", id, "length"))
        plan.gate = Float(document.number("patterns", id, "gate") ?? 0.5)
        plan.quantum = .named(document.text("patterns", id, "quantum"))
        plan.isPlaying = document.flag("patterns", id, "playing")
        plan.isLatched = document.flag("patterns", id, "latched")
        if let category = document.text("patterns", id, "category") {
            plan.model = models.firstIndex { $0.categories.contains(category) } ?? -1
            plan.category = plan.model < 0 ? -1 : models[plan.model].categories.firstIndex(of: category) ?? -1
        }
        plan.lanes = try lanes(id)
        return plan
    }

    private func lanes(_ pattern: Text) throws(StarlingError) -> [Plan.Lane] {
        let ids = document.ordered("lanes", where: "pattern", is: pattern)
        guard ids.count <= Plan.Limit.lanes else {
            throw StarlingError("A pattern has up to " + Text(Plan.Limit.lanes) + " notes. Delete one first, or add another pattern.")
        }
        return ids.map { id in
            Plan.Lane(
                note: Float(document.number("lanes", id, "note") ?? 60),
                velocities: document.numbers("lanes", id, "velocities").map { Float($0) })
        }
    }

    /// What becomes of the notes an instrument holds.
    func arpeggio(_ instrument: Text) -> Plan.Arpeggio {
        var plan = Plan.Arpeggio()
        plan.mode = .named(document.text("instruments", instrument, "arpeggio"))
        plan.length = .named(document.text("instruments", instrument, "rate"))
        plan.octaves = Int((document.number("instruments", instrument, "octaves") ?? 1).rounded())
        plan.gate = Float(document.number("instruments", instrument, "gate") ?? 0.5)
        return plan
    }
}
