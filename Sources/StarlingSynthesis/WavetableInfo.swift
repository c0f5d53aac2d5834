import StarlingMath

extension Wavetable {
    /// The wavetable synthesiser's record in the catalogue.
    static let info = InstrumentInfo(
        id: 9, name: "wavetable", label: "Wavetable",
        help: "Waves that turn into each other, from soft over vocal to metallic: moving pads, talking basses, glass and bells.",
        reference: """
            R. Bristow-Johnson, "Wavetable synthesis 101, a fundamental perspective", AES 101, 1996; a table a bandwidth.
            """,
        parameters: [
            ParameterInfo(
                "table", label: "Table", range: 0...3, default: 0.3,
                help: "From soft (0) over classic (1) and vocal (2) to metallic (3) waves, and everything in between."),
            ParameterInfo(
                "morph", label: "Morph", unit: .ratio, default: 0.35,
                help: "Where on the way through the table: what models and hands should move."),
            ParameterInfo(
                "sway", label: "Sway", unit: .ratio, default: 0.3, help: "How far the morph swings back and forth by itself."),
            ParameterInfo(
                "rate", label: "Rate", unit: .hertz, range: 0.03...12, default: 0.25, curve: .logarithmic,
                help: "How often it swings."),
            ParameterInfo(
                "bloom", label: "Bloom", range: -1...1, default: 0.2, help: "How far each note's contour moves the morph."),
            ParameterInfo(
                "unison", label: "Unison", unit: .ratio, default: 0.4,
                help: "From one oscillator in the middle (0) to four that are out of tune across the stage (1)."),
            ParameterInfo(
                "cutoff", label: "Cutoff", unit: .hertz, range: 60...16_000, default: 4_000, curve: .logarithmic,
                help: "Where the filter begins to take away what is above."),
            ParameterInfo(
                "resonance", label: "Resonance", unit: .ratio, default: 0.1, help: "How much the filter sings at its cutoff."),
            ParameterInfo(
                "sweep", label: "Sweep", unit: .semitones, range: -60...60, default: 6,
                help: "How far each note's contour moves the cutoff."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.002...8, default: 0.12, curve: .logarithmic,
                help: "How long a note takes to rise."),
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.02...12, default: 1.5, curve: .logarithmic,
                help: "How long it takes to fall to what is held."),
            ParameterInfo(
                "sustain", label: "Sustain", unit: .ratio, default: 0.75, help: "How much of the note is held."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.01...12, default: 0.8, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0, help: "Moves all notes up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud it is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo(
            "drift", label: "Drift",
            values: [0.3, 0.35, 0.3, 0.25, 0.2, 0.4, 4_000, 0.1, 6, 0.12, 1.5, 0.75, 0.8, 0, 0]),
        PresetInfo(
            "talking", label: "Talking",
            values: [2, 0.5, 0.9, 0.6, 0, 0.25, 6_000, 0.05, 0, 0.03, 1, 0.85, 0.3, 0, -1]),
        PresetInfo(
            "glass", label: "Glass",
            values: [3, 0.15, 0.1, 0.1, 0.35, 0.3, 7_000, 0.1, 12, 0.004, 2.5, 0.1, 2.5, 0, 3]),
        PresetInfo(
            "growl", label: "Growl",
            values: [1.6, 0.3, 0.5, 3, 0.3, 0.2, 700, 0.5, 30, 0.004, 0.5, 0.5, 0.2, -12, 5.5]),
        PresetInfo(
            "choirs", label: "Choirs",
            values: [2.2, 0.1, 0.5, 0.12, 0.3, 0.85, 3_000, 0, 10, 0.7, 2, 0.9, 2, 0, 0]),
        PresetInfo(
            "organ", label: "Organ", values: [0, 0.75, 0.05, 5.5, 0, 0.12, 8_000, 0, 0, 0.01, 0.2, 1, 0.08, 0, -2.5]),
    ]
}
