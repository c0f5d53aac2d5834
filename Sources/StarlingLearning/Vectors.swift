/// Arithmetic on runs of floats, four at a time, in a fixed order of summation.
///
/// Counts are multiples of four. Loads and stores need no alignment.
extension UnsafePointer where Pointee == Float {
    @inline(__always) func four(_ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    @inline(__always) func four(_ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
    }
    @inline(__always) func store(_ value: SIMD4<Float>, _ index: Int) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: SIMD4<Float>.self)
    }
}

/// A count rounded up to a multiple of four.
@inline(__always) func roundedUpToFour(_ count: Int) -> Int { (count + 3) & ~3 }

/// The sum of products of two vectors.
func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var sum = SIMD4<Float>.zero
    for i in stride(from: 0, to: count, by: 4) { sum += a.four(i) * b.four(i) }
    return sum[0] + sum[1] + (sum[2] + sum[3])
}

/// The square of the distance between two vectors.
func squaredDistance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var sum = SIMD4<Float>.zero
    for i in stride(from: 0, to: count, by: 4) {
        let difference = a.four(i) - b.four(i)
        sum += difference * difference
    }
    return sum[0] + sum[1] + (sum[2] + sum[3])
}

/// `result` = `a` + `factor` * `b`; the result may be one of the operands.
func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, times factor: Float,
    into result: UnsafeMutablePointer<Float>, count: Int
) {
    let factors = SIMD4<Float>(repeating: factor)
    for i in stride(from: 0, to: count, by: 4) { result.store(a.four(i) + factors * b.four(i), i) }
}

/// `a` = `a` * `factor`.
func scale(_ a: UnsafeMutablePointer<Float>, by factor: Float, count: Int) {
    for i in stride(from: 0, to: count, by: 4) { a.store(a.four(i) * factor, i) }
}

/// Every element limited to -`bound`...`bound`. Replacing compiles to one instruction where a minimum does not.
@inline(__always) func limited(_ x: SIMD4<Float>, _ bound: Float) -> SIMD4<Float> {
    let high = SIMD4<Float>(repeating: bound)
    let below = x.replacing(with: high, where: x .> high)
    return below.replacing(with: -high, where: below .< -high)
}

/// 2 to the power of each element, -126...126; the method and accuracy of `fastExp2`.
@inline(__always) func exp2(_ x: SIMD4<Float>) -> SIMD4<Float> {
    let shifted = x + 12_582_912
    let f = x - (shifted - 12_582_912)
    var p = f * 1.525_273_4e-5 + 1.540_353_0e-4
    p = p * f + 1.333_355_8e-3
    p = p * f + 9.618_129_1e-3
    p = p * f + 5.550_410_9e-2
    p = p * f + 2.402_265_1e-1
    p = p * f + 6.931_471_8e-1
    p = p * f + 1
    let bits = unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23 &+ SIMD4<UInt32>(repeating: 127 << 23)
    return p * unsafeBitCast(bits, to: SIMD4<Float>.self)
}

/// The hyperbolic tangent of each element, in place, absolute error at most 3e-7.
func applyTanh(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let one = SIMD4<Float>(repeating: 1)
    for i in stride(from: 0, to: count, by: 4) {
        let e = exp2(limited(values.four(i), 9) * 2.885_390_081_777_926_8)
        values.store(one - 2 / (e + one), i)
    }
}

/// 2 to the power of each element, in place; elements outside -126...126 count as these.
func applyExp2(_ values: UnsafeMutablePointer<Float>, count: Int) {
    for i in stride(from: 0, to: count, by: 4) { values.store(exp2(limited(values.four(i), 126)), i) }
}
