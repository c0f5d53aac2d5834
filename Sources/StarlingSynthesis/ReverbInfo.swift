import StarlingMath

extension Reverb {
    /// The reverb's record in the catalogue.
    static let info = EffectInfo(
        id: 1, name: "reverb", label: "Space",
        help: "A room around the sound, from a chamber to a cathedral.",
        reference: """
            Feedback delay network after J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial \
            reverberators", AES 90, 1991.
            """,
        parameters: [
            ParameterInfo(
                "size", label: "Size", unit: .ratio, default: 0.6, help: "From a small room (0) to a vast one (1)."),
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.2...20, default: 2.5, curve: .logarithmic,
                help: "How long the room takes to fall silent, by 60 dB."),
            ParameterInfo(
                "damping", label: "Damping", unit: .ratio, default: 0.5,
                help: "How much sooner high notes die away: from bare stone (0) to heavy curtains (1)."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 0.3, help: "From the sound alone (0) to the room alone (1)."),
            ParameterInfo(
                "freeze", label: "Freeze", unit: .ratio, default: 0,
                help: "Holds what sounds in the room for ever (1) and lets nothing more in."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("hall", label: "Hall", values: [0.6, 2.5, 0.5, 0.3, 0]),
        PresetInfo("chamber", label: "Chamber", values: [0.15, 0.8, 0.4, 0.25, 0]),
        PresetInfo("cathedral", label: "Cathedral", values: [1, 7, 0.6, 0.45, 0]),
        PresetInfo("cloud", label: "Cloud", values: [0.8, 15, 0.3, 0.5, 0]),
    ]
}
