/// A fixed run of floats, taken once at setup and reached by pointer in hot loops.
///
/// Class fields that are Swift arrays cost a check and a retain at each access; a pointer costs nothing.
/// The memory is 16-byte aligned and given back when the object goes.
public final class Floats: @unchecked Sendable {
    /// The first float; valid as long as this object lives.
    public let pointer: UnsafeMutablePointer<Float>
    /// How many floats there are.
    public let count: Int

    /// Takes `count` zeroed floats.
    public convenience init(_ count: Int) {
        self.init(unset: count)
        clear()
    }

    /// Takes `count` floats that hold whatever was there, for tables too large to be cleared at once.
    public init(unset count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        pointer = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    /// Takes a copy of an array.
    public convenience init(_ values: [Float]) {
        self.init(values.count)
        for i in 0..<values.count { pointer[i] = values[i] }
    }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }

    /// Sets every float to 0.
    public func clear() { pointer.update(repeating: 0, count: max(count, 1)) }

    /// The float at an index, which must be within 0..<count.
    @inlinable public subscript(_ index: Int) -> Float {
        @inline(__always) get { pointer[index] }
        @inline(__always) set { pointer[index] = newValue }
    }

    /// A copy as an array.
    public var array: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
