import StarlingFeatures
import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingSynthesis

/// Everything there is to choose from, as JSON: what the studio, the command line and the docs draw themselves from.
public enum Catalogue {
    /// Features, models, instruments, effects, pictures, drives, scales and curves of mappings, patterns, and the engine's sizes.
    public static func json() -> JSON {
        .object([
            .init("features", .list(FeatureCatalogue.all.map(feature))),
            .init("models", .list(ModelCatalogue.all.map(model))),
            .init("instruments", .list(InstrumentCatalogue.all.map(instrument))),
            .init("effects", .list(EffectCatalogue.all.map(effect))),
            .init("visuals", .list(VisualCatalogue.all.map(visual))),
            .init("drives", .list(Drive.allCases.map(drive))),
            .init("profiles", .list(CepstrumProfile.allCases.map { .text(Text($0.name)) })),
            .init("beginnings", .list(OnsetFunction.allCases.map { .text(Text($0.name)) })),
            .init("derivations", .list(DerivationKind.allCases.map(derivation))),
            .init("scales", .list(Scale.allCases.map { word($0.name, $0.label) })),
            .init("curves", .list(MappingCurve.allCases.map { word($0.name, $0.label) })),
            .init("note", parameter(Scene.note)),
            .init("controls", .number(Double(Controls.count))),
            .init("derived", .number(Double(Derived.count))),
            .init("hopSize", .number(Double(Engine.hopSize))),
            .init("frameSize", .number(Double(Engine.frameSize))),
            .init("tickSize", .number(Double(Engine.tickSize))),
            .init("busCapacity", .number(Double(BusLayout.capacity))),
            .init("blobCapacity", .number(Double(4 * Engine.weightsCapacity))),
        ] + PatternCatalogue.json)
    }

    private static func word(_ name: StaticString, _ label: StaticString) -> JSON {
        .object([.init("name", .text(Text(name))), .init("label", .text(Text(label)))])
    }

    private static func feature(_ info: FeatureInfo) -> JSON {
        .object(
            head(info.id, info.name, info.label, info.help, info.reference)
                + [.init("tolerance", .text(Text(info.tolerance))), .init("basic", .flag(info.isBasic)), .init("outputs", .list(info.outputs.map(parameter)))])
    }

    private static func model(_ info: ModelInfo) -> JSON {
        .object(
            head(info.id, info.name, info.label, info.help, info.reference)
                + [
                    .init("tasks", .list(info.tasks.map { .text(Text($0.name)) })),
                    .init("settings", .list(info.settings.map(parameter))),
                ])
    }

    private static func instrument(_ info: InstrumentInfo) -> JSON {
        .object(
            head(info.id, info.name, info.label, info.help, info.reference)
                + played(info.parameters, info.presets))
    }

    private static func effect(_ info: EffectInfo) -> JSON {
        .object(
            head(info.id, info.name, info.label, info.help, info.reference)
                + played(info.parameters, info.presets))
    }

    private static func visual(_ info: VisualInfo) -> JSON {
        .object(
            head(info.id, info.name, info.words.label, info.words.help, info.words.reference)
                + played(info.parameters, info.words.presets))
    }

    private static func drive(_ drive: Drive) -> JSON {
        .object([
            .init("name", .text(Text(drive.name))), .init("label", .text(Text(drive.label))),
            .init("help", .text(Text(drive.help))),
        ])
    }

    private static func derivation(_ kind: DerivationKind) -> JSON {
        .object([
            .init("name", .text(Text(kind.name))), .init("label", .text(Text(kind.label))), .init("help", .text(Text(kind.help))),
            .init("reference", .text(Text(kind.reference))),
        ])
    }

    private static func head(
        _ id: UInt16, _ name: StaticString, _ label: StaticString, _ help: StaticString, _ reference: StaticString
    ) -> [JSON.Member] {
        [
            .init("id", .number(Double(id))), .init("name", .text(Text(name))), .init("label", .text(Text(label))),
            .init("help", .text(Text(help))), .init("reference", .text(Text(reference))),
        ]
    }

    private static func played(_ parameters: [ParameterInfo], _ presets: [PresetInfo]) -> [JSON.Member] {
        [
            .init("parameters", .list(parameters.map(parameter))),
            .init("presets", .list(presets.map(preset))),
        ]
    }

    private static func preset(_ info: PresetInfo) -> JSON {
        .object([
            .init("name", .text(Text(info.name))), .init("label", .text(Text(info.label))),
            .init("values", .list(info.values.map(number))),
        ])
    }

    /// One parameter's record.
    public static func parameter(_ info: ParameterInfo) -> JSON { .object(members(info)) }

    static func members(_ info: ParameterInfo) -> [JSON.Member] {
        [
            .init("name", .text(Text(info.name))), .init("label", .text(Text(info.label))),
            .init("unit", .text(Text(info.unit.symbol))), .init("minimum", number(info.minimum)),
            .init("maximum", number(info.maximum)), .init("default", number(info.defaultValue)),
            .init("curve", .text(Text(info.curve.name))), .init("help", .text(Text(info.help))),
        ]
    }

    /// A float as the shortest decimal that reads back as the same float.
    static func number(_ value: Float) -> JSON { .number(Text(shortest: value).double ?? Double(value)) }
}

extension Drive {
    /// The name for people.
    var label: StaticString {
        switch self {
        case .switch: "Switch"
        case .blend: "Blend"
        case .follow: "Follow"
        case .gesture: "Gesture"
        }
    }

    /// What it does, in one sentence.
    var help: StaticString {
        switch self {
        case .switch: "The pad that is recognised recalls its sound."
        case .blend: "The pads' sounds are mixed, each as far as it is recognised."
        case .follow: "The knobs move smoothly between the settings you taught."
        case .gesture: "A movement or a phrase that is recognised recalls its sound, and shows how far it is."
        }
    }
}
