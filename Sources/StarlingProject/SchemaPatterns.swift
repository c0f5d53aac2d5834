import StarlingMath

extension Schema {
    private static let lengths: [StaticString] = ["1/4", "1/4t", "1/8", "1/8t", "1/16", "1/16t", "1/32", "1/32t"]

    /// What becomes of the notes an instrument holds: the order in which they are played, how fast, through how many octaves, and how
    /// much of a step each lasts.
    static let arpeggioFields: [FieldInfo] = [
        FieldInfo("arpeggio", .choice(["off", "up", "down", "updown", "random", "played"]), .optional),
        FieldInfo("rate", .choice(lengths), .optional),
        FieldInfo("octaves", .number(1...4), .optional),
        FieldInfo("gate", .number(0.05...1), .optional),
    ]

    /// Tables of what plays in time; behind all others.
    ///
    /// - `patterns`: notes in steps for one kind of instrument. `quantum` says at what they begin and end; `category` launches it when
    ///   it is recognised, and unless it is latched ends it when it no longer is.
    /// - `lanes`: one note of a pattern, with a velocity a step, 0 for not at all.
    static let patternTables: [TableInfo] = [
        TableInfo("patterns", maximum: 16, [
            FieldInfo("name", .text(maximum: 200)), FieldInfo("order", .number(-1e9...1e9), .otherwise(.number(0))),
            FieldInfo("instrument", .key),
            FieldInfo("steps", .number(1...16), .otherwise(.number(16))),
            FieldInfo("length", .choice(lengths), .otherwise(.text("1/16"))),
            FieldInfo("gate", .number(0.05...1), .otherwise(.number(0.5))),
            FieldInfo("quantum", .choice(["now", "step", "beat", "bar"]), .otherwise(.text("bar"))),
            FieldInfo("category", .reference("categories"), .optional),
            FieldInfo("latched", .flag, .otherwise(.flag(true))),
            FieldInfo("playing", .flag, .otherwise(.flag(false))),
        ]),
        TableInfo("lanes", maximum: 256, [
            FieldInfo("pattern", .reference("patterns")), FieldInfo("order", .number(-1e9...1e9), .otherwise(.number(0))),
            FieldInfo("note", .number(0...127)),
            FieldInfo("velocities", .numbers(0...1, maximum: 16), .otherwise(.numbers([]))),
        ]),
    ]
}
