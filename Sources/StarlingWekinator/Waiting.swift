import StarlingMath
import StarlingOSC

/// Messages of bundles whose time has not come yet, the next one first.
struct Waiting {
    /// More than so many are not kept.
    static let most = 10_000
    /// Later than so many seconds from now nothing is due: clocks that differ by more do not mean what they say.
    static let longest = 3_600.0

    private var messages: [(due: Double, bytes: [UInt8])] = []

    /// When the next one is due, in seconds since 1970; nil where nothing waits.
    var nextDue: Double? { messages.first?.due }

    /// Keeps a message, behind those of the same time; false where there is no room.
    mutating func add(_ message: OSCMessage) -> Bool {
        guard messages.count < Waiting.most else { return false }
        let due = message.time.seconds
        var low = 0
        var high = messages.count
        while low < high {
            let middle = (low + high) / 2
            if messages[middle].due <= due { low = middle + 1 } else { high = middle }
        }
        messages.insert((due, Array(message.bytes)), at: low)
        return true
    }

    /// The next message whose time has come.
    mutating func take(at date: Double) -> [UInt8]? {
        guard let first = messages.first, first.due <= date else { return nil }
        return messages.removeFirst().bytes
    }
}

extension Wekinator {
    /// When the next message of a bundle is due, in seconds since 1970; nil where none waits.
    public var nextDue: Double? { waiting.nextDue }

    /// Does what bundles have asked for by now; to be called when `nextDue` has come.
    ///
    /// - Parameters:
    ///   - seconds: The time now, as for `receive`.
    ///   - date: The time now in seconds since 1970.
    public func release(at seconds: Double, date: Double) {
        now = seconds
        isReleasing = true
        while let bytes = waiting.take(at: date) {
            bytes.withUnsafeBytes { bytes in _ = OSCPacket.forEachMessage(in: bytes) { self.obey($0) } }
        }
        isReleasing = false
    }

    /// Keeps a message until its time; says false where it is to be done now.
    func wait(_ message: OSCMessage, date: Double?) -> Bool {
        guard let date, !message.time.isImmediate, message.time.seconds > date else { return false }
        if message.time.seconds > date + Waiting.longest {
            complain("A bundle is due more than an hour from now and was left out. Do the clocks of both machines agree?")
        } else if !waiting.add(message) {
            complain("10000 messages of bundles wait for their time already, which is the limit; one was left out.")
        }
        return true
    }
}
