import StarlingMath

extension Schema {
    private static let anyNumber = -1e9...1e9
    private static let order = FieldInfo("order", .number(anyNumber), .otherwise(.number(0)))

    /// Tables of what moves the parameters besides models and hands.
    ///
    /// - `mappings`: from a slot's path to a parameter, or to `INSTRUMENT/note`. `from` and `to` are in the source's unit,
    ///   its whole range where they are absent; `low` and `high` are positions 0...1 of the destination, of notes 1 is
    ///   number 127. `smoothing` is the time constant in seconds, `falling` that of the way down where it differs. `steps` draws
    ///   to so many, `scale` on a `root` (0 is C) to pitches. Notes sound above the loudness `gate` in dB. Where several have one
    ///   destination, the first in order places it and the others add their movements.
    /// - `points`: the plane. A point has the sound of a category, or else its own: a value for each of its parameters.
    static let mappingTables: [TableInfo] = [
        TableInfo("mappings", maximum: 1_024, [
            FieldInfo("source", .text(maximum: 200)), FieldInfo("destination", .key),
            FieldInfo("low", .number(anyNumber)), FieldInfo("high", .number(anyNumber)),
            FieldInfo("curve", .choice(["linear", "exponential", "logarithmic", "s-curve"]), .otherwise(.text("linear"))),
            FieldInfo("smoothing", .number(0...60), .otherwise(.number(0))),
            FieldInfo("falling", .number(0...60), .optional),
            FieldInfo("from", .number(anyNumber), .optional), FieldInfo("to", .number(anyNumber), .optional),
            FieldInfo("steps", .number(0...1_000), .otherwise(.number(0))),
            FieldInfo(
                "scale", .choice([
                    "chromatic", "major", "minor", "harmonic-minor", "dorian", "mixolydian", "pentatonic", "minor-pentatonic",
                    "blues", "whole-tone", "fifths",
                ]), .optional),
            FieldInfo("root", .number(0...11), .otherwise(.number(0))),
            FieldInfo("gate", .number(-200...0), .otherwise(.number(-200))),
            FieldInfo("active", .flag, .otherwise(.flag(true))), order,
        ]),
        TableInfo("points", maximum: 32, [
            FieldInfo("name", .text(maximum: 200)), order,
            FieldInfo("x", .number(0...1)), FieldInfo("y", .number(0...1)),
            FieldInfo("category", .reference("categories"), .optional),
            FieldInfo("parameters", .keys(maximum: 512), .otherwise(.texts([]))),
            FieldInfo("values", .numbers(anyNumber, maximum: 512), .otherwise(.numbers([]))),
        ]),
    ]
}
