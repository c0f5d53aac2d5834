import StarlingMath

/// The latest samples of a stream, always readable as one run of floats.
///
/// Each sample is kept twice, a capacity apart, so that no run is ever cut by the end of the memory.
public final class History {
    /// How many samples are kept.
    public let capacity: Int
    private let ring: Floats
    private var position = 0

    /// Takes memory for `capacity` samples, which read 0 until written.
    public init(capacity: Int) {
        precondition(capacity > 0, "a history needs room for at least one sample")
        self.capacity = capacity
        ring = Floats(2 * capacity)
    }

    /// Adds the next sample.
    @inline(__always) public func append(_ sample: Float) {
        ring[position] = sample
        ring[position + capacity] = sample
        position = position + 1 == capacity ? 0 : position + 1
    }

    /// The latest `count` samples, at most `capacity`, the oldest first; valid until the next `append`.
    public func latest(_ count: Int) -> UnsafePointer<Float> {
        UnsafePointer(ring.pointer + position + capacity - count)
    }

    /// Forgets everything: all samples read 0 again.
    public func reset() {
        ring.clear()
        position = 0
    }
}
