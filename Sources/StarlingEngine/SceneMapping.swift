import StarlingMath
import StarlingProject
import StarlingSynthesis

extension Scene {
    /// What a note destination stands for: `synth/note` plays the instrument.
    static let note = ParameterInfo(
        "note", label: "Notes", unit: .noteNumber, range: 0...127, default: 60,
        help: "Plays the instrument: the note that its source means, while the sound is loud enough.")

    /// The mappings that are on, in order. One whose source or destination is gone is passed over: it does no harm, and works
    /// again when what it needs is back.
    func mappings() -> [Plan.Mapping] {
        document.ordered("mappings").filter { document.flag("mappings", $0, "active") }.compactMap { mapping($0) }
    }

    private func mapping(_ id: Text) -> Plan.Mapping? {
        let source = document.text("mappings", id, "source") ?? Text()
        guard let slot = slots.first(where: { $0.path == source }), let destination = destination(id) else { return nil }
        func number(_ field: Text) -> Float? { document.number("mappings", id, field).map { Float($0) } }
        var mapping = Plan.Mapping()
        mapping.key = id.key
        mapping.source = slot.slot
        mapping.from = number("from") ?? slot.info.minimum
        mapping.to = number("to") ?? slot.info.maximum
        mapping.isLogarithmic = slot.info.curve == .logarithmic && mapping.from > 0 && mapping.to > 0
        mapping.destination = destination.index
        mapping.low = number("low") ?? 0
        mapping.high = number("high") ?? 1
        let curve = document.text("mappings", id, "curve")
        mapping.curve = MappingCurve.allCases.first { Text($0.name) == curve } ?? .linear
        mapping.rising = number("smoothing") ?? 0
        mapping.falling = number("falling") ?? mapping.rising
        mapping.steps = Int(number("steps") ?? 0)
        mapping.scale = scale(id, isNote: destination.isNote)
        if destination.isNote {
            mapping.gate = number("gate") ?? -200
            if slot.path == "/listen/mic/pitch" { mapping.clarity = slot.slot + 1 }
        }
        return mapping
    }

    /// The pitches a mapping is drawn to; notes are at least those of a keyboard.
    private func scale(_ id: Text, isNote: Bool) -> PitchSet {
        let name = document.text("mappings", id, "scale")
        guard let scale = Scale.allCases.first(where: { Text($0.name) == name }) ?? (isNote ? .chromatic : nil) else {
            return PitchSet(mask: 0)
        }
        return scale.pitches(root: Int(document.number("mappings", id, "root") ?? 0))
    }

    private func destination(_ id: Text) -> (index: Int, isNote: Bool)? {
        let path = document.text("mappings", id, "destination") ?? Text()
        if let parameter = parameter(path) { return (parameter, false) }
        let instrument = InstrumentCatalogue.all.firstIndex { Text($0.name) + "/note" == path }
        return instrument.map { (layout.parameters.count + $0, true) }
    }

    /// The plane's points in order.
    func points() -> [Plan.Point] {
        let paths = layout.parameters.map { $0.path }
        return document.ordered("points").map { id in
            var point = Plan.Point()
            point.x = Float(document.number("points", id, "x") ?? 0)
            point.y = Float(document.number("points", id, "y") ?? 0)
            point.positions = document.text("points", id, "category").map { preset($0) } ?? ownSound(id, paths)
            for p in layout.parameters.indices where Text(layout.parameters[p].owner) == Text(Plane.name) {
                point.positions[p] = .nan  // the cursor is the player's
            }
            return point
        }
    }

    /// A point's own values. They mostly come in the order of the layout, so that each is looked for behind the one before.
    private func ownSound(_ id: Text, _ paths: [Text]) -> [Float] {
        var positions = [Float](repeating: .nan, count: paths.count)
        var next = 0
        for (path, value) in zip(document.texts("points", id, "parameters"), document.numbers("points", id, "values")) {
            guard let index = paths[next...].firstIndex(of: path) ?? paths[..<next].firstIndex(of: path) else { continue }
            positions[index] = layout.parameters[index].info.position(value: Float(value))
            next = index
        }
        return positions
    }
}
