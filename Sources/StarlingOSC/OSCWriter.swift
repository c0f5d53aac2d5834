import StarlingMath

/// Writes packets into a caller's buffer, which must stay alive.
///
/// What does not fit is left out as a whole and noted in `isOverrun`. UDP carries at most 65,507 bytes.
public struct OSCWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    /// How many bytes have been written.
    public private(set) var count = 0
    /// Whether something did not fit.
    public private(set) var isOverrun = false
    private var depth = 0

    /// A writer at the beginning of a buffer.
    public init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    /// What has been written: a packet once a message or a bundle is complete.
    public var packet: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]) }

    /// Writes a message whose arguments are all of type `f`. Takes no memory.
    public mutating func message(_ address: UnsafeBufferPointer<UInt8>, floats: UnsafeBufferPointer<Float>) {
        element { writer in
            writer.string(address)
            writer.byte(UInt8(ascii: ","))
            for _ in 0..<floats.count { writer.byte(UInt8(ascii: "f")) }
            writer.pad(always: true)
            for value in floats { writer.word(value.bitPattern) }
        }
    }

    /// Writes a message whose arguments are all of type `f`.
    public mutating func message(_ address: Text, floats: [Float]) {
        address.utf8.withUnsafeBufferPointer { address in
            floats.withUnsafeBufferPointer { message(address, floats: $0) }
        }
    }

    /// Writes a message.
    public mutating func message(_ address: Text, _ arguments: [OSCValue] = []) {
        var tags = [UInt8(ascii: ",")]
        for argument in arguments { argument.appendTags(to: &tags) }
        element { writer in
            writer.string(address.utf8)
            writer.string(tags)
            for argument in arguments { writer.body(argument) }
        }
    }

    /// Writes a bundle of whatever `body` writes.
    public mutating func bundle(_ time: OSCTime = .immediately, _ body: (inout OSCWriter) -> Void) {
        element { writer in
            writer.string(Text("#bundle").utf8)
            writer.twoWords(time.bits)
            writer.depth += 1
            body(&writer)
            writer.depth -= 1
        }
    }

    /// Writes an element: within a bundle its size goes first. Takes all of it back where it does not fit.
    private mutating func element(_ body: (inout OSCWriter) -> Void) {
        let start = count
        let wasOverrun = isOverrun
        isOverrun = false
        if depth > 0 { word(0) }
        body(&self)
        if isOverrun {
            count = start
        } else if depth > 0 {
            let size = UInt32(count - start - 4)
            buffer.storeBytes(of: size.bigEndian, toByteOffset: start, as: UInt32.self)
        }
        isOverrun = isOverrun || wasOverrun
    }

    private mutating func body(_ argument: OSCValue) {
        switch argument {
        case .int(let value): word(UInt32(bitPattern: value))
        case .float(let value): word(value.bitPattern)
        case .long(let value): twoWords(UInt64(bitPattern: value))
        case .double(let value): twoWords(value.bitPattern)
        case .time(let value): twoWords(value.bits)
        case .character(let value), .colour(let value), .midi(let value): word(value)
        case .string(let text), .symbol(let text): string(text.utf8)
        case .blob(let bytes):
            word(UInt32(truncatingIfNeeded: bytes.count))
            for value in bytes { byte(value) }
            pad(always: false)
        case .flag, .nothing, .impulse: break
        case .list(let values): for value in values { body(value) }
        }
    }

    private mutating func string<Bytes: Collection>(_ bytes: Bytes) where Bytes.Element == UInt8 {
        for value in bytes { byte(value) }
        pad(always: true)
    }

    /// Zeros up to a multiple of four; where `always`, at least one.
    private mutating func pad(always: Bool) {
        if always { byte(0) }
        while count % 4 != 0, !isOverrun { byte(0) }
    }

    private mutating func byte(_ value: UInt8) {
        guard count < buffer.count else { return isOverrun = true }
        buffer[count] = value
        count += 1
    }

    private mutating func word(_ value: UInt32) {
        guard count + 4 <= buffer.count else { return isOverrun = true }
        buffer.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt32.self)
        count += 4
    }

    private mutating func twoWords(_ value: UInt64) {
        word(UInt32(truncatingIfNeeded: value >> 32))
        word(UInt32(truncatingIfNeeded: value))
    }
}
