import StarlingMath

extension Subtractive {
    /// The subtractive synthesiser's record in the catalogue.
    static let info = InstrumentInfo(
        id: 2, name: "subtractive", label: "Synthesiser",
        help: """
            The classic synthesiser: rich oscillators and a filter that opens and closes with each note, from warm pads to \
            biting basses.
            """,
        reference: """
            Band-limited wavetables; state-variable and ladder filters after V. Zavalishin, "The art of VA filter design", 2012.
            """,
        parameters: [
            ParameterInfo(
                "shape", label: "Shape", range: 0...2, default: 1,
                help: "From a soft triangle (0) through a sawtooth (1) to a pulse (2), and everything in between."),
            ParameterInfo(
                "width", label: "Pulse width", unit: .ratio, range: 0.05...0.95, default: 0.5,
                help: "How long the pulse lasts: even and hollow (0.5) to thin and nasal at both ends."),
            ParameterInfo(
                "unison", label: "Unison", unit: .ratio, default: 0.4,
                help: "From one oscillator in the middle (0) to three that are out of tune across the stage (1)."),
            ParameterInfo(
                "interval", label: "Interval", unit: .semitones, range: -24...24, default: -12,
                help: "How far the second oscillator is from the first."),
            ParameterInfo(
                "mix", label: "Mix", unit: .ratio, default: 0.3,
                help: "From the first oscillators alone (0) to the second alone (1)."),
            ParameterInfo(
                "cutoff", label: "Cutoff", unit: .hertz, range: 30...16_000, default: 1_100, curve: .logarithmic,
                help: "Where the filter begins to take away."),
            ParameterInfo(
                "resonance", label: "Resonance", unit: .ratio, default: 0.3,
                help: "How much the filter sings at its cutoff."),
            ParameterInfo(
                "filter", label: "Filter", range: 0...2, default: 0,
                help: "What passes: below the cutoff (0), around it (1) or above it (2)."),
            ParameterInfo(
                "sweep", label: "Sweep", unit: .semitones, range: -60...60, default: 18,
                help: "How far the contour of each note moves the cutoff."),
            ParameterInfo(
                "follow", label: "Follow", unit: .ratio, default: 0.5,
                help: "How far the cutoff follows the note: not at all (0) to fully (1)."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.002...8, default: 0.03, curve: .logarithmic,
                help: "How long a note takes to rise."),
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.02...12, default: 0.9, curve: .logarithmic,
                help: "How long it takes to fall to what is held."),
            ParameterInfo(
                "sustain", label: "Sustain", unit: .ratio, default: 0.7, help: "How much of the note is held."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.01...12, default: 0.5, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0, help: "Moves all notes up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0,
                help: "How loud the synthesiser is."),
            ParameterInfo(
                "ladder", label: "Ladder", range: 0...1, default: 0, curve: .stepped,
                help: "Which filter: a clean one (0) or the transistor ladder (1), rounder, and singing by itself at full resonance."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo(
            "warm", label: "Warm",
            values: [1, 0.5, 0.4, -12, 0.3, 1_100, 0.3, 0, 18, 0.5, 0.03, 0.9, 0.7, 0.5, 0, 0, 0]),
        PresetInfo(
            "strings", label: "Strings",
            values: [1, 0.5, 0.8, 0, 0.35, 2_600, 0.05, 0, 6, 0.6, 0.5, 1, 0.9, 1.6, 0, -4, 0]),
        PresetInfo(
            "bass", label: "Bass",
            values: [1.35, 0.4, 0.15, -12, 0.55, 160, 0.55, 0, 40, 0.3, 0.003, 0.5, 0.45, 0.15, -12, 7, 0]),
        PresetInfo(
            "flute", label: "Flute",
            values: [0.1, 0.5, 0, 12, 0.12, 1_800, 0.1, 0, 8, 0.8, 0.06, 0.4, 0.85, 0.2, 0, -3, 0]),
        PresetInfo(
            "hollow", label: "Hollow",
            values: [2, 0.5, 0.25, 7, 0.25, 900, 0.45, 0.4, 12, 0.7, 0.15, 2, 0.6, 1.2, 0, 10, 0]),
        PresetInfo(
            "lead", label: "Lead",
            values: [1.6, 0.22, 0.55, 12, 0.3, 1_500, 0.5, 0, 24, 0.7, 0.005, 0.35, 0.6, 0.25, 0, 3, 0]),
        PresetInfo(
            "acid", label: "Acid",
            values: [1, 0.5, 0, 12, 0, 260, 0.82, 0, 38, 0.4, 0.003, 0.4, 0.3, 0.12, 0, 11, 1]),
        PresetInfo(
            "brass", label: "Brass",
            values: [1, 0.5, 0.5, 0, 0.4, 420, 0.25, 0, 34, 0.6, 0.07, 0.6, 0.75, 0.3, 0, 0, 1]),
    ]
}
