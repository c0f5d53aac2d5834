import StarlingMath

/// Where a caller's bytes come in and results go out; see docs/abi.md.
///
/// Each instance runs on one thread, so this state is never shared.
package enum Exchange {
    nonisolated(unsafe) private static var inboxRoom = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 65_536, alignment: 16)
    nonisolated(unsafe) private static var outbox: [UInt8] = []

    /// Room for at least `count` bytes; the address changes only when the room must grow.
    static func reserve(_ count: Int) -> UnsafeMutableRawPointer {
        if count > inboxRoom.count {
            inboxRoom.deallocate()
            inboxRoom = .allocate(byteCount: count, alignment: 16)
        }
        return inboxRoom.baseAddress!
    }

    /// The first `count` bytes of the inbox.
    package static func received(_ count: Int32) -> [UInt8] {
        Array(inboxRoom.prefix(max(0, Int(count))))
    }

    /// Puts bytes into the outbox.
    static func send(_ bytes: [UInt8]) { outbox = bytes }

    static var outboxAddress: UnsafePointer<UInt8> {
        outbox.withUnsafeBufferPointer { $0.baseAddress ?? UnsafePointer(bitPattern: 16)! }
    }
    static var outboxCount: Int { outbox.count }

    /// Runs something that makes bytes or refuses; the outbox then holds the bytes or the sentence.
    package static func answer(_ body: () throws(StarlingError) -> [UInt8]) -> Int32 {
        do {
            send(try body())
            return 0
        } catch {
            send(error.sentence.utf8)
            return 1
        }
    }
}

@_expose(wasm, "inbox") @_cdecl("inbox")
public func inbox(_ count: Int32) -> UnsafeMutableRawPointer { Exchange.reserve(Int(max(count, 0))) }

@_expose(wasm, "outbox_address") @_cdecl("outbox_address")
public func outboxAddress() -> UnsafePointer<UInt8> { Exchange.outboxAddress }

@_expose(wasm, "outbox_count") @_cdecl("outbox_count")
public func outboxCount() -> Int32 { Int32(Exchange.outboxCount) }
