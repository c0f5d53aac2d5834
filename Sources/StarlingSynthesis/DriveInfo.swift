import StarlingMath

extension Drive {
    /// The drive's record in the catalogue.
    static let info = EffectInfo(
        id: 4, name: "drive", label: "Drive",
        help: "Warms the sound up, makes it growl, or tears it.",
        reference: "Waveshaping at eight times the sample rate; U. Zölzer (ed.), \"DAFX: Digital audio effects\", 2nd ed. 2011, ch. 4.",
        parameters: [
            ParameterInfo(
                "drive", label: "Drive", unit: .decibels, range: 0...36, default: 12, help: "How hard the sound is driven."),
            ParameterInfo(
                "character", label: "Character", range: 0...3, default: 0.4,
                help: "From soft (0) over tube (1) and hard (2) to folded (3), and everything in between."),
            ParameterInfo("tone", label: "Tone", unit: .ratio, default: 0.7, help: "From dull (0) to sharp (1)."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 1, help: "From the sound alone (0) to the driven sound alone (1)."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -24...12, default: 0,
                help: "How loud the driven sound is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("warm", label: "Warm", values: [12, 0.4, 0.7, 1, 0]),
        PresetInfo("tube", label: "Tube", values: [20, 1, 0.65, 1, -1.5]),
        PresetInfo("crunch", label: "Crunch", values: [26, 1.7, 0.55, 1, -4]),
        PresetInfo("fuzz", label: "Fuzz", values: [36, 2, 0.5, 1, -5]),
        PresetInfo("folded", label: "Folded", values: [21, 3, 0.6, 0.8, -1.5]),
    ]
}
