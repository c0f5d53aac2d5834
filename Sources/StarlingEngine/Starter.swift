import StarlingMath
import StarlingProject
import StarlingSynthesis

extension Document {
    /// A project with the first instrument, the first effect and three pads that sound differently, and nothing taught.
    public static func starter() -> Document {
        var document = Document()
        do {
            _ = try document.apply(Command("New project", starterChanges))
        } catch {
            preconditionFailure("the starter project must fit the schema")
        }
        return document
    }

    private static var starterChanges: [Change] {
        let instrument = InstrumentCatalogue.all[0]
        let effect = EffectCatalogue.all[0]
        var changes = [
            Change("inputs", "mic", "kind", .text("microphone")),
            Change("models", "sounds", "name", .text("Sounds")),
            Change("models", "sounds", "kind", .text("mlp")),
            Change("models", "sounds", "inputs", .texts(["centroid", "zero-crossing-rate", "mfcc"])),
            Change("models", "sounds", "gate", .number(-50)),
            Change("instruments", Text(instrument.name), "kind", .text(Text(instrument.name))),
            Change("instruments", Text(instrument.name), "name", .text(Text(instrument.label))),
            Change("instruments", Text(instrument.name), "playing", .flag(true)),
            Change("instruments", Text(instrument.name), "notes", .numbers([48, 55, 60, 64])),
            Change("effects", Text(effect.name), "kind", .text(Text(effect.name))),
            Change("effects", Text(effect.name), "name", .text(Text(effect.label))),
        ]
        for (index, name) in (["One", "Two", "Three"] as [Text]).enumerated() {
            let id = "pad-" + Text(index + 1)
            changes.append(Change("categories", id, "model", .text("sounds")))
            changes.append(Change("categories", id, "name", .text(name)))
            changes.append(Change("categories", id, "order", .number(Double(index + 1))))
            changes += preset(of: id, instrument, instrument.presets[index % instrument.presets.count])
        }
        return changes
    }

    /// A category's value for a parameter, in a record of that id or a new one.
    static func preset(_ parameter: Text, _ category: Text, _ value: Float, id: Text? = nil) -> [Change] {
        let id = id ?? Text(utf8: Array((category + "/" + parameter).utf8.prefix(64)))
        return [
            Change("presets", id, "category", .text(category)), Change("presets", id, "parameter", .text(parameter)),
            Change("presets", id, "value", .number(Double(value))),
        ]
    }

    private static func preset(of category: Text, _ info: InstrumentInfo, _ preset: PresetInfo) -> [Change] {
        info.parameters.indices.flatMap { index in
            self.preset(Text(info.name) + "/" + Text(info.parameters[index].name), category, preset.values[index])
        }
    }
}
