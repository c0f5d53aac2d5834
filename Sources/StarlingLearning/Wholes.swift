/// A fixed run of whole numbers, taken once at setup and reached by pointer in hot loops, as `Floats` is for floats.
final class Wholes {
    /// The first number; valid as long as this object lives.
    let pointer: UnsafeMutablePointer<Int32>

    /// Takes `count` zeros.
    init(_ count: Int) {
        pointer = .allocate(capacity: max(count, 1))
        pointer.initialize(repeating: 0, count: max(count, 1))
    }

    deinit { pointer.deallocate() }

    @inline(__always) subscript(_ index: Int) -> Int {
        get { Int(pointer[index]) }
        set { pointer[index] = Int32(truncatingIfNeeded: newValue) }
    }
}
