import StarlingMath

extension Struck {
    /// The record of struck bars, bells and skins in the catalogue.
    static let info = InstrumentInfo(
        id: 6, name: "struck", label: "Mallets",
        help: """
            Things that ring when struck, from marimba over glockenspiel and bell to a tuned skin, and everything in between.
            """,
        reference: """
            Modal synthesis; modes after N. Fletcher and T. Rossing, "The Physics of Musical Instruments", 1998.
            """,
        parameters: [
            ParameterInfo(
                "material", label: "Material", range: 0...4, default: 0,
                help: "Marimba (0), metal bar (1), bell (2), tine (3), skin (4), and everything in between."),
            ParameterInfo(
                "decay", label: "Decay", unit: .seconds, range: 0.1...20, default: 1.2, curve: .logarithmic,
                help: "How long it rings, by 60 dB, around middle C; lower ones ring longer."),
            ParameterInfo(
                "damping", label: "Damping", unit: .ratio, default: 0.45,
                help: "How much sooner high partials die away: metal (0) to wood (1)."),
            ParameterInfo(
                "hardness", label: "Hardness", unit: .ratio, default: 0.5,
                help: "From a soft felt mallet (0) to a hammer (1)."),
            ParameterInfo(
                "position", label: "Position", unit: .ratio, range: 0.03...0.5, default: 0.36,
                help: "Where it is struck: at the edge (0.03) or in the middle (0.5)."),
            ParameterInfo(
                "release", label: "Release", unit: .seconds, range: 0.02...20, default: 1.2, curve: .logarithmic,
                help: "How long it rings on once the note ends."),
            ParameterInfo(
                "spread", label: "Spread", unit: .ratio, default: 0.5, help: "How far the partials stand apart on the stage."),
            ParameterInfo(
                "tune", label: "Tune", unit: .semitones, range: -24...24, default: 0, help: "Moves all notes up or down."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -60...12, default: 0, help: "How loud it is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("marimba", label: "Marimba", values: [0, 1.2, 0.45, 0.5, 0.36, 1.2, 0.5, 0, 0]),
        PresetInfo("glockenspiel", label: "Glockenspiel", values: [1, 4, 0.15, 0.8, 0.3, 4, 0.4, 12, -4.5]),
        PresetInfo("bell", label: "Bell", values: [2, 9, 0.2, 0.7, 0.2, 3, 0.7, 0, -10]),
        PresetInfo("music-box", label: "Music box", values: [3, 2.5, 0.4, 0.75, 0.15, 1.5, 0.3, 12, -1]),
        PresetInfo("skin", label: "Skin", values: [4, 0.7, 0.35, 0.45, 0.4, 0.5, 0.3, -12, 0]),
    ]
}
