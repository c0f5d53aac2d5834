import StarlingMath

extension JSON {
    /// The value as UTF-8 text: members in their order, numbers in the fewest digits that read back the same.
    ///
    /// NaN and infinities, which JSON lacks, are written as `null`. With `pretty` each member and element has a
    /// line of its own, except in lists of numbers and texts.
    public func written(pretty: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: pretty ? 0 : nil)
        if pretty { bytes.append(10) }
        return bytes
    }

    private func write(to bytes: inout [UInt8], indent: Int?) {
        switch self {
        case .null: bytes += Text("null").utf8
        case .flag(let flag): bytes += Text(flag ? "true" : "false").utf8
        case .number(let number): bytes += Text(shortest: number).utf8
        case .text(let text): Self.write(text, to: &bytes)
        case .list(let list):
            let inner = list.contains { $0.isNested } ? indent : nil
            Self.write(list.count, between: 91, 93, to: &bytes, indent: inner) { i, bytes, indent in
                list[i].write(to: &bytes, indent: indent)
            }
        case .object(let members):
            Self.write(members.count, between: 123, 125, to: &bytes, indent: indent) { i, bytes, indent in
                Self.write(members[i].name, to: &bytes)
                bytes.append(58)
                if indent != nil { bytes.append(32) }
                members[i].value.write(to: &bytes, indent: indent)
            }
        }
    }

    private var isNested: Bool {
        switch self {
        case .list, .object: true
        default: false
        }
    }

    private static func write(
        _ count: Int, between first: UInt8, _ last: UInt8, to bytes: inout [UInt8], indent: Int?,
        item: (Int, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(first)
        for i in 0..<count {
            if i > 0 { bytes.append(44) }
            breakLine(&bytes, indent: indent.map { $0 + 1 })
            item(i, &bytes, indent.map { $0 + 1 })
        }
        if count > 0 { breakLine(&bytes, indent: indent) }
        bytes.append(last)
    }

    private static func breakLine(_ bytes: inout [UInt8], indent: Int?) {
        guard let indent else { return }
        bytes.append(10)
        bytes += [UInt8](repeating: 32, count: 2 * indent)
    }

    private static func write(_ text: Text, to bytes: inout [UInt8]) {
        bytes.append(34)
        for byte in text.utf8 {
            switch byte {
            case 34, 92: bytes += [92, byte]
            case 10: bytes += [92, 110]
            case 0..<32: bytes += Text("\\u00").utf8 + [48 + byte >> 4, hexDigit(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(34)
    }
}

/// The lower-case hexadecimal digit of a number 0...15.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
