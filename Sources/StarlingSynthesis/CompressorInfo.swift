import StarlingMath

extension Compressor {
    /// The compressor's record in the catalogue.
    static let info = EffectInfo(
        id: 6, name: "compressor", label: "Compressor",
        help: "Evens out loud and soft: sound comes closer, holds together, or pumps.",
        reference: """
            D. Giannoulis, M. Massberg and J. Reiss, "Digital dynamic range compressor design: a tutorial and analysis", \
            JAES 2012.
            """,
        parameters: [
            ParameterInfo(
                "threshold", label: "Threshold", unit: .decibels, range: -60...0, default: -24,
                help: "The level from which on sound is made less loud."),
            ParameterInfo(
                "ratio", label: "Ratio", range: 1...20, default: 3, curve: .logarithmic,
                help: "How many decibels more going in make one more coming out: 1 changes nothing, 20 is a wall."),
            ParameterInfo(
                "knee", label: "Knee", unit: .decibels, range: 0...24, default: 6,
                help: "How gently the change begins around the threshold."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.0005...0.2, default: 0.01, curve: .logarithmic,
                help: "How long it takes to become less loud: longer lets the beginning of a sound through."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.02...2, default: 0.15, curve: .logarithmic,
                help: "How long it takes to recover."),
            ParameterInfo(
                "makeup", label: "Make-up", unit: .decibels, range: -12...24, default: 7,
                help: "How much louder everything is made behind it."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 1,
                help: "From the sound alone (0) to the compressed sound alone (1)."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("glue", label: "Glue", values: [-24, 3, 6, 0.01, 0.15, 7, 1]),
        PresetInfo("voice", label: "Voice", values: [-28, 4, 9, 0.004, 0.12, 11, 1]),
        PresetInfo("punch", label: "Punch", values: [-26, 6, 3, 0.03, 0.09, 11, 1]),
        PresetInfo("squashed", label: "Squashed", values: [-36, 16, 12, 0.001, 0.25, 21, 0.8]),
        PresetInfo("parallel", label: "Parallel", values: [-46, 12, 6, 0.002, 0.3, 16, 0.35]),
    ]
}
