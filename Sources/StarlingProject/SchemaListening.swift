import StarlingMath

extension Schema {
    private static let anyNumber = -1e9...1e9

    /// Tables of how the studio listens; behind all others.
    ///
    /// - `listening`: how sound is cut into frames and measured: samples a frame, whose conventions `mfcc` follows and of how many
    ///   mel bands (as many as the profile has, if absent); what counts as a beginning, by how much the threshold is raised, and
    ///   how long after one there is no other.
    /// - `derived`: slots worked out of others; the id is its name, `derived-1` to `derived-64`. The source is a column of takes;
    ///   `seconds` the window, distance or time constant; low and high are the ends of the source's range.
    static let listeningTables: [TableInfo] = [
        TableInfo("listening", maximum: 1, onlyID: "listening", [
            FieldInfo("frame", .number(512...4096), .otherwise(.number(1024))),
            FieldInfo("profile", .choice(["own", "librosa", "flucoma", "meyda"]), .otherwise(.text("own"))),
            FieldInfo("bands", .number(13...128), .optional),
            FieldInfo("beginnings", .choice(["combined", "flux", "energy", "high", "complex"]), .otherwise(.text("combined"))),
            FieldInfo("threshold", .number(0.1...10), .otherwise(.number(1))),
            FieldInfo("refractory", .number(0.02...2), .otherwise(.number(0.07))),
        ]),
        TableInfo("derived", maximum: 64, [
            FieldInfo("name", .text(maximum: 200)), FieldInfo("order", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("source", .key),
            FieldInfo("kind", .choice([
                "mean", "deviation", "minimum", "maximum", "slope", "delta", "acceleration", "lag", "smooth", "euro", "gate", "scale",
            ])),
            FieldInfo("seconds", .number(0.001...5), .otherwise(.number(0.2))),
            FieldInfo("amount", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("low", .number(anyNumber), .optional), FieldInfo("high", .number(anyNumber), .optional),
        ]),
    ]
}
