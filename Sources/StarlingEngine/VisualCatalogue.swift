import StarlingMath

/// All pictures there are. A new one is a record here, its words in `VisualWords`, and a file of its name in `web/visuals`.
public enum VisualCatalogue {
    /// The pictures in the order in which they are offered.
    public static let all: [VisualInfo] = [
        VisualInfo(
            1, "ink", hue: 0.73, light: 0.75, speed: 0.35, response: 0.6,
            own: [
                knob("size", "Size", 0.5, "How large the drops are."),
                knob("density", "Density", 0.6, "How many drops there are."),
                knob("spread", "Spread", 0.15, "From one colour (0) to many (1)."),
            ]),
        VisualInfo(
            2, "particles", hue: 0.73, light: 0.75, speed: 0.4, response: 0.6,
            own: [
                knob("size", "Size", 0.35, "How large each spark is."),
                knob("density", "Density", 0.6, "How many sparks fly."),
                knob("chaos", "Chaos", 0.4, "From one calm flock (0) to a storm (1)."),
                knob("trail", "Trail", 0.6, "How long their traces stay."),
            ]),
        VisualInfo(
            3, "tunnel", hue: 0.75, light: 0.75, speed: 0.4, response: 0.6,
            own: [
                knob("twist", "Twist", 0.25, "Which way it turns, and how fast.", -1...1),
                knob("fold", "Fold", 6, "How often it is mirrored.", 1...12, .stepped),
                knob("trail", "Trail", 0.7, "How deep the tunnel is."),
            ]),
        VisualInfo(
            4, "scope", hue: 0.73, light: 0.75, speed: 0.2, response: 0.7,
            own: [
                knob("shape", "Shape", 1, "A line (0), a ring (1), a knot (2), and everything between.", 0...2),
                knob("size", "Size", 0.5, "How large the sound is drawn."),
                knob("width", "Width", 0.3, "How broad the beam is."),
                knob("trail", "Trail", 0.6, "How long the light stays."),
            ]),
        VisualInfo(
            5, "type", hue: 0.73, light: 0.8, speed: 0.3, response: 0.6,
            own: [
                knob("size", "Size", 0.6, "How large the letters are."),
                knob("glow", "Glow", 0.5, "How far the letters shine."),
                knob("echoes", "Echoes", 4, "How many outlines surround them.", 0...8, .stepped),
                knob("wave", "Wave", 0.3, "How much the letters bend."),
            ]),
        VisualInfo(
            6, "tiles", hue: 0.7, light: 0.75, speed: 0.3, response: 0.6,
            own: [
                knob("size", "Size", 0.5, "How large the tiles are."),
                knob("fold", "Fold", 6, "How often it is mirrored.", 1...12, .stepped),
                knob("spread", "Spread", 0.2, "From one colour (0) to many (1)."),
            ]),
    ]
}
