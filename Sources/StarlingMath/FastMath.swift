/// Elementary functions in single precision for the signal path.
///
/// They use additions, multiplications, divisions and bit operations only, so that native and
/// WebAssembly builds give the same bits. None allocates; each costs a few nanoseconds.

/// 2 to the power `x`, relative error at most 2e-7 for -126...126; outside, the argument is clamped.
///
/// NaN gives 1. Method: split into integer and fraction in -0.5...0.5, Taylor polynomial of degree 7.
@inlinable public func fastExp2(_ x: Float) -> Float {
    let clamped = x > -126 ? (x < 126 ? x : 126) : (x <= -126 ? -126 : 0)
    let shifted = clamped + 12_582_912  // 1.5 * 2^23: rounds to an integer in the low mantissa bits
    let whole = shifted - 12_582_912
    let f = clamped - whole
    var p: Float = 1.525_273_4e-5
    p = p * f + 1.540_353_0e-4
    p = p * f + 1.333_355_8e-3
    p = p * f + 9.618_129_1e-3
    p = p * f + 5.550_410_9e-2
    p = p * f + 2.402_265_1e-1
    p = p * f + 6.931_471_8e-1
    p = p * f + 1
    let exponent = UInt32(bitPattern: Int32(whole) + 127) << 23
    return p * Float(bitPattern: exponent)
}

/// The logarithm to base 2 of a normal positive number, absolute error at most 2e-7 near 1 and relative 2e-7 elsewhere.
///
/// Zero, negative numbers and subnormals give -126; infinity gives 128; NaN gives 0.
@inlinable public func fastLog2(_ x: Float) -> Float {
    if x.isNaN { return 0 }
    guard x >= Float.leastNormalMagnitude else { return -126 }
    guard x <= Float.greatestFiniteMagnitude else { return 128 }
    let bits = x.bitPattern
    var exponent = Int32(bits >> 23) - 127
    var mantissa = Float(bitPattern: (bits & 0x007F_FFFF) | 0x3F80_0000)
    if mantissa > 1.414_213_5 {
        mantissa *= 0.5
        exponent += 1
    }
    // log2(m) = 2/ln2 * atanh(s), s = (m-1)/(m+1), |s| < 0.1716
    let s = (mantissa - 1) / (mantissa + 1)
    let s2 = s * s
    var p: Float = 0.320_598_9
    p = p * s2 + 0.412_198_58
    p = p * s2 + 0.577_078_0
    p = p * s2 + 0.961_796_7
    p = p * s2 + 2.885_390_1
    return Float(exponent) + s * p
}

/// e to the power `x`; see `fastExp2` for accuracy and range.
@inlinable public func fastExp(_ x: Float) -> Float { fastExp2(x * 1.442_695_040_888_963_4) }

/// The natural logarithm; see `fastLog2` for accuracy and range.
@inlinable public func fastLog(_ x: Float) -> Float { fastLog2(x) * 0.693_147_180_559_945_3 }

/// The hyperbolic tangent, absolute error at most 3e-7; NaN gives 0.
@inlinable public func fastTanh(_ x: Float) -> Float {
    let clamped = x > -9 ? (x < 9 ? x : 9) : (x <= -9 ? -9 : 0)
    let magnitude = clamped < 0 ? -clamped : clamped
    if magnitude < 0.1 {  // the quotient below cancels near zero
        let x2 = clamped * clamped
        return clamped * (1 + x2 * (-0.333_333_33 + x2 * (0.133_333_33 - x2 * 0.053_968_254)))
    }
    let e = fastExp2(clamped * 2.885_390_081_777_926_8)
    return (e - 1) / (e + 1)
}

/// The sine of a phase in cycles, absolute error at most 3e-7; any finite phase, 1 is a full turn.
@inlinable public func fastSine(cycles: Float) -> Float {
    let wrapped = cycles - cycles.rounded(.toNearestOrEven)  // -0.5...0.5
    // Fold to -0.25...0.25, where the polynomial is short.
    let folded = wrapped > 0.25 ? 0.5 - wrapped : (wrapped < -0.25 ? -0.5 - wrapped : wrapped)
    let x = folded * 6.283_185_307_179_586
    let x2 = x * x
    var p: Float = -2.505_210_8e-8
    p = p * x2 + 2.755_731_9e-6
    p = p * x2 - 1.984_127_0e-4
    p = p * x2 + 8.333_333_3e-3
    p = p * x2 - 1.666_666_7e-1
    return x + x * x2 * p
}

/// `x`, or 0 where its magnitude is below 1e-20 or it is NaN or infinite.
///
/// Feedback state passes through this, so that no subnormal slows the loop down and no NaN stays in it.
@inlinable public func flushed(_ x: Float) -> Float {
    let magnitude = x < 0 ? -x : x
    return magnitude >= 1e-20 && magnitude <= Float.greatestFiniteMagnitude ? x : 0
}

/// `x` limited to a closed range; NaN gives the lower bound.
@inlinable public func clamp(_ x: Float, _ lower: Float, _ upper: Float) -> Float {
    x >= lower ? (x <= upper ? x : upper) : lower
}
