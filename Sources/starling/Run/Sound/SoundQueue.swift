import Synchronization

/// A queue from one thread to one other, which neither locks nor takes memory: a ring of records that are plain bits.
final class SoundQueue<Record: BitwiseCopyable>: @unchecked Sendable {
    private let records: UnsafeMutablePointer<Record>
    private let capacity: Int
    private let written = Atomic<Int>(0)
    private let read = Atomic<Int>(0)

    /// Room for so many records.
    init(capacity: Int) {
        self.capacity = capacity
        records = .allocate(capacity: capacity)
    }

    deinit { records.deallocate() }

    /// Adds a record; false where there is no room. For the one thread that writes.
    func push(_ record: Record) -> Bool {
        let place = written.load(ordering: .relaxed)
        guard place - read.load(ordering: .acquiring) < capacity else { return false }
        records[place % capacity] = record
        written.store(place + 1, ordering: .releasing)
        return true
    }

    /// The oldest record. For the one thread that reads.
    func pop() -> Record? {
        let place = read.load(ordering: .relaxed)
        guard place < written.load(ordering: .acquiring) else { return nil }
        let record = records[place % capacity]
        read.store(place + 1, ordering: .releasing)
        return record
    }
}
