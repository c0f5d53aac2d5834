import StarlingMath

extension Schema {
    /// Tables of what comes and goes by OSC; behind all others.
    ///
    /// - `osc`: the addresses of one frame of inputs, whose arguments are `controls`, and of one message of outputs.
    /// - `oscoutputs`: for a model (of the same id) how Wekinator's vocabulary treats it; `once`: gestures are named when running stops.
    static let oscTables: [TableInfo] = [
        TableInfo("osc", maximum: 16, [
            FieldInfo("inputs", .text(maximum: 200), .otherwise(.text("/wek/inputs"))),
            FieldInfo("outputs", .text(maximum: 200), .otherwise(.text("/wek/outputs"))),
        ]),
        TableInfo("oscoutputs", maximum: 64, [
            FieldInfo("hard", .flag, .otherwise(.flag(false))),
            FieldInfo("distribution", .flag, .otherwise(.flag(false))),
            FieldInfo("once", .flag, .otherwise(.flag(false))),
            FieldInfo("threshold", .number(0...1e9), .otherwise(.number(5))),
        ]),
    ]
}
