/// Reads packets: a message, or a bundle of messages and further bundles.
public enum OSCPacket {
    /// The most bundles or lists within each other.
    public static let mostDepth = 16

    /// Hands every message of a packet to `body`, in order, and says what is wrong with the packet if anything is.
    ///
    /// Nothing is copied and no memory taken. Messages before a fault are handed over; nothing behind it is. Cost: some
    /// tens of nanoseconds a message and a few an argument. No bytes whatever make this fail in another way.
    @discardableResult
    public static func forEachMessage(
        in bytes: UnsafeRawBufferPointer, _ body: (OSCMessage) -> Void
    ) -> OSCFault? {
        do throws(OSCFault) {
            try read(bytes, .immediately, depth: 0, body)
            return nil
        } catch {
            return error
        }
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ time: OSCTime, depth: Int, _ body: (OSCMessage) -> Void
    ) throws(OSCFault) {
        guard bytes.count > 0 else { throw .empty }
        if bytes[0] == UInt8(ascii: "/") { return body(try OSCMessage(reading: bytes, time: time)) }
        guard isBundle(bytes) else { throw .notOSC }
        guard bytes.count >= 16 else { throw .cutOff }
        guard depth < mostDepth else { throw .tooDeep }
        let due = OSCTime(bits: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        var at = 16
        while at < bytes.count {
            guard at + 4 <= bytes.count else { throw .cutOff }
            let size = Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: Int32.self)))
            guard size >= 0, size % 4 == 0 else { throw .negativeSize }
            at += 4
            guard size <= bytes.count - at else { throw .cutOff }
            try read(UnsafeRawBufferPointer(rebasing: bytes[at..<at + size]), due, depth: depth + 1, body)
            at += size
        }
    }

    private static func isBundle(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 8 else { return false }
        let word: StaticString = "#bundle\0"
        return equal(word.utf8Start, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), 8)
    }
}
