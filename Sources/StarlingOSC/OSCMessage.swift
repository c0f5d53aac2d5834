import StarlingMath

/// A message read in place: everything in it points into the packet and is valid as long as it.
///
/// Reference: Open Sound Control 1.0 (2002) with the type tags of its appendix and of 1.1 (Freed and Schmeder 2009).
public struct OSCMessage {
    /// The address, without the zeros behind it.
    public let address: UnsafeBufferPointer<UInt8>
    /// The type tags without their comma; brackets included. None where a sender left the comma out.
    public let tags: UnsafeBufferPointer<UInt8>
    /// When it is due: the time of the innermost bundle around it.
    public let time: OSCTime
    /// All of it, to be kept and read again.
    public let bytes: UnsafeRawBufferPointer
    private let body: UnsafeRawPointer

    /// The arguments, to be gone through in order.
    public var arguments: OSCArguments { OSCArguments(tags: tags, at: body) }

    /// Whether this is the message's address.
    @inlinable public func isFor(_ address: StaticString) -> Bool {
        address.utf8CodeUnitCount == self.address.count
            && address.withUTF8Buffer { equal($0.baseAddress!, self.address.baseAddress!, $0.count) }
    }

    /// Whether this is the message's address.
    public func hasAddress(_ address: Text) -> Bool {
        address.utf8.count == self.address.count
            && address.utf8.withUnsafeBufferPointer { $0.isEmpty || equal($0.baseAddress!, self.address.baseAddress!, $0.count) }
    }

    /// Reads a message that is all of some bytes, and checks it to the end.
    init(reading bytes: UnsafeRawBufferPointer, time: OSCTime) throws(OSCFault) {
        var at = 0
        self.bytes = bytes
        address = try OSCMessage.string(bytes, &at)
        self.time = time
        guard at < bytes.count, bytes[at] == UInt8(ascii: ",") else {
            guard at == bytes.count else { throw .bytesLeft }
            tags = UnsafeBufferPointer(start: nil, count: 0)
            body = bytes.baseAddress!
            return
        }
        tags = UnsafeBufferPointer(rebasing: try OSCMessage.string(bytes, &at).dropFirst())
        body = bytes.baseAddress! + at
        try OSCMessage.check(tags, bytes, at)
    }

    private static func string(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) throws(OSCFault) -> UnsafeBufferPointer<UInt8> {
        var end = at
        while end < bytes.count, bytes[end] != 0 { end += 1 }
        let next = end & ~3 + 4
        guard next <= bytes.count else { throw .cutOff }
        let start = (bytes.baseAddress! + at).assumingMemoryBound(to: UInt8.self)
        defer { at = next }
        return UnsafeBufferPointer(start: start, count: end - at)
    }

    /// Checks that the arguments are those of the tags, and end with the bytes.
    private static func check(
        _ tags: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeRawBufferPointer, _ start: Int
    ) throws(OSCFault) {
        var at = start
        var depth = 0
        for tag in tags {
            switch tag {
            case UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "c"), UInt8(ascii: "r"), UInt8(ascii: "m"): at += 4
            case UInt8(ascii: "h"), UInt8(ascii: "d"), UInt8(ascii: "t"): at += 8
            case UInt8(ascii: "s"), UInt8(ascii: "S"): _ = try string(bytes, &at)
            case UInt8(ascii: "b"):
                guard at + 4 <= bytes.count else { throw .cutOff }
                let size = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: Int32.self))
                guard size >= 0 else { throw .negativeSize }
                at += 4 + (Int(size) + 3) & ~3
            case UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "N"), UInt8(ascii: "I"): break
            case UInt8(ascii: "["):
                depth += 1
                guard depth <= OSCPacket.mostDepth else { throw .tooDeep }
            case UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw .unbalancedArray }
            default: throw .unknownTag
            }
            guard at <= bytes.count else { throw .cutOff }
        }
        guard depth == 0 else { throw .unbalancedArray }
        guard at == bytes.count else { throw .bytesLeft }
    }
}

/// Whether two runs of bytes are the same.
@inlinable func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in 0..<count where a[i] != b[i] { return false }
    return true
}
