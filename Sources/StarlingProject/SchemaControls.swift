import StarlingMath

extension Schema {
    private static let anyNumber = -1e9...1e9

    /// Tables of what the studio takes from and gives to other programs and devices; behind all others.
    ///
    /// - `controls`: what feeds a control; the id is its name, `control-1` and so on. The studio has room for fewer than a project
    ///   (`Controls.count`). OSC: an argument, from 0, of the messages to an address at a UDP port. MIDI: what a message says, on
    ///   a channel 1...16, or 0 for any; `number` is the note or controller. The transport follows a `clock`. Low and high are the ends of its range.
    /// - `sends`: what is sent where. OSC: the slots with these paths as one message to the address, or each to its own path, to
    ///   a host and port. MIDI: slots as controllers from `number` on or one as the pitch bend, a model's recognised categories as
    ///   notes, or the transport as a clock. Wekinator: all
    ///   outputs, as it sends them, while the page listens at `listen`.
    static let controlTables: [TableInfo] = [
        TableInfo("controls", maximum: 1_024, [
            FieldInfo("name", .text(maximum: 200)), FieldInfo("order", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("source", .choice(["osc", "midi"])),
            FieldInfo("address", .text(maximum: 200), .optional), FieldInfo("port", .number(1...65_535), .optional),
            FieldInfo("argument", .number(0...1_023), .otherwise(.number(0))),
            FieldInfo("message", .choice(["controller", "note", "key", "bend", "pressure", "tempo", "clock"]), .optional),
            FieldInfo("channel", .number(0...16), .otherwise(.number(0))),
            FieldInfo("number", .number(0...127), .optional),
            FieldInfo("low", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("high", .number(anyNumber), .otherwise(.number(1))),
        ]),
        TableInfo("sends", maximum: 32, [
            FieldInfo("name", .text(maximum: 200), .otherwise(.text(""))),
            FieldInfo("order", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("kind", .choice(["osc", "controllers", "notes", "wekinator", "bend", "clock"])),
            FieldInfo("active", .flag, .otherwise(.flag(true))),
            FieldInfo("slots", .keys(maximum: 64), .otherwise(.texts([]))),
            FieldInfo("rate", .number(1...200), .otherwise(.number(100))),
            FieldInfo("host", .text(maximum: 253), .otherwise(.text("127.0.0.1"))),
            FieldInfo("port", .number(1...65_535), .otherwise(.number(12_000))),
            FieldInfo("listen", .number(1...65_535), .otherwise(.number(6_448))),
            FieldInfo("address", .text(maximum: 200), .otherwise(.text("/wek/outputs"))),
            FieldInfo("separate", .flag, .otherwise(.flag(false))),
            FieldInfo("device", .text(maximum: 200), .otherwise(.text(""))),
            FieldInfo("channel", .number(1...16), .otherwise(.number(1))),
            FieldInfo("number", .number(0...127), .otherwise(.number(20))),
        ]),
    ]
}
