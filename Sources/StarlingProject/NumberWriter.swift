import StarlingMath

extension Text {
    /// A number in the fewest digits that read back as the same number; as ECMAScript writes it, but -0 keeps its sign.
    ///
    /// NaN and infinities become `null`, which is what JSON has for them.
    public init(shortest number: Double) {
        self.init(
            FloatParts(
                isFinite: number.isFinite, isNegative: number.sign == .minus,
                whole: number.magnitude < 0x1p53 ? UInt64(exactly: number.magnitude) : nil,
                mantissa: number.significandBitPattern, mantissaBits: 52,
                exponentField: Int(number.exponentBitPattern), lowestExponent: -1074))
    }

    /// A single-precision number in the fewest digits that read back as the same single-precision number.
    public init(shortest number: Float) {
        self.init(
            FloatParts(
                isFinite: number.isFinite, isNegative: number.sign == .minus,
                whole: number.magnitude < 0x1p24 ? UInt64(exactly: number.magnitude) : nil,
                mantissa: UInt64(number.significandBitPattern), mantissaBits: 23,
                exponentField: Int(number.exponentBitPattern), lowestExponent: -149))
    }

    private init(_ parts: FloatParts) {
        guard parts.isFinite else {
            self = "null"
            return
        }
        self.init(utf8: parts.isNegative ? [45] : [])
        if let whole = parts.whole {
            utf8 += decimalDigits(whole)
        } else {
            let shortest = ShortestDigits(parts)
            append(shortest.digits, point: shortest.point)
        }
    }

    /// Appends digits whose decimal point stands `point` places behind their start.
    private mutating func append(_ digits: [UInt8], point: Int) {
        switch point {
        case digits.count...21:
            utf8 += digits + [UInt8](repeating: 48, count: point - digits.count)
        case 1...21:
            utf8 += digits[..<point] + [46] + digits[point...]
        case -5...0:
            utf8 += [48, 46] + [UInt8](repeating: 48, count: -point) + digits
        default:
            utf8.append(digits[0])
            if digits.count > 1 { utf8 += [46] + digits[1...] }
            utf8 += [101, point > 0 ? 43 : 45] + decimalDigits(UInt64(abs(point - 1)))
        }
    }
}

/// A whole number in decimal digits.
private func decimalDigits(_ number: UInt64) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = number
    repeat {
        digits.append(UInt8(48 + rest % 10))
        rest /= 10
    } while rest > 0
    return digits.reversed()
}

/// A floating-point number of either size, taken apart.
private struct FloatParts {
    let isFinite: Bool
    let isNegative: Bool
    /// The magnitude, where it is a whole number whose neighbours are at most 1 away.
    let whole: UInt64?
    let mantissa: UInt64
    let mantissaBits: Int
    let exponentField: Int
    let lowestExponent: Int

    /// The magnitude is significand * 2^exponent.
    var significand: UInt64 { exponentField == 0 ? mantissa : mantissa | 1 << UInt64(mantissaBits) }
    var exponent: Int { max(exponentField, 1) - 1 + lowestExponent }
    /// Below a power of two the neighbours are twice as close, except at the bottom of the range.
    var isCloserBelow: Bool { mantissa == 0 && exponentField > 1 }
}

/// The fewest decimal digits within the rounding interval of significand * 2^exponent, closest to its value.
///
/// Exact, by whole numbers of any size; about a microsecond a digit for large exponents, far less near 1.
/// Reference: Steele and White, "How to print floating-point numbers accurately", PLDI 1990, free-format printing.
private struct ShortestDigits {
    private(set) var digits: [UInt8] = []
    private(set) var point: Int

    init(_ parts: FloatParts) {
        let significand = parts.significand
        let exponent = parts.exponent
        let doubling = parts.isCloserBelow ? 2 : 1
        // value = rest / unit; the interval reaches `below` and `above` from it. All are doubled to stay whole.
        var rest = BigNumber(significand)
        var unit = BigNumber(1)
        var below = BigNumber(1)
        rest.shift(by: max(exponent, 0) + doubling)
        unit.shift(by: max(-exponent, 0) + doubling)
        below.shift(by: max(exponent, 0))
        var above = below
        if parts.isCloserBelow { above.shift(by: 1) }

        let binaryExponent = exponent + 63 - significand.leadingZeroBitCount
        point = Int((Double(binaryExponent) * 0.301_029_995_663_981_2).rounded(.down))
        if point >= 0 { unit.scale(byTenTo: point) } else {
            for _ in 0..<(-point) {
                rest.multiply(by: 10)
                below.multiply(by: 10)
                above.multiply(by: 10)
            }
        }
        // Reading rounds ties to even, so that the interval of an even significand includes its ends.
        let inclusive = significand % 2 == 0 ? 0 : 1
        while rest.adding(above).compared(to: unit) >= inclusive {
            unit.multiply(by: 10)
            point += 1
        }
        while true {
            rest.multiply(by: 10)
            below.multiply(by: 10)
            above.multiply(by: 10)
            var digit: UInt8 = 48
            while rest.compared(to: unit) >= 0 {
                rest.subtract(unit)
                digit += 1
            }
            let low = below.compared(to: rest) >= inclusive
            let high = rest.adding(above).compared(to: unit) >= inclusive
            if low || high {
                let half = rest.adding(rest).compared(to: unit)
                let up = high && (!low || half > 0 || half == 0 && digit % 2 == 1)
                digits.append(up ? digit + 1 : digit)
                return
            }
            digits.append(digit)
        }
    }
}
