import StarlingMath

extension Text {
    /// The number that the text is, correctly rounded; nil where it is none, or is too large for a number.
    ///
    /// Digits with an optional sign, decimal point and exponent; no spaces, no `NaN`, no `infinity`.
    public var double: Double? { Decimal(utf8[...])?.double }

    /// The single-precision number that the text is, correctly rounded; nil where it is none, or is too large.
    public var float: Float? { Decimal(utf8[...])?.float }
}

/// A number as it is written: digits times 10 to the power `exponent`.
///
/// Reference for the quick way: Clinger, "How to read floating point numbers accurately", PLDI 1990.
struct Decimal {
    private var negative = false
    /// Significant digits as values 0...9, without leading zeros. No more than 800 matter; a 1 stands for those cut off.
    private var digits: [UInt8] = []
    private var exponent = 0
    private static let digitLimit = 800

    /// Reads a whole slice of bytes, with a decimal point of the caller's choice; nil where it is no number.
    init?(_ bytes: ArraySlice<UInt8>, point: UInt8 = 46) {
        var at = bytes.startIndex
        var seen = false
        var behindPoint = false
        if at < bytes.endIndex, bytes[at] == 45 || bytes[at] == 43 {
            negative = bytes[at] == 45
            at += 1
        }
        while at < bytes.endIndex {
            let byte = bytes[at]
            if byte == point, !behindPoint { behindPoint = true } else {
                guard byte >= 48, byte <= 57 else { break }
                seen = true
                add(byte - 48, behindPoint: behindPoint)
            }
            at += 1
        }
        guard seen else { return nil }
        if at < bytes.endIndex {
            guard bytes[at] | 32 == 101, readExponent(bytes[(at + 1)...]) else { return nil }
        }
    }

    private mutating func add(_ digit: UInt8, behindPoint: Bool) {
        if behindPoint { exponent -= 1 }
        if digits.isEmpty, digit == 0 { return }
        if digits.count < Self.digitLimit { digits.append(digit) } else {
            exponent += 1
            if digit > 0 { digits[Self.digitLimit - 1] |= 1 }
        }
    }

    private mutating func readExponent(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        let down = rest.first == 45
        if down || rest.first == 43 { rest.removeFirst() }
        guard !rest.isEmpty else { return false }
        var value = 0
        for byte in rest {
            guard byte >= 48, byte <= 57 else { return false }
            value = min(value * 10 + Int(byte - 48), 1_000_000)  // far outside any number's range already
        }
        exponent += down ? -value : value
        return true
    }

    /// The nearest double; nil where it is too large for one.
    var double: Double? {
        if let quick { return quick }
        let bits = rounded(mantissaBits: 53, lowest: -1074)
        let value = Double(bitPattern: min(bits, Double.infinity.bitPattern))
        return value.isFinite ? (negative ? -value : value) : nil
    }

    /// The nearest single-precision number; nil where it is too large for one.
    var float: Float? {
        // A double in the middle between two floats may have been rounded there.
        if let quick, quick.bitPattern & 0x1FFF_FFFF != 0x1000_0000, quick == 0 || quick.magnitude > 0x1p-126 {
            let value = Float(quick)
            return value.isFinite ? value : nil
        }
        let bits = rounded(mantissaBits: 24, lowest: -149)
        let value = Float(bitPattern: UInt32(min(bits, UInt64(Float.infinity.bitPattern))))
        return value.isFinite ? (negative ? -value : value) : nil
    }

    /// The double by one exact operation, where digits and power of ten are doubles themselves.
    private var quick: Double? {
        guard digits.count <= 15, exponent.magnitude <= 22 || digits.isEmpty else { return nil }
        var value = 0.0
        for digit in digits { value = value * 10 + Double(digit) }
        var power = 1.0
        for _ in 0..<(digits.isEmpty ? 0 : Int(exponent.magnitude)) { power *= 10 }
        value = exponent < 0 ? value / power : value * power
        return negative ? -value : value
    }

    /// The bits of the nearest number, its sign left out; at and above the bits of infinity where it is too large.
    private func rounded(mantissaBits: Int, lowest: Int) -> UInt64 {
        guard digits.count + exponent < 400 else { return UInt64.max }
        guard !digits.isEmpty, digits.count + exponent > -400 else { return 0 }
        var numerator = BigNumber(0)
        for digit in digits { numerator.multiply(by: 10, adding: UInt32(digit)) }
        var denominator = BigNumber(1)
        if exponent >= 0 { numerator.scale(byTenTo: exponent) } else { denominator.scale(byTenTo: -exponent) }

        // numerator / denominator = quotient * 2^power, with one bit too many at most.
        var power = max(numerator.bitCount - denominator.bitCount - mantissaBits, lowest)
        if power > 0 { denominator.shift(by: power) } else { numerator.shift(by: -power) }
        var quotient = divide(&numerator, by: denominator)
        var half = numerator.adding(numerator).compared(to: denominator)
        if quotient >> UInt64(mantissaBits) > 0 {
            let odd = quotient & 1 == 1
            half = odd ? (numerator.isZero ? 0 : 1) : -1
            quotient >>= 1
            power += 1
        }
        if half > 0 || half == 0 && quotient & 1 == 1 { quotient += 1 }
        return quotient + UInt64(power - lowest) << UInt64(mantissaBits - 1)
    }

    /// The quotient of two numbers, below 2^54; the remainder stays in the first.
    private func divide(_ numerator: inout BigNumber, by denominator: BigNumber) -> UInt64 {
        var quotient: UInt64 = 0
        for bit in (0..<max(numerator.bitCount - denominator.bitCount + 1, 0)).reversed() {
            var part = denominator
            part.shift(by: bit)
            if numerator.compared(to: part) >= 0 {
                numerator.subtract(part)
                quotient |= 1 << UInt64(bit)
            }
        }
        return quotient
    }
}
