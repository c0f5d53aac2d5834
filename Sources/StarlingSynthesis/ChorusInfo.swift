import StarlingMath

extension Chorus {
    /// The chorus's record in the catalogue.
    static let info = EffectInfo(
        id: 3, name: "chorus", label: "Chorus",
        help: "Turns one player into several, from a shimmer to a swooshing flanger.",
        reference: "J. Dattorro, \"Effect design, part 2: delay-line modulation and chorus\", JAES 1997.",
        parameters: [
            ParameterInfo(
                "rate", label: "Rate", unit: .hertz, range: 0.05...8, default: 0.6, curve: .logarithmic,
                help: "How often the copies swing back and forth."),
            ParameterInfo(
                "depth", label: "Depth", unit: .ratio, default: 0.4,
                help: "How far the copies swing: from standing still (0) to a semitone (1)."),
            ParameterInfo(
                "delay", label: "Delay", unit: .seconds, range: 0.0005...0.03, default: 0.012, curve: .logarithmic,
                help: "How far the copies lag behind: a flanger near 1 ms, a chorus from 8 ms on."),
            ParameterInfo(
                "feedback", label: "Feedback", range: -0.95...0.95, default: 0,
                help: "How much of the copies goes round again: a flanger's edge, hollow below 0 and ringing above."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.8,
                help: "From copies in the middle (0) to copies that swing apart on the stage (1)."),
            ParameterInfo(
                "thickness", label: "Thickness", unit: .ratio, default: 0.6,
                help: "From one copy a side (0) to two (1)."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 0.5,
                help: "From the sound alone (0) over both (0.5) to the copies alone (1), which is a vibrato."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("chorus", label: "Chorus", values: [0.6, 0.4, 0.012, 0, 0.8, 0.6, 0.5]),
        PresetInfo("ensemble", label: "Ensemble", values: [1.4, 0.35, 0.02, 0, 1, 1, 0.65]),
        PresetInfo("flanger", label: "Flanger", values: [0.15, 0.85, 0.0018, 0.65, 0.4, 0, 0.5]),
        PresetInfo("hollow", label: "Hollow", values: [0.08, 0.9, 0.0025, -0.8, 1, 0, 0.5]),
        PresetInfo("vibrato", label: "Vibrato", values: [5.5, 0.45, 0.006, 0, 0, 0, 1]),
    ]
}
