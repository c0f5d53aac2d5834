import StarlingMath

/// One argument of a message, read in place: texts and blobs point into the packet and are valid as long as it.
public enum OSCArgument {
    /// `i` and `h`.
    case int(Int32), long(Int64)
    /// `f` and `d`.
    case float(Float), double(Double)
    /// `s` and `S`: UTF-8 in practice, though the standard says ASCII.
    case string(UnsafeBufferPointer<UInt8>), symbol(UnsafeBufferPointer<UInt8>)
    /// `b`.
    case blob(UnsafeBufferPointer<UInt8>)
    /// `t`.
    case time(OSCTime)
    /// `c`, `r` and `m`: a character, a colour (red in the highest byte), a MIDI message (port in the highest byte).
    case character(UInt32), colour(UInt32), midi(UInt32)
    /// `T` and `F`.
    case flag(Bool)
    /// `N` and `I`.
    case nothing, impulse
    /// `[` and `]`: what lies between is a list.
    case listBegins, listEnds

    /// The argument as a number, where it is one (i h f d T F).
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .long(let value): Double(value)
        case .float(let value): Double(value)
        case .double(let value): value
        case .flag(let value): value ? 1 : 0
        default: nil
        }
    }

    /// The argument as a text, where it is one (s S).
    public var text: Text? {
        switch self {
        case .string(let bytes), .symbol(let bytes): Text(utf8: bytes)
        default: nil
        }
    }
}

/// The arguments of a message, one after the other. Takes no memory; the message has been checked, so nothing can fail.
public struct OSCArguments: Sequence, IteratorProtocol {
    private var tag: UnsafePointer<UInt8>
    private let lastTag: UnsafePointer<UInt8>
    private var at: UnsafeRawPointer

    init(tags: UnsafeBufferPointer<UInt8>, at start: UnsafeRawPointer) {
        tag = tags.baseAddress ?? start.assumingMemoryBound(to: UInt8.self)
        lastTag = tag + tags.count
        at = start
    }

    /// The next argument; nil behind the last one.
    @inlinable public mutating func next() -> OSCArgument? { argument() }

    @usableFromInline mutating func argument() -> OSCArgument? {
        guard tag < lastTag else { return nil }
        defer { tag += 1 }
        switch tag.pointee {
        case UInt8(ascii: "f"): return .float(Float(bitPattern: word()))
        case UInt8(ascii: "i"): return .int(Int32(bitPattern: word()))
        case UInt8(ascii: "h"): return .long(Int64(bitPattern: twoWords()))
        case UInt8(ascii: "d"): return .double(Double(bitPattern: twoWords()))
        case UInt8(ascii: "t"): return .time(OSCTime(bits: twoWords()))
        case UInt8(ascii: "s"): return .string(string())
        case UInt8(ascii: "S"): return .symbol(string())
        case UInt8(ascii: "b"): return .blob(blob())
        case UInt8(ascii: "c"): return .character(word())
        case UInt8(ascii: "r"): return .colour(word())
        case UInt8(ascii: "m"): return .midi(word())
        case UInt8(ascii: "T"): return .flag(true)
        case UInt8(ascii: "F"): return .flag(false)
        case UInt8(ascii: "I"): return .impulse
        case UInt8(ascii: "["): return .listBegins
        case UInt8(ascii: "]"): return .listEnds
        default: return .nothing
        }
    }

    private mutating func word() -> UInt32 {
        defer { at += 4 }
        return UInt32(bigEndian: at.loadUnaligned(as: UInt32.self))
    }

    private mutating func twoWords() -> UInt64 {
        defer { at += 8 }
        return UInt64(bigEndian: at.loadUnaligned(as: UInt64.self))
    }

    private mutating func string() -> UnsafeBufferPointer<UInt8> {
        let start = at.assumingMemoryBound(to: UInt8.self)
        var count = 0
        while start[count] != 0 { count += 1 }
        at += count & ~3 + 4
        return UnsafeBufferPointer(start: start, count: count)
    }

    private mutating func blob() -> UnsafeBufferPointer<UInt8> {
        let count = Int(word())
        defer { at += (count + 3) & ~3 }
        return UnsafeBufferPointer(start: at.assumingMemoryBound(to: UInt8.self), count: count)
    }
}
