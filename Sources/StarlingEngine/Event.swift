import StarlingMath

/// Something that happens at one sample-frame: a player's hand, a note, a command to the engine.
public struct Event: Sendable {
    public enum Kind: UInt16, Sendable {
        /// The player moves a play slot to a value, or a control comes from outside.
        case set
        /// The player takes hold of a play slot: models and mappings let go of it.
        case grab
        /// The player lets go of a play slot.
        case letGo
        /// A note starts on the first instrument; the value is its velocity 0...1, the slot the note number.
        case noteOn
        /// A note ends.
        case noteOff
        /// Everything falls silent.
        case panic
    }

    public var kind: Kind
    public var slot: Int
    public var value: Float
    /// When it happens, in sample-frames since the engine began; the past means at once.
    public var time: Int

    public init(_ kind: Kind, slot: Int = 0, value: Float = 0, time: Int = 0) {
        self.kind = kind
        self.slot = slot
        self.value = value
        self.time = time
    }
}

/// Events in order of time, in memory taken at setup. Events of the same time keep the order they came in.
final class EventQueue {
    static let capacity = 512
    private let events = UnsafeMutablePointer<Event>.allocate(capacity: capacity)
    private(set) var count = 0
    /// How many events found the queue full and were dropped.
    private(set) var droppedCount = 0

    deinit { events.deallocate() }

    /// When the next event is due; far in the future if there is none.
    var nextTime: Int { count > 0 ? events[0].time : Int.max }

    /// Files an event; a full queue drops and counts it. Cost grows with the number of later events.
    func add(_ event: Event) {
        guard count < Self.capacity else {
            droppedCount += 1
            return
        }
        var at = count
        while at > 0, events[at - 1].time > event.time {
            events[at] = events[at - 1]
            at -= 1
        }
        events[at] = event
        count += 1
    }

    /// Takes the first event out.
    func removeFirst() -> Event {
        let first = events[0]
        count -= 1
        for i in 0..<count { events[i] = events[i + 1] }
        return first
    }
}
