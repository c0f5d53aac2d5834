import StarlingMath

extension JSON {
    /// How large JSON may be: enough for the largest project, too little to fill the memory.
    public enum Limits {
        /// Bytes of text.
        public static let bytes = 16 << 20
        /// Lists and objects within each other.
        public static let depth = 32
        /// Values in all.
        public static let values = 1_000_000
    }

    /// Reads JSON text, strictly as RFC 8259 has it.
    ///
    /// Throws a sentence with line and column for anything else: also for a name that occurs twice in an object,
    /// numbers too large for a double, broken UTF-8, half a surrogate pair, and text beyond `Limits`.
    public init(reading bytes: [UInt8]) throws(StarlingError) {
        guard bytes.count <= Limits.bytes else {
            throw complaint("The JSON text is too large: at most % MB can be read.", Text(Limits.bytes >> 20))
        }
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    private var at = 0
    private var valueCount = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(StarlingError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw error("there is something behind the end of the value; remove it") }
        return value
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// An error here, with line and column, both from 1; a column is a character.
    private func error(_ what: StaticString, _ part: Text? = nil) -> StarlingError {
        var line = 1
        var column = 1
        for byte in bytes[..<min(at, bytes.count)] {
            if byte == 10 {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return complaint("The JSON text is wrong in line %, column %: %.", Text(line), Text(column), filled(what, part.map { [$0] } ?? []))
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(StarlingError) -> JSON {
        skipSpace()
        valueCount += 1
        guard valueCount <= JSON.Limits.values else {
            throw error("it has more than % values, which is the limit", Text(JSON.Limits.values))
        }
        guard depth < JSON.Limits.depth else {
            throw error("lists and objects lie more than % deep, which is the limit", Text(JSON.Limits.depth))
        }
        guard let next else { throw error("the text ends where a value should be") }
        switch next {
        case 123: return try object(depth: depth)
        case 91: return try list(depth: depth)
        case 34: return .text(try text())
        case 45, 48...57: return .number(try number())
        case 116: return try word("true", .flag(true))
        case 102: return try word("false", .flag(false))
        case 110: return try word("null", .null)
        default: throw error("a value is expected: an object, a list, a text in quotes, a number, true, false or null")
        }
    }

    private mutating func word(_ word: Text, _ value: JSON) throws(StarlingError) -> JSON {
        guard bytes[at...].starts(with: word.utf8) else { throw error("only true, false and null are words") }
        at += word.utf8.count
        return value
    }

    private mutating func list(depth: Int) throws(StarlingError) -> JSON {
        at += 1
        var list: [JSON] = []
        if skip(93) { return .list(list) }
        repeat { list.append(try value(depth: depth + 1)) } while skip(44)
        guard skip(93) else { throw error("a list needs a comma or its closing ] here") }
        return .list(list)
    }

    private mutating func object(depth: Int) throws(StarlingError) -> JSON {
        at += 1
        var members: [JSON.Member] = []
        if skip(125) { return .object(members) }
        repeat {
            skipSpace()
            guard next == 34 else { throw error("a member's name in quotes is expected") }
            let name = try text()
            guard skip(58) else { throw error("a colon is expected behind a member's name") }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
        } while skip(44)
        guard skip(125) else { throw error("an object needs a comma or its closing } here") }
        try checkNames(members)
        return .object(members)
    }

    private func checkNames(_ members: [JSON.Member]) throws(StarlingError) {
        if let place = repeated(count: members.count, text: { members[$0].name }) {
            throw error("the object ending here has two members named \"%\"", members[place].name.shortened)
        }
    }

    private mutating func number() throws(StarlingError) -> Double {
        let start = at
        if next == 45 { at += 1 }
        if next == 48 { at += 1 } else { try digits() }
        if next == 46 {
            at += 1
            try digits()
        }
        if let byte = next, byte | 32 == 101 {
            at += 1
            if next == 43 || next == 45 { at += 1 }
            try digits()
        }
        guard let number = Decimal(bytes[start..<at])?.double else {
            throw error("the number is too large; at most 1.8e308 can be read")
        }
        return number
    }

    private mutating func digits() throws(StarlingError) {
        let start = at
        while let byte = next, byte >= 48, byte <= 57 { at += 1 }
        guard at > start else { throw error("a digit is expected") }
    }

    private mutating func text() throws(StarlingError) -> Text {
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case 34:
                at += 1
                return Text(utf8: text)
            case 92: try escape(into: &text)
            case 0..<32: throw error("a text may not hold control characters; write them as \\n or \\u0000")
            default:
                let size = utf8Size(bytes, at: at)
                guard size > 0 else { throw error("the text is not proper UTF-8") }
                text += bytes[at..<at + size]
                at += size
            }
        }
        throw error("a text lacks its closing quote")
    }

    private mutating func escape(into text: inout [UInt8]) throws(StarlingError) {
        at += 1
        guard let byte = next else { throw error("a text lacks its closing quote") }
        at += 1
        switch byte {
        case 34, 47, 92: text.append(byte)
        case 98: text.append(8)
        case 102: text.append(12)
        case 110: text.append(10)
        case 114: text.append(13)
        case 116: text.append(9)
        case 117: appendUTF8(of: try scalar(), to: &text)
        default: throw error("this is no escape; after \\ comes one of \" \\ / b f n r t u")
        }
    }

    private mutating func scalar() throws(StarlingError) -> UInt32 {
        let first = try hex4()
        guard first & 0xF800 == 0xD800 else { return first }
        guard first < 0xDC00, next == 92, at + 1 < bytes.count, bytes[at + 1] == 117 else {
            throw error("half a surrogate pair stands alone")
        }
        at += 2
        let second = try hex4()
        guard second & 0xFC00 == 0xDC00 else { throw error("half a surrogate pair stands alone") }
        return 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
    }

    private mutating func hex4() throws(StarlingError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = hexValue(byte) else { throw error("\\u needs four hexadecimal digits") }
            value = value << 4 | digit
            at += 1
        }
        return value
    }
}

private func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: UInt32(byte - 48)
    case 65...70: UInt32(byte - 55)
    case 97...102: UInt32(byte - 87)
    default: nil
    }
}
