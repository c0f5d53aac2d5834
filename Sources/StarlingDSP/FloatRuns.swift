import StarlingMath

/// Runs of numbers, four neighbours at a time; sums are always added in the same order, for the same bits in every build.

extension UnsafePointer where Pointee: SIMDScalar & BitwiseCopyable, SIMD4<Pointee>: BitwiseCopyable {
    /// The four numbers from `index` on; no alignment is needed.
    @inlinable @inline(__always) public func lanes(at index: Int) -> SIMD4<Pointee> {
        UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Pointee>.self)
    }
}

extension UnsafeMutablePointer where Pointee: SIMDScalar & BitwiseCopyable, SIMD4<Pointee>: BitwiseCopyable {
    /// The four numbers from `index` on; no alignment is needed.
    @inlinable @inline(__always) public func lanes(at index: Int) -> SIMD4<Pointee> {
        UnsafePointer(self).lanes(at: index)
    }

    /// Writes the four numbers from `index` on; no alignment is needed.
    @inlinable @inline(__always) public func setLanes(_ value: SIMD4<Pointee>, at index: Int) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: SIMD4<Pointee>.self)
    }
}

extension SIMD4 {
    /// The four numbers in opposite order.
    @inline(__always) var mirrored: SIMD4<Scalar> { SIMD4(self[3], self[2], self[1], self[0]) }
}

extension SIMD4 where Scalar: FloatingPoint {
    /// The sum of the four numbers.
    @inlinable @inline(__always) public var total: Scalar { (self[0] + self[1]) + (self[2] + self[3]) }
}

/// The sum of the products of two runs of `count` floats.
@inlinable public func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var partial = SIMD4<Float>(repeating: 0)
    let whole = count & ~3
    for i in stride(from: 0, to: whole, by: 4) { partial += a.lanes(at: i) * b.lanes(at: i) }
    var total = partial.total
    for i in whole..<count { total += a[i] * b[i] }
    return total
}

/// The sum of a run of `count` floats.
@inlinable public func sum(_ a: UnsafePointer<Float>, count: Int) -> Float {
    var partial = SIMD4<Float>(repeating: 0)
    let whole = count & ~3
    for i in stride(from: 0, to: whole, by: 4) { partial += a.lanes(at: i) }
    var total = partial.total
    for i in whole..<count { total += a[i] }
    return total
}
