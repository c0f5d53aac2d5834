import StarlingMath

extension Granular {
    /// The granular instrument's record in the catalogue.
    static let info = InstrumentInfo(
        id: 7, name: "granular", label: "Granular",
        help: """
            A cloud of grains, short moments of a sound that you have recorded or loaded, or of what the microphone hears now. \
            Notes give the pitch.
            """,
        reference: "C. Roads, \"Microsound\", MIT Press 2001; asynchronous granular synthesis.",
        parameters: [
            ParameterInfo(
                "sound", label: "Sound", range: 0...8, default: 1, curve: .stepped,
                help: "Which of the eight sounds it is made of, an empty one is a sung tone; 0: what is heard now."),
            ParameterInfo(
                "position", label: "Position", unit: .ratio, default: 0.3,
                help: "Where in the sound grains come from: what models and hands should move."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.06, help: "How far around the position they come from."),
            ParameterInfo(
                "scan", label: "Scan", range: -2...2, default: 0,
                help: "How fast the position moves by itself: 1 as recorded, 0 stands still, below 0 backwards."),
            ParameterInfo(
                "length", label: "Length", unit: .seconds, range: 0.01...0.5, default: 0.12, curve: .logarithmic,
                help: "How long a grain is."),
            ParameterInfo(
                "density", label: "Density", unit: .hertz, range: 1...100, default: 30, curve: .logarithmic,
                help: "How many grains begin each second."),
            ParameterInfo(
                "pitch", label: "Pitch", unit: .semitones, range: -36...36, default: 0, help: "Moves all grains up or down."),
            ParameterInfo(
                "detune", label: "Detune", unit: .semitones, range: 0...12, default: 0.08,
                help: "How far each grain strays from the pitch."),
            ParameterInfo(
                "pan", label: "Pan", unit: .ratio, default: 0.7, help: "How far grains lie across the stage."),
            ParameterInfo(
                "shape", label: "Shape", range: -1...1, default: 0,
                help: "From plucked grains (-1) over round ones (0) to ones that are full to their edges (1)."),
            ParameterInfo(
                "chance", label: "Chance", unit: .ratio, default: 0.6, help: "From regular (0) to any time (1)."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.002...8, default: 0.15, curve: .logarithmic,
                help: "How long a note takes to rise."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.01...12, default: 0.6, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud it is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo(
            "cloud", label: "Cloud",
            values: [1, 0.3, 0.06, 0, 0.12, 30, 0, 0.08, 0.7, 0, 0.6, 0.15, 0.6, 0]),
        PresetInfo(
            "frozen", label: "Frozen",
            values: [1, 0.4, 0.01, 0, 0.4, 20, 0, 0.03, 0.5, 0, 0.5, 0.8, 2, 0]),
        PresetInfo(
            "slow-motion", label: "Slow motion",
            values: [1, 0, 0.02, 0.2, 0.15, 40, 0, 0.02, 0.4, 0, 0.4, 0.02, 0.4, 0]),
        PresetInfo(
            "rain", label: "Rain", values: [1, 0.3, 0.5, 0, 0.06, 14, 12, 0.1, 1, -1, 1, 0.01, 0.8, 0]),
        PresetInfo(
            "echo-of-now", label: "Echo of now",
            values: [0, 0.8, 0.12, 0, 0.2, 25, 0, 0.1, 0.9, 0, 0.7, 0.1, 1.5, 0]),
    ]
}
