/// A whole number of any size, for decimal conversions that round correctly.
///
/// Words are least significant first, without zeros at the top. Numbers here stay below some 3,000 bits.
struct BigNumber {
    private(set) var words: [UInt32]

    init(_ value: UInt64) {
        words = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
        trim()
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }

    var isZero: Bool { words.isEmpty }

    /// How many bits it takes to write the number.
    var bitCount: Int {
        guard let top = words.last else { return 0 }
        return words.count * 32 - top.leadingZeroBitCount
    }

    /// Multiplies by a small number and adds another.
    mutating func multiply(by factor: UInt32, adding term: UInt32 = 0) {
        var carry = UInt64(term)
        for i in words.indices {
            carry += UInt64(words[i]) * UInt64(factor)
            words[i] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        if carry > 0 { words.append(UInt32(carry)) }
    }

    /// Multiplies by 10 to the power `exponent`, 0 or above.
    mutating func scale(byTenTo exponent: Int) {
        var left = exponent
        while left >= 9 {
            multiply(by: 1_000_000_000)
            left -= 9
        }
        for _ in 0..<left { multiply(by: 10) }
    }

    /// Multiplies by 2 to the power `exponent`, 0 or above.
    mutating func shift(by exponent: Int) {
        guard !isZero else { return }
        multiply(by: 1 << UInt32(exponent % 32))
        words = [UInt32](repeating: 0, count: exponent / 32) + words
    }

    /// Takes away a number that is not greater.
    mutating func subtract(_ other: BigNumber) {
        var borrow: Int64 = 0
        for i in words.indices {
            let difference = Int64(words[i]) - (i < other.words.count ? Int64(other.words[i]) : 0) + borrow
            words[i] = UInt32(truncatingIfNeeded: difference)
            borrow = difference >> 32
        }
        trim()
    }

    /// The sum with another number.
    func adding(_ other: BigNumber) -> BigNumber {
        var sum = self
        var carry: UInt64 = 0
        for i in 0..<max(words.count, other.words.count) {
            carry += (i < words.count ? UInt64(words[i]) : 0) + (i < other.words.count ? UInt64(other.words[i]) : 0)
            if i < words.count { sum.words[i] = UInt32(truncatingIfNeeded: carry) } else {
                sum.words.append(UInt32(truncatingIfNeeded: carry))
            }
            carry >>= 32
        }
        if carry > 0 { sum.words.append(UInt32(carry)) }
        return sum
    }

    /// -1, 0 or 1 as the number is below, equal to or above another.
    func compared(to other: BigNumber) -> Int {
        if words.count != other.words.count { return words.count < other.words.count ? -1 : 1 }
        for i in words.indices.reversed() where words[i] != other.words[i] {
            return words[i] < other.words[i] ? -1 : 1
        }
        return 0
    }
}
