import StarlingMath
import StarlingProject
import StarlingSynthesis

extension Document {
    /// A project with one instrument, one effect and three pads that sound differently, and nothing taught.
    public static func starter() -> Document {
        do {
            var document = try Document(json: try JSON(reading: starterText.utf8))
            var presets: [Change] = []
            for (index, category) in document.ordered("categories").enumerated() {
                presets += preset(of: category, number: index)
            }
            _ = try document.apply(Command("New project", presets))
            return document
        } catch {
            preconditionFailure("the starter project must fit the schema")
        }
    }

    private static var starterText: Text {
        """
        {"inputs": {"mic": {"kind": "microphone"}},
         "models": {"sounds": {"name": "Sounds", "kind": "mlp", "inputs": ["centroid", "zero-crossing-rate", "mfcc"], "gate": -50}},
         "categories": {
            "pad-1": {"model": "sounds", "name": "One", "order": 1},
            "pad-2": {"model": "sounds", "name": "Two", "order": 2},
            "pad-3": {"model": "sounds", "name": "Three", "order": 3}},
         "instruments": {"choir": {"kind": "choir", "name": "Choir", "playing": true, "notes": [48, 55, 60, 64]}},
         "effects": {"reverb": {"kind": "reverb", "name": "Space"}}}
        """
    }

    /// The first instrument's presets, one a pad.
    private static func preset(of category: Text, number: Int) -> [Change] {
        let instrument = InstrumentCatalogue.all[0]
        let values = instrument.presets[number % instrument.presets.count].values
        var changes: [Change] = []
        for (parameter, value) in zip(instrument.parameters, values) {
            changes += preset(Text(instrument.name) + "/" + Text(parameter.name), category, value)
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
}
