import StarlingMath

extension Choir {
    /// The choir's record in the catalogue.
    static let info = InstrumentInfo(
        id: 1, name: "choir", label: "Choir",
        help: """
            Singing voices: each note is sung by up to four singers across the stage, on vowels that melt into each other.
            """,
        reference: """
            Formant synthesis after D. Klatt, "Software for a cascade/parallel formant synthesizer", JASA 1980, \
            with parallel formants.
            """,
        parameters: [
            ParameterInfo(
                "vowel", label: "Vowel", range: 0...4, default: 0,
                help: "From a (0) through e (1), i (2) and o (3) to u (4), and everything in between."),
            ParameterInfo(
                "breath", label: "Breath", unit: .ratio, default: 0.2, help: "From clear singing (0) to whispering (1)."),
            ParameterInfo(
                "brightness", label: "Brightness", unit: .ratio, default: 0.5,
                help: "From a soft, covered tone (0) to a ringing one (1)."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.6,
                help: "From one singer in the middle (0) to an ensemble across the stage (1)."),
            ParameterInfo(
                "vibrato", label: "Vibrato", unit: .semitones, range: 0...1, default: 0.2,
                help: "How far the pitch swings up and down once a note is settled."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.005...8, default: 0.12, curve: .logarithmic,
                help: "How long a note takes to swell."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.02...12, default: 0.6, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0,
                help: "Moves all notes up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud the choir is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("choir", label: "Choir", values: [0, 0.2, 0.5, 0.6, 0.2, 0.12, 0.6, 0, 0]),
        PresetInfo("whisper", label: "Whisper", values: [1.3, 0.9, 0.85, 0.8, 0.1, 0.06, 0.9, 0, 1]),
        PresetInfo("swell", label: "Swell", values: [3.4, 0.25, 0.55, 1, 0.25, 2.2, 3.5, 0, -2]),
        PresetInfo("glass", label: "Glass", values: [2, 0.1, 0.95, 0.7, 0.04, 0.008, 2.6, 12, 1]),
        PresetInfo("storm", label: "Storm", values: [3.8, 0.65, 0.75, 1, 0.7, 0.5, 2, -12, 1]),
        PresetInfo("solo", label: "Solo", values: [0.4, 0.12, 0.6, 0, 0.3, 0.05, 0.25, 0, -1]),
    ]
}
