/// Text as UTF-8 bytes, compared byte by byte.
///
/// Swift's `String` brings Unicode tables into a WebAssembly build; names, paths and messages need none of that.
/// Nothing here is inlined: texts are everywhere and never urgent, and each copy of these functions would cost room in engine.wasm.
public struct Text: Equatable, Sendable, Comparable, ExpressibleByStringLiteral {
    /// The UTF-8 bytes.
    public var utf8: [UInt8]

    /// Text from UTF-8 bytes, taken as they are.
    public init(utf8: [UInt8]) { self.utf8 = utf8 }
    /// Text from part of a buffer of UTF-8 bytes.
    public init(utf8 bytes: UnsafeBufferPointer<UInt8>) { utf8 = Array(bytes) }
    /// Text from a literal.
    @inline(never) public init(stringLiteral value: StaticString) { self.init(value) }
    /// Text from a catalogue's name.
    @inline(never) public init(_ value: StaticString) {
        utf8 = value.withUTF8Buffer { Array($0) }
    }
    /// No text.
    public init() { utf8 = [] }

    /// A whole number in decimal digits.
    @inline(never) public init(_ number: Int) {
        var digits: [UInt8] = []
        var rest = number.magnitude
        repeat {
            digits.append(UInt8(48 + rest % 10))
            rest /= 10
        } while rest > 0
        if number < 0 { digits.append(45) }
        utf8 = digits.reversed()
    }

    /// A number with at most `decimals` digits behind the point, without trailing zeros.
    @inline(never) public init(_ number: Double, decimals: Int) {
        guard number.isFinite, number.magnitude < 1e15 else {
            self.init(number.isNaN ? "NaN" : (number < 0 ? "-infinity" : "infinity"))
            return
        }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (number.magnitude * scale).rounded()
        let whole = (scaled / scale).rounded(.down)
        var text = Text(Int(whole))
        var fraction = Int(scaled - whole * scale)
        if fraction > 0 {
            var digits = [UInt8](repeating: 48, count: decimals)
            for i in stride(from: decimals - 1, through: 0, by: -1) {
                digits[i] = UInt8(48 + fraction % 10)
                fraction /= 10
            }
            while digits.last == 48 { digits.removeLast() }
            text.utf8.append(46)
            text.utf8 += digits
        }
        if number < 0, scaled > 0 { text.utf8.insert(45, at: 0) }
        self = text
    }

    /// Whether there is no text.
    public var isEmpty: Bool { utf8.isEmpty }

    /// Whether the text begins with another.
    public func hasPrefix(_ prefix: Text) -> Bool { utf8.starts(with: prefix.utf8) }

    /// The text in pieces, cut at each separator byte; empty pieces are kept.
    public func split(at separator: UInt8) -> [Text] {
        var pieces: [Text] = []
        var piece: [UInt8] = []
        for byte in utf8 {
            if byte == separator {
                pieces.append(Text(utf8: piece))
                piece = []
            } else {
                piece.append(byte)
            }
        }
        pieces.append(Text(utf8: piece))
        return pieces
    }

    /// Whether the bytes are the same.
    @inline(never) public static func == (left: Text, right: Text) -> Bool { left.utf8 == right.utf8 }
    @inline(never) public static func + (left: Text, right: Text) -> Text { Text(utf8: left.utf8 + right.utf8) }
    @inline(never) public static func += (left: inout Text, right: Text) { left.utf8 += right.utf8 }
    @inline(never) public static func < (left: Text, right: Text) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

/// What went wrong, as one sentence for people: what it was, the allowed range, and what to do.
public struct StarlingError: Error, Equatable, Sendable {
    /// The sentence.
    public let sentence: Text
    /// An error with its sentence.
    public init(_ sentence: Text) { self.sentence = sentence }
}

#if !hasFeature(Embedded)
extension Text: CustomStringConvertible {
    /// Text from a string.
    public init(_ string: String) { utf8 = Array(string.utf8) }
    /// The text as a string.
    public var description: String { String(decoding: utf8, as: UTF8.self) }
}
extension StarlingError: CustomStringConvertible {
    public var description: String { sentence.description }
}
#endif
