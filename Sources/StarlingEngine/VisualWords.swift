import StarlingMath
import StarlingSynthesis

/// What people read about a picture, and its presets: apart from its record, as the audio thread needs none of it.
public struct VisualWords: Sendable {
    /// The name for people.
    public let label: StaticString
    /// What is to be seen.
    public let help: StaticString
    /// Where its method is described.
    public let reference: StaticString
    /// Its presets; the first is made of the parameters' defaults.
    public let presets: [PresetInfo]

    /// The words in the catalogue's order.
    static let all: [VisualWords] = [
        VisualWords(
            label: "Ink", help: "Soft lights that drift and melt into each other, as ink does in water.",
            reference: "Blobs after J. Blinn, \"A generalization of algebraic surface drawing\", 1982.",
            presets: [
                PresetInfo("violet", label: "Violet", values: [0.73, 0.75, 0.35, 0.6, 0.5, 0.6, 0.15]),
                PresetInfo("embers", label: "Embers", values: [0.04, 0.7, 0.2, 0.8, 0.3, 0.9, 0.12]),
                PresetInfo("aurora", label: "Aurora", values: [0.42, 0.7, 0.5, 0.5, 0.8, 0.5, 0.45]),
                PresetInfo("deep", label: "Deep sea", values: [0.56, 0.55, 0.15, 0.7, 0.9, 0.3, 0.1]),
            ]),
        VisualWords(
            label: "Swarm", help: "Thousands of sparks that fly like starlings at dusk.",
            reference: "Curl noise after R. Bridson et al., \"Curl-noise for procedural fluid flow\", 2007.",
            presets: [
                PresetInfo("dusk", label: "Dusk", values: [0.73, 0.75, 0.4, 0.6, 0.35, 0.6, 0.4, 0.6]),
                PresetInfo("fireflies", label: "Fireflies", values: [0.12, 0.8, 0.15, 0.5, 0.9, 0.1, 0.25, 0.3]),
                PresetInfo("silk", label: "Silk", values: [0.52, 0.65, 0.3, 0.7, 0.1, 1, 0.15, 0.9]),
                PresetInfo("storm", label: "Storm", values: [0.95, 0.75, 0.8, 0.9, 0.3, 0.8, 0.9, 0.7]),
            ]),
        VisualWords(
            label: "Tunnel", help: "A flight through light: each picture is drawn into the one before.",
            reference: "Video feedback after J. Crutchfield, \"Space-time dynamics in video feedback\", 1984.",
            presets: [
                PresetInfo("rose", label: "Rose", values: [0.75, 0.75, 0.4, 0.6, 0.25, 6, 0.7]),
                PresetInfo("eye", label: "Eye", values: [0.55, 0.75, 0.3, 0.8, -0.1, 12, 0.9]),
                PresetInfo("spiral", label: "Spiral", values: [0.08, 0.75, 0.6, 0.5, 0.9, 2, 0.8]),
            ]),
        VisualWords(
            label: "Scope", help: "The sound itself, drawn by a beam of light.",
            reference: "A beam with a Gaussian profile, its light summed up along its way as a screen's phosphor does.",
            presets: [
                PresetInfo("ring", label: "Ring", values: [0.73, 0.75, 0.2, 0.7, 1, 0.5, 0.3, 0.6]),
                PresetInfo("beam", label: "Beam", values: [0.4, 0.75, 0, 0.7, 0, 0.6, 0.25, 0.4]),
                PresetInfo("lissajous", label: "Lissajous", values: [0.54, 0.75, 0.1, 0.8, 2, 0.7, 0.2, 0.8]),
            ]),
        VisualWords(
            label: "Words", help: "What is recognised, in large letters that breathe with the sound.",
            reference: "Distance fields after C. Green, \"Improved alpha-tested magnification\", 2007.",
            presets: [
                PresetInfo("breath", label: "Breath", values: [0.73, 0.8, 0.3, 0.6, 0.6, 0.5, 4, 0.3]),
                PresetInfo("plain", label: "Plain", values: [0.09, 0.9, 0.1, 0.3, 0.8, 0.15, 0, 0]),
                PresetInfo("ripples", label: "Ripples", values: [0.54, 0.75, 0.6, 0.9, 0.45, 0.6, 8, 0.7]),
            ]),
        VisualWords(
            label: "Tiles", help: "A slow kaleidoscope of glowing tiles.",
            reference: "Wallpaper groups after B. Grünbaum and G. Shephard, \"Tilings and Patterns\", 1987.",
            presets: [
                PresetInfo("window", label: "Window", values: [0.7, 0.75, 0.3, 0.6, 0.5, 6, 0.2]),
                PresetInfo("mosaic", label: "Mosaic", values: [0.08, 0.7, 0.2, 0.7, 0.25, 1, 0.15]),
                PresetInfo("crystal", label: "Crystal", values: [0.5, 0.75, 0.5, 0.5, 0.8, 12, 0.5]),
            ]),
    ]
}

extension VisualInfo {
    /// Its words and presets.
    public var words: VisualWords { VisualWords.all[VisualCatalogue.all.firstIndex { $0.id == id }!] }
}
