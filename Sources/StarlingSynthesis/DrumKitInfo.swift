import StarlingMath

extension DrumKit {
    /// The drum kit's record in the catalogue.
    static let info = InstrumentInfo(
        id: 5, name: "drums", label: "Drums",
        help: """
            A drum machine: kick (C2), snare (D2), clap (D#2), hats (F#2, A#2), toms, cymbals, cowbell and more, on the notes of \
            General MIDI.
            """,
        reference: """
            Notes after General MIDI level 1, percussion key map; partials and filtered noise in the manner of analogue machines.
            """,
        parameters: [
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -12...12, default: 0, help: "Moves all drums up or down."),
            ParameterInfo(
                "decay", label: "Decay", unit: .ratio, default: 0.5,
                help: "From dry and short (0) to long and roomy (1): a quarter to four times."),
            ParameterInfo(
                "snap", label: "Snap", unit: .ratio, default: 0.5,
                help: "From skin and body (0) to stick, snare wires and noise (1)."),
            ParameterInfo(
                "tone", label: "Tone", unit: .ratio, default: 0.5, help: "From dark (0) to bright noise (1)."),
            ParameterInfo(
                "punch", label: "Punch", unit: .ratio, default: 0.5,
                help: "How far the pitch of kick and toms falls with each stroke."),
            ParameterInfo(
                "metal", label: "Metal", unit: .ratio, default: 0.5,
                help: "From ringing tones (0) to a wash (1) in hats, cymbals and bells."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.5,
                help: "How far the drums stand apart on the stage."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud the kit is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("machine", label: "Machine", values: [0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0]),
        PresetInfo("tight", label: "Tight", values: [2, 0.2, 0.6, 0.6, 0.7, 0.6, 0.3, 1.5]),
        PresetInfo("deep", label: "Deep", values: [-5, 0.8, 0.35, 0.35, 0.6, 0.4, 0.5, 0]),
        PresetInfo("paper", label: "Paper", values: [5, 0.35, 0.85, 0.75, 0.2, 0.9, 0.7, -0.5]),
        PresetInfo("bells", label: "Bells", values: [7, 0.9, 0.25, 0.6, 0.1, 0.05, 0.8, 0]),
    ]
}
