import StarlingMath

/// How many bytes the character at a place takes, 1...4; 0 where it is not proper UTF-8.
///
/// Reference: Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
func utf8Size(_ bytes: [UInt8], at: Int) -> Int {
    let lead = bytes[at]
    let size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard size > 1 else { return size }
    guard at + size <= bytes.count else { return 0 }
    for byte in bytes[(at + 1)..<(at + size)] where byte & 0xC0 != 0x80 { return 0 }
    switch (lead, bytes[at + 1]) {
    case (0xE0, ..<0xA0), (0xED, 0xA0...), (0xF0, ..<0x90), (0xF4, 0x90...): return 0
    default: return size
    }
}

/// Appends the UTF-8 bytes of a Unicode scalar.
func appendUTF8(of scalar: UInt32, to bytes: inout [UInt8]) {
    func part(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
    switch scalar {
    case ..<0x80: bytes.append(UInt8(scalar))
    case ..<0x800: bytes += [0xC0 | UInt8(scalar >> 6), part(0)]
    case ..<0x10000: bytes += [0xE0 | UInt8(scalar >> 12), part(6), part(0)]
    default: bytes += [0xF0 | UInt8(scalar >> 18), part(12), part(6), part(0)]
    }
}

extension Text {
    /// Whether the text is a word of a catalogue; takes no memory.
    func matches(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { $0.elementsEqual(utf8) }
    }

    /// Whether all bytes are proper UTF-8.
    package var isProperUTF8: Bool {
        var at = 0
        while at < utf8.count {
            let size = utf8Size(utf8, at: at)
            guard size > 0 else { return false }
            at += size
        }
        return true
    }

    /// The text, cut behind some 60 bytes at a character's end, for sentences that quote what somebody else wrote.
    var shortened: Text {
        guard utf8.count > 60 else { return self }
        var end = 60
        while utf8[end] & 0xC0 == 0x80, end > 0 { end -= 1 }
        return Text(utf8: Array(utf8[..<end])) + "…"
    }

    /// A 32-bit name for this text (FNV-1a), by which blobs refer to models and their outputs.
    public var key: UInt32 {
        utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// Whether this can name a record: 1...64 of `a-z 0-9 - /`, with no slash at either end or beside another.
    public var isKey: Bool {
        guard (1...64).contains(utf8.count) else { return false }
        var previous: UInt8 = 47
        for byte in utf8 {
            switch byte {
            case 97...122, 48...57, 45: break
            case 47: if previous == 47 { return false }
            default: return false
            }
            previous = byte
        }
        return previous != 47
    }
}
