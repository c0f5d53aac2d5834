import StarlingMath

extension Filter {
    /// The filter's record in the catalogue.
    static let info = EffectInfo(
        id: 5, name: "filter", label: "Filter",
        help: "Takes away what is above, below or beside a place, which may swing or follow the loudness.",
        reference: "State-variable and ladder filters after V. Zavalishin, \"The art of VA filter design\", 2012.",
        parameters: [
            ParameterInfo(
                "kind", label: "Kind", range: 0...4, default: 0, curve: .stepped,
                help: """
                    What passes: 0 below the cutoff, 1 around it, 2 above it, 3 all but it, 4 below it through a ladder that \
                    sings by itself at full resonance.
                    """),
            ParameterInfo(
                "cutoff", label: "Cutoff", unit: .hertz, range: 30...16_000, default: 1_200, curve: .logarithmic,
                help: "Where the filter begins to take away."),
            ParameterInfo(
                "resonance", label: "Resonance", unit: .ratio, default: 0.35, help: "How much the filter sings at its cutoff."),
            ParameterInfo(
                "drive", label: "Drive", unit: .decibels, range: 0...12, default: 0, help: "How hard the sound is driven into it."),
            ParameterInfo(
                "follow", label: "Follow", unit: .semitones, range: -48...48, default: 0,
                help: "How far loud sound moves the cutoff, up or down."),
            ParameterInfo(
                "swing", label: "Swing", unit: .semitones, range: 0...36, default: 0,
                help: "How far the cutoff swings by itself."),
            ParameterInfo(
                "rate", label: "Rate", unit: .hertz, range: 0.02...12, default: 0.3, curve: .logarithmic,
                help: "How often it swings."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 1, help: "From the sound alone (0) to the filtered sound alone (1)."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -24...12, default: 0, help: "How loud the filtered sound is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("muffled", label: "Muffled", values: [0, 1_200, 0.35, 0, 0, 0, 0.3, 1, 0]),
        PresetInfo("touch-wah", label: "Touch wah", values: [1, 350, 0.5, 3, 36, 0, 0.3, 0.9, 5]),
        PresetInfo("telephone", label: "Telephone", values: [1, 1_300, 0.15, 9, 0, 0, 0.3, 1, 1]),
        PresetInfo("waves", label: "Waves", values: [4, 900, 0.55, 3, 0, 22, 0.12, 1, 3]),
        PresetInfo("phasing", label: "Phasing", values: [3, 900, 0, 0, 0, 28, 0.25, 0.8, 0]),
        PresetInfo("thin", label: "Thin", values: [2, 700, 0.25, 0, 0, 0, 0.3, 1, 2]),
    ]
}
