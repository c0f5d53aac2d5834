import StarlingMath

extension Sampler {
    /// The sampler's record in the catalogue.
    static let info = InstrumentInfo(
        id: 8, name: "sampler", label: "Sampler",
        help: """
            Plays sounds that you have recorded or loaded: at the pitch of each note, or as a kit with a sound a note. Pitch and \
            time are independent: slow a sound down to a standstill and it keeps its pitch.
            """,
        reference: """
            W. Verhelst and M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA)", ICASSP 1993.
            """,
        parameters: [
            ParameterInfo(
                "sound", label: "Sound", range: 1...8, default: 1, curve: .stepped,
                help: "Which of the eight sounds it plays; an empty one is a sung tone."),
            ParameterInfo(
                "kit", label: "Kit", default: 0, curve: .stepped,
                help: "0: notes play one sound at their pitch. 1: each note from C2 up plays another sound as it is."),
            ParameterInfo(
                "pitch", label: "Pitch", unit: .semitones, range: -36...36, default: 0, help: "Moves all notes up or down."),
            ParameterInfo(
                "speed", label: "Speed", range: -2...2, default: 1,
                help: "How fast it goes through the sound: 1 as recorded, 0 stands still, below 0 backwards."),
            ParameterInfo(
                "stretch", label: "Stretch", default: 1, curve: .stepped,
                help: "1: pitch leaves time alone. 0: as on tape, higher is faster."),
            ParameterInfo(
                "start", label: "Start", unit: .ratio, default: 0, help: "Where in the sound notes begin."),
            ParameterInfo(
                "loop", label: "Loop", range: 0...2, default: 2, curve: .stepped,
                help: "0: once to its end. 1: once while the note is held. 2: again and again while it is held."),
            ParameterInfo(
                "attack", label: "Attack", unit: .seconds, range: 0.001...4, default: 0.005, curve: .logarithmic,
                help: "How long a note takes to rise."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.005...8, default: 0.2, curve: .logarithmic,
                help: "How long a note takes to die away."),
            ParameterInfo(
                "touch", label: "Touch", unit: .ratio, default: 0.6, help: "How much softer soft notes are."),
            ParameterInfo(
                "tone", label: "Tone", unit: .hertz, range: 100...16_000, default: 16_000, curve: .logarithmic,
                help: "Takes away what is above."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud it is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo(
            "keys", label: "Keys", values: [1, 0, 0, 1, 1, 0, 2, 0.005, 0.2, 0.6, 16_000, 0]),
        PresetInfo(
            "kit", label: "Kit", values: [1, 1, 0, 1, 1, 0, 0, 0.001, 0.05, 0.8, 16_000, -3.5]),
        PresetInfo(
            "tape", label: "Tape", values: [1, 0, -12, 1, 0, 0, 2, 0.02, 0.5, 0.4, 5_000, 0]),
        PresetInfo(
            "freeze", label: "Freeze", values: [1, 0, 0, 0, 1, 0.4, 2, 0.3, 1.5, 0.3, 9_000, 0]),
        PresetInfo(
            "backwards", label: "Backwards", values: [1, 0, 0, -0.5, 1, 0.8, 2, 0.4, 0.8, 0.4, 12_000, 0]),
    ]
}
