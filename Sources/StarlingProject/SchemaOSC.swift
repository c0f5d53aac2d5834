import StarlingMath

extension Schema {
    /// Tables of what comes and goes by OSC, and of outputs that are numbers; behind all others.
    ///
    /// - `labels`: a take's categories in further outputs.
    /// - `knobs`: continuous outputs. A take whose rows have a column `MODEL/KNOB` was taught with those values.
    /// - `osc`: the addresses of one frame of inputs and of one message of outputs.
    /// - `oscinputs`: the arguments of a frame; the id is the column of rows.
    /// - `oscoutputs`: for a model (of the same id) how Wekinator's vocabulary treats it.
    static let oscTables: [TableInfo] = [
        TableInfo("labels", maximum: 100_000, [
            FieldInfo("take", .reference("takes")), FieldInfo("category", .reference("categories")),
        ]),
        TableInfo("knobs", maximum: 256, [
            FieldInfo("model", .reference("models")), FieldInfo("name", .text(maximum: 200)),
            FieldInfo("order", .number(-1e9...1e9), .otherwise(.number(0))),
            FieldInfo("minimum", .number(-1e9...1e9), .otherwise(.number(0))),
            FieldInfo("maximum", .number(-1e9...1e9), .otherwise(.number(1))),
            FieldInfo("default", .number(-1e9...1e9), .otherwise(.number(0))),
            FieldInfo("whole", .flag, .otherwise(.flag(false))),
        ]),
        TableInfo("osc", maximum: 16, [
            FieldInfo("inputs", .text(maximum: 200), .otherwise(.text("/wek/inputs"))),
            FieldInfo("outputs", .text(maximum: 200), .otherwise(.text("/wek/outputs"))),
        ]),
        TableInfo("oscinputs", maximum: 1_024, [
            FieldInfo("name", .text(maximum: 200)), FieldInfo("order", .number(-1e9...1e9), .otherwise(.number(0))),
        ]),
        TableInfo("oscoutputs", maximum: 64, [
            FieldInfo("hard", .flag, .otherwise(.flag(false))),
            FieldInfo("distribution", .flag, .otherwise(.flag(false))),
            FieldInfo("threshold", .number(0...1e9), .otherwise(.number(5))),
        ]),
    ]
}
