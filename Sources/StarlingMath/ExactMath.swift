/// Elementary functions in double precision for tables made at setup.
///
/// Accurate to about 1e-15 and, like `FastMath`, free of the platform's mathematics library, so that
/// windows, twiddle factors and filter banks have the same bits natively and in WebAssembly.
/// They are not for the audio path.
public enum ExactMath {
    /// The ratio of a circle's circumference to its diameter.
    public static let pi = 3.141_592_653_589_793

    /// The sine of a phase in cycles (1 is a full turn).
    public static func sine(cycles: Double) -> Double {
        let wrapped = cycles - cycles.rounded(.toNearestOrEven)
        let folded = wrapped > 0.25 ? 0.5 - wrapped : (wrapped < -0.25 ? -0.5 - wrapped : wrapped)
        let x = folded * 2 * pi
        let x2 = x * x
        var term = x
        var sum = x
        var n = 1.0
        while n < 27 {
            term *= -x2 / ((n + 1) * (n + 2))
            sum += term
            n += 2
        }
        return sum
    }

    /// The cosine of a phase in cycles (1 is a full turn).
    public static func cosine(cycles: Double) -> Double {
        // Wrapping first keeps the quarter turn exact for large phases.
        let wrapped = cycles - cycles.rounded(.toNearestOrEven)
        return sine(cycles: wrapped + 0.25)
    }

    /// e to the power `x` for -700...700.
    public static func exponential(_ x: Double) -> Double {
        let whole = (x * 1.442_695_040_888_963_4).rounded(.toNearestOrEven)
        let f = x - whole * 0.693_147_180_369_123_8 - whole * 1.908_214_929_270_587_7e-10
        var term = 1.0
        var sum = 1.0
        var n = 1.0
        while n < 22 {
            term *= f / n
            sum += term
            n += 1
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }

    /// The natural logarithm of a positive number.
    public static func logarithm(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.414_213_562_373_095 {
            mantissa *= 0.5
            exponent += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        let s2 = s * s
        var power = s
        var sum = s
        var n = 3.0
        while n < 45 {
            power *= s2
            sum += power / n
            n += 2
        }
        return 2 * sum + exponent * 0.693_147_180_559_945_3
    }

    /// `base` to the power `exponent`, for a positive base.
    public static func power(_ base: Double, _ exponent: Double) -> Double {
        exponential(exponent * logarithm(base))
    }

    /// The tangent of a phase in cycles, for phases with a cosine other than 0.
    public static func tangent(cycles: Double) -> Double {
        sine(cycles: cycles) / cosine(cycles: cycles)
    }
}
