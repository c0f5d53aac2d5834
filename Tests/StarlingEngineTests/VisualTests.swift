import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// Pictures: parameters on the bus like any other, of which the audio thread draws nothing.
struct VisualTests {
    private static let ink: [Change] = [Change("visuals", "ink", "kind", .text("ink"))]

    @Test(arguments: VisualCatalogue.all.indices) func recordIsComplete(index: Int) {
        let info = VisualCatalogue.all[index]
        let presets = info.words.presets
        #expect(presets.count >= 3)
        #expect(presets[0].values == info.parameters.map { $0.defaultValue })
        for preset in presets {
            #expect(preset.values.count == info.parameters.count)
            for (parameter, value) in zip(info.parameters, preset.values) { #expect(parameter.limited(value) == value) }
        }
        #expect(Set(info.parameters.map { $0.name.description }).count == info.parameters.count)
        #expect(VisualCatalogue.all.filter { $0.id == info.id }.count == 1)
    }

    @Test func theirParametersAreSlots() throws {
        let paths = try Scene(.starter()).slots.map { $0.path }
        for info in VisualCatalogue.all {
            for parameter in info.parameters { #expect(paths.contains("/play/" + Text(info.name) + "/" + Text(parameter.name))) }
        }
    }

    @Test func aMappingMovesThem() throws {
        var room = try Classroom(Self.ink + [
            Change("controls", "control-1", "name", .text("Left")), Change("controls", "control-1", "source", .text("osc")),
            Change("mappings", "m", "source", .text("/listen/control/1")), Change("mappings", "m", "destination", .text("ink/size")),
            Change("mappings", "m", "low", .number(0)), Change("mappings", "m", "high", .number(1)),
        ])
        try room.apply(Change("project", "project", "name", .text("Mapped")))
        let source = try #require(room.project.scene.slots.first { $0.label == "Left" })
        let stage = try room.stage()
        let size = try room.slot("/play/ink/size")
        for value in [Float(0), 0.25, 1] {
            stage.engine.schedule(Event(.set, slot: source.slot, value: value))
            stage.silence(seconds: 0.5)
            #expect(abs(stage.engine.bus[size] - value) < 0.01)
        }
    }

    @Test func aPadRemembersHowTheyLooked() throws {
        var room = try Classroom(Self.ink + [Change("parameters", "ink/hue", "value", .number(0.125))])
        _ = try room.project.apply(try room.project.scene.capturePreset("pad-1"))
        #expect(room.project.document.number("presets", "pad-1/ink/hue", "value") == 0.125)
        #expect(!room.project.document.has("presets", "pad-1/tunnel/hue"), "what is not in the project is not the pad's")
    }
}
