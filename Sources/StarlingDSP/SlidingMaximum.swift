import StarlingMath

/// The largest of the last so many numbers.
///
/// Method: a queue of falling candidates; two comparisons a number on average, however long the stretch is.
/// Reference: D. Lemire, "Streaming maximum-minimum filter using no more than three comparisons per element", 2006.
public final class SlidingMaximum: @unchecked Sendable {
    private let candidates: Floats
    private let birthdays: UnsafeMutablePointer<Int>
    private let length: Int
    private var oldest = 0
    private var count = 0
    private var now = 0

    /// Looks at the last `length` numbers, 1 or more.
    public init(length: Int) {
        self.length = length
        candidates = Floats(length)
        birthdays = .allocate(capacity: length)
        birthdays.initialize(repeating: 0, count: length)
    }

    deinit { birthdays.deallocate() }

    /// Forgets everything.
    public func reset() { (oldest, count, now) = (0, 0, 0) }

    /// Takes a number in and gives the largest of the last `length`.
    public func next(_ number: Float) -> Float {
        if count > 0, birthdays[oldest] <= now - length { drop() }
        while count > 0, candidates[place(count - 1)] <= number { count -= 1 }
        candidates[place(count)] = number
        birthdays[place(count)] = now
        count += 1
        now += 1
        return candidates[oldest]
    }

    private func drop() {
        oldest = place(1)
        count -= 1
    }

    private func place(_ index: Int) -> Int {
        let sum = oldest + index
        return sum < length ? sum : sum - length
    }
}
