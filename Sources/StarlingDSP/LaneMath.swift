import StarlingMath

/// Four numbers that are worked on together: four singers, four filters, four of anything alike.
///
/// All functions here use additions, multiplications, divisions and bit operations in a fixed order, so that native
/// and WebAssembly builds give the same bits.
public typealias Lanes = SIMD4<Float>

/// Eight numbers that are worked on together.
public typealias EightLanes = SIMD8<Float>

/// The larger number of each lane; NaN in `a` gives `b`.
@inlinable @inline(__always) public func larger(_ a: Lanes, _ b: Lanes) -> Lanes { b.replacing(with: a, where: a .> b) }

/// The smaller number of each lane; NaN in `a` gives `b`.
@inlinable @inline(__always) public func smaller(_ a: Lanes, _ b: Lanes) -> Lanes { b.replacing(with: a, where: a .< b) }

/// Each lane, or 0 where its magnitude is below 1e-19 or above 1.8e19 or it is NaN; see the scalar `flushed`.
@inlinable @inline(__always) public func flushed(_ x: Lanes) -> Lanes {
    let square = x * x  // cheaper than a magnitude
    return Lanes.zero.replacing(with: x, where: (square .>= 1e-38) .& (square .<= .greatestFiniteMagnitude))
}

/// Each lane, or 0 where its magnitude is below 1e-19 or above 1.8e19 or it is NaN; see the scalar `flushed`.
@inlinable @inline(__always) public func flushed(_ x: EightLanes) -> EightLanes {
    EightLanes(lowHalf: flushed(x.lowHalf), highHalf: flushed(x.highHalf))
}

/// 2 to the power of each lane, relative error at most 3e-7 for -126...126; outside, the argument is limited.
///
/// Method as in the scalar `fastExp2`.
@inlinable @inline(__always) public func fastExp2(_ x: Lanes) -> Lanes {
    let limited = smaller(larger(x, Lanes(repeating: -126)), Lanes(repeating: 126))
    let shifted = limited + 12_582_912  // 1.5 * 2^23: rounds to an integer in the low mantissa bits
    let f = limited - (shifted - 12_582_912)
    var p = f * 1.525_273_4e-5 + 1.540_353_0e-4
    p = p * f + 1.333_355_8e-3
    p = p * f + 9.618_129_1e-3
    p = p * f + 5.550_410_9e-2
    p = p * f + 2.402_265_1e-1
    p = p * f + 6.931_471_8e-1
    p = p * f + 1
    let exponent = (unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &+ 127) &<< 23
    return p * unsafeBitCast(exponent, to: Lanes.self)
}

/// The sine of each lane in half turns (1 is 180 degrees) for -0.5...0.5; relative error at most 3e-7.
@inlinable @inline(__always) public func fastSine(halfTurns: Lanes) -> Lanes {
    let x = halfTurns * 3.141_592_653_589_793
    let x2 = x * x
    var p = x2 * -2.505_210_8e-8 + 2.755_731_9e-6
    p = p * x2 - 1.984_127_0e-4
    p = p * x2 + 8.333_333_3e-3
    p = p * x2 - 1.666_666_7e-1
    return x + x * x2 * p
}

/// The tangent of each lane in half turns for 0..<0.5; relative error at most 1e-6 up to 0.45.
@inlinable @inline(__always) public func fastTangent(halfTurns: Lanes) -> Lanes {
    fastSine(halfTurns: halfTurns) / fastSine(halfTurns: 0.5 - halfTurns)
}

/// Phases in cycles brought back to -0.5..<0.5, for phases not further away than one turn.
@inlinable @inline(__always) public func wrapped(_ phase: Lanes) -> Lanes {
    phase - Lanes.zero.replacing(with: 1, where: phase .>= 0.5)
}

/// Four rows for four columns: the first numbers of all, the second ones, and so on.
@inlinable @inline(__always) public func transposed(
    _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes
) -> (Lanes, Lanes, Lanes, Lanes) {
    // Numbers move in pairs in the second step, as one number of twice the width; else compilers put each one in its place singly.
    let (first, second) = (pairs(Lanes(a[0], b[0], a[1], b[1])), pairs(Lanes(c[0], d[0], c[1], d[1])))
    let (third, fourth) = (pairs(Lanes(a[2], b[2], a[3], b[3])), pairs(Lanes(c[2], d[2], c[3], d[3])))
    return (
        lanes(SIMD2(first[0], second[0])), lanes(SIMD2(first[1], second[1])), lanes(SIMD2(third[0], fourth[0])),
        lanes(SIMD2(third[1], fourth[1]))
    )
}

@inlinable @inline(__always) func pairs(_ x: Lanes) -> SIMD2<Double> { unsafeBitCast(x, to: SIMD2<Double>.self) }
@inlinable @inline(__always) func lanes(_ x: SIMD2<Double>) -> Lanes { unsafeBitCast(x, to: Lanes.self) }
