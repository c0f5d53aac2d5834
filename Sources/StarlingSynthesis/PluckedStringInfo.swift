import StarlingMath

extension PluckedString {
    /// The plucked string's record in the catalogue.
    static let info = InstrumentInfo(
        id: 4, name: "string", label: "Plucked string",
        help: """
            Strings that are plucked and ring: guitar, harp, koto, a muted bass, depending on where and how hard they are plucked.
            """,
        reference: """
            D. Jaffe and J. Smith, "Extensions of the Karplus-Strong plucked-string algorithm", CMJ 1983.
            """,
        parameters: [
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.1...20, default: 4, curve: .logarithmic,
                help: "How long a string rings, by 60 dB, around middle C; lower ones ring longer."),
            ParameterInfo(
                "damping", label: "Damping", unit: .ratio, default: 0.3,
                help: "How much sooner the high partials die away: from steel (0) to gut and felt (1)."),
            ParameterInfo(
                "hardness", label: "Hardness", unit: .ratio, default: 0.7,
                help: "From a soft thumb (0) to a hard plectrum (1)."),
            ParameterInfo(
                "position", label: "Position", unit: .ratio, range: 0.02...0.5, default: 0.22,
                help: "Where the string is plucked: thin near the bridge (0.02) to hollow in the middle (0.5)."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.02...20, default: 0.4, curve: .logarithmic,
                help: "How long it rings on once the note ends."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.5, help: "How far the strings stand apart on the stage."),
            ParameterInfo(
                "body", label: "Body", unit: .ratio, default: 0.4, help: "How much warmth the wood adds below."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0, help: "Moves all strings up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud the strings are."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("guitar", label: "Guitar", values: [4, 0.3, 0.7, 0.22, 0.4, 0.5, 0.4, 0, 0]),
        PresetInfo("harp", label: "Harp", values: [6, 0.4, 0.5, 0.42, 3, 0.9, 0.6, 0, 0]),
        PresetInfo("koto", label: "Koto", values: [2.5, 0.15, 0.9, 0.08, 0.8, 0.4, 0.15, 0, 0]),
        PresetInfo("muted", label: "Muted", values: [0.5, 0.7, 0.5, 0.3, 0.1, 0.2, 0.8, 0, 4.5]),
        PresetInfo("wires", label: "Wires", values: [18, 0.03, 0.85, 0.13, 12, 1, 0.1, 12, -5]),
    ]
}
