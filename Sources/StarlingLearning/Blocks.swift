import StarlingMath

// Vectors in blocks of 16, a block holding the first number of all 16, then the second, and so on; so 16 vectors are
// compared with another at once, without a sum across.

/// The squared distances of a vector from the 16 of a block.
@inline(__always) func squaredDistances(
    _ vector: UnsafePointer<Float>, _ block: UnsafePointer<Float>, inputCount: Int,
    into result: UnsafeMutablePointer<Float>
) {
    var place = block
    var s0 = SIMD4<Float>.zero, s1 = s0, s2 = s0, s3 = s0
    for i in 0..<inputCount {
        let x = SIMD4<Float>(repeating: vector[i])
        let d0 = place.four(0) - x, d1 = place.four(4) - x
        let d2 = place.four(8) - x, d3 = place.four(12) - x
        s0 += d0 * d0
        s1 += d1 * d1
        s2 += d2 * d2
        s3 += d3 * d3
        place += Nearest.blockSize
    }
    result.store(s0, 0)
    result.store(s1, 4)
    result.store(s2, 8)
    result.store(s3, 12)
}

/// The inner products of a vector with the 16 of a block.
@inline(__always) func innerProducts(
    _ vector: UnsafePointer<Float>, _ block: UnsafePointer<Float>, inputCount: Int,
    into result: UnsafeMutablePointer<Float>
) {
    var place = block
    var s0 = SIMD4<Float>.zero, s1 = s0, s2 = s0, s3 = s0
    for i in 0..<inputCount {
        let x = SIMD4<Float>(repeating: vector[i])
        s0 += place.four(0) * x
        s1 += place.four(4) * x
        s2 += place.four(8) * x
        s3 += place.four(12) * x
        place += Nearest.blockSize
    }
    result.store(s0, 0)
    result.store(s1, 4)
    result.store(s2, 8)
    result.store(s3, 12)
}
