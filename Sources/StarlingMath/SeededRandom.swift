/// Random numbers that are the same for the same seed, on every machine.
///
/// Method: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one addition and three multiply-xorshifts a number.
public struct SeededRandom: Sendable {
    private var state: UInt64

    /// A generator whose sequence follows from `seed` alone.
    public init(seed: UInt64) { state = seed }

    /// The next 64 uniformly distributed bits.
    @inline(__always) public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number uniformly distributed in 0..<1.
    @inline(__always) public mutating func uniform() -> Float {
        Float(UInt32(truncatingIfNeeded: next() >> 40)) * 0x1p-24
    }

    /// A number uniformly distributed in -1..<1.
    @inline(__always) public mutating func bipolar() -> Float { uniform() * 2 - 1 }

    /// A whole number uniformly distributed in 0..<count, for a count above 0.
    @inline(__always) public mutating func index(below count: Int) -> Int {
        Int((UInt64(UInt32(truncatingIfNeeded: next() >> 32)) &* UInt64(count)) >> 32)
    }

    /// A normally distributed number with mean 0 and deviation 1 (Box and Muller).
    public mutating func normal() -> Float {
        let radius = (-2 * fastLog(1 - uniform())).squareRoot()
        return radius * fastSine(cycles: uniform())
    }
}
