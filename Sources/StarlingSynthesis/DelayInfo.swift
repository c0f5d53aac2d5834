import StarlingMath

extension Delay {
    /// The echo's record in the catalogue.
    static let info = EffectInfo(
        id: 2, name: "delay", label: "Echo",
        help: "Repeats the sound, softer and duller each time, on one side or from side to side.",
        reference: "Delay line with feedback; fractional delay after T. Laakso et al., \"Splitting the unit delay\", 1996.",
        parameters: [
            ParameterInfo(
                "time", label: "Time", unit: .seconds, range: 0.02...2, default: 0.375, curve: .logarithmic,
                help: "How long after the sound its echo comes."),
            ParameterInfo(
                "feedback", label: "Feedback", unit: .ratio, range: 0...0.95, default: 0.4,
                help: "How much of each echo is heard again."),
            ParameterInfo(
                "tone", label: "Tone", unit: .ratio, default: 0.7, help: "From dull (0) to clear (1) echoes."),
            ParameterInfo(
                "cross", label: "Cross", unit: .ratio, default: 0.5,
                help: "From echoes that stay where they are (0) to echoes that change sides (1)."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 0.3, help: "From the sound alone (0) to strong echoes (1)."),
            ParameterInfo(
                "sync", label: "In time", range: 0...8, default: 0, curve: .stepped,
                help: """
                    The echo in notes of the tempo instead of seconds: 0 free, 1 a sixteenth, 2 an eighth triplet, 3 an eighth, \
                    4 a dotted eighth, 5 a quarter triplet, 6 a quarter, 7 a dotted quarter, 8 a half.
                    """),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("echo", label: "Echo", values: [0.375, 0.4, 0.7, 0.5, 0.3, 0]),
        PresetInfo("slap", label: "Slap", values: [0.09, 0.1, 0.8, 0, 0.35, 0]),
        PresetInfo("ping-pong", label: "Ping-pong", values: [0.3, 0.6, 0.75, 1, 0.35, 0]),
        PresetInfo("endless", label: "Endless", values: [0.6, 0.92, 0.45, 0.6, 0.45, 0]),
        PresetInfo("dotted", label: "Dotted", values: [0.375, 0.45, 0.65, 0.3, 0.3, 4]),
    ]
}
