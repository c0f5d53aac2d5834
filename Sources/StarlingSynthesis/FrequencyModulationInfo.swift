import StarlingMath

extension FrequencyModulation {
    /// The record of frequency modulation in the catalogue.
    static let info = InstrumentInfo(
        id: 3, name: "fm", label: "FM",
        help: """
            Four sines that bend each other: electric pianos, bells, brass and glassy pads that answer to how hard you play.
            """,
        reference: """
            J. Chowning, "The synthesis of complex audio spectra by means of frequency modulation", JAES 1973.
            """,
        parameters: [
            ParameterInfo(
                "algorithm", label: "Algorithm", range: 1...7, default: 4,
                help: "Who bends whom: from a row of four (1) over two pairs (4) to four sines side by side (7)."),
            ParameterInfo(
                "ratio-2", label: "Ratio 2", range: 0.25...16, default: 14, curve: .logarithmic,
                help: "The second sine's frequency as a multiple of the note's."),
            ParameterInfo(
                "ratio-3", label: "Ratio 3", range: 0.25...16, default: 1, curve: .logarithmic,
                help: "The third sine's frequency as a multiple of the note's."),
            ParameterInfo(
                "ratio-4", label: "Ratio 4", range: 0.25...16, default: 1, curve: .logarithmic,
                help: "The fourth sine's frequency as a multiple of the note's."),
            ParameterInfo(
                "index", label: "Index", unit: .ratio, default: 0.38,
                help: "How strongly the sines bend each other: pure (0) to harsh (1)."),
            ParameterInfo(
                "feedback", label: "Feedback", unit: .ratio, default: 0.1, help: "How strongly the fourth sine bends itself."),
            ParameterInfo(
                "bite", label: "Bite", unit: .ratio, default: 0.7,
                help: "How much of the bending comes with the beginning of a note and dies away."),
            ParameterInfo(
                "bite-decay", label: "Bite decay", unit: .seconds, range: 0.02...12, default: 0.7, curve: .logarithmic,
                help: "How long the bite lasts."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.002...8, default: 0.002, curve: .logarithmic,
                help: "How long a note takes to rise."),
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.02...12, default: 4, curve: .logarithmic,
                help: "How long it takes to fall to what is held."),
            ParameterInfo(
                "sustain", label: "Sustain", unit: .ratio, default: 0.15, help: "How much of the note is held."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.01...12, default: 0.35, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.4, help: "How far the sines stand apart on the stage."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0, help: "Moves all notes up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud it is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo(
            "keys", label: "Keys",
            values: [4, 14, 1, 1, 0.38, 0.1, 0.7, 0.7, 0.002, 4, 0.15, 0.35, 0.4, 0, 0]),
        PresetInfo(
            "bell", label: "Bell",
            values: [4, 3.5, 2.756, 5.4, 0.45, 0, 0.5, 2.5, 0.002, 6, 0.1, 3, 0.7, 0, 0]),
        PresetInfo(
            "brass", label: "Brass",
            values: [2, 1, 1, 1, 0.5, 0.3, 0.35, 1.2, 0.07, 0.6, 0.75, 0.15, 0, 0, 0]),
        PresetInfo(
            "glass", label: "Glass",
            values: [4.6, 2, 3, 7, 0.22, 0, 0.2, 4, 0.4, 3, 0.7, 2.5, 0.9, 0, -1.5]),
        PresetInfo(
            "growl", label: "Growl",
            values: [1, 1, 2, 0.5, 0.55, 0.5, 0.6, 0.6, 0.005, 0.8, 0.5, 0.15, 0, -12, 1.5]),
        PresetInfo(
            "organ", label: "Organ",
            values: [7, 2, 3, 0.5, 0.2, 0, 0, 1, 0.008, 0.4, 0.9, 0.06, 0.5, 0, 0]),
    ]
}
