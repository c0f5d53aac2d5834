import StarlingEngine
import StarlingMath
import StarlingProject

/// An engine whose `choir/breath` is mapped from a control, and what tests of mapping need to say briefly.
final class Rig {
    var project = ProjectSession()
    let stage: Stage

    /// `fields` are those of the mapping that differ from an even way from control 1 to the breath; `more` are further mappings.
    init(_ fields: [String: Value], more: [String: [String: Value]] = [:], changes: [Change] = []) throws {
        let controls: [Change] = ["1", "2"].flatMap { (number: Text) in
            [Change("controls", "control-" + number, "name", .text(number)), Change("controls", "control-" + number, "source", .text("osc"))]
        }
        let instruments: [Change] = [
            Change("instruments", "synth", "kind", .text("subtractive")), Change("instruments", "string", "kind", .text("string")),
            Change("instruments", "choir", "playing", .flag(false)),
        ]
        let others = more.sorted { $0.key < $1.key }.flatMap { Self.mapping(Text($0.key), $0.value) }
        _ = try project.apply(Command("Rig", controls + instruments + Self.mapping("m", fields) + others + changes))
        stage = try Stage(project: project.document)
    }

    static func mapping(_ id: Text, _ fields: [String: Value]) -> [Change] {
        let usual: [String: Value] = [
            "source": .text("/listen/control/1"), "destination": .text("choir/breath"), "low": .number(0), "high": .number(1),
        ]
        return usual.merging(fields) { $1 }.map { Change("mappings", id, Text($0.key), $0.value) }
    }

    static func point(_ id: Text, _ x: Double, _ y: Double, _ sound: [String: Double]) -> [Change] {
        let sorted = sound.sorted { $0.key < $1.key }
        return [
            Change("points", id, "name", .text(id)), Change("points", id, "x", .number(x)), Change("points", id, "y", .number(y)),
            Change("points", id, "parameters", .texts(sorted.map { Text($0.key) })), Change("points", id, "values", .numbers(sorted.map { $0.value })),
        ]
    }

    func change(_ changes: Change...) throws { try change(changes) }

    func change(_ changes: [Change]) throws {
        _ = try project.apply(Command("Change", changes))
        try stage.load(project.document)
    }

    func slot(_ parameter: Text) throws -> Int {
        guard let index = stage.engine.layout.parameters.firstIndex(where: { $0.path == parameter }) else {
            throw StarlingError("no parameter " + parameter)
        }
        return stage.engine.layout.play.lowerBound + index
    }

    func set(control: Int, _ value: Float) throws {
        stage.engine.schedule(Event(.set, slot: stage.engine.layout.controls.lowerBound + control - 1, value: value))
    }

    func set(_ parameter: Text, _ value: Float) throws { stage.engine.schedule(Event(.set, slot: try slot(parameter), value: value)) }

    func now(_ parameter: Text) throws -> Float { stage.engine.bus[try slot(parameter)] }

    /// A parameter's value after control 1 has stood somewhere for a while.
    func value(_ parameter: Text, at control: Float, wait: Float = 0.3) throws -> Float {
        try set(control: 1, control)
        stage.silence(seconds: wait)
        return try now(parameter)
    }

    func breath(at control: Float, wait: Float = 0.3) throws -> Float { try value("choir/breath", at: control, wait: wait) }

    /// How long the breath takes to get somewhere, to a tick.
    func seconds(control: Float, until isThere: (Float) -> Bool) throws -> Float {
        try set(control: 1, control)
        for tick in 1...1_000_000 {
            stage.silence(seconds: 32 / 48_000)
            if isThere(try now("choir/breath")) { return Float(tick) * 32 / 48_000 }
        }
        throw StarlingError("it never got there")
    }
}
