import StarlingFeatures
import StarlingMath
import Testing

/// What is made of a value as it goes on, against NumPy; see tools/make-feature-fixtures.py.
struct DerivedTests {
    private static let hopSeconds: Seconds = 1 / 187.5

    private func follow(_ values: [Double], _ how: Derivation, loudness: (Int) -> Float = { _ in 0 }) -> [Float] {
        let derived = DerivedValue(hopSeconds: Self.hopSeconds)
        return values.enumerated().map { derived.next(Float($1), loudness: loudness($0), how) }
    }

    private func derivation(_ kind: DerivationKind, _ seconds: Float, _ amount: Float = 0) -> Derivation {
        Derivation(kind: kind, seconds: seconds, amount: amount, low: -20, high: 20)
    }

    @Test(arguments: [
        (DerivationKind.mean, Float(0.2), 1e-5), (.deviation, 0.2, 1e-5), (.minimum, 0.2, 0), (.maximum, 0.2, 0), (.slope, 0.2, 1e-3),
        (.lag, 0.05, 0), (.delta, 0.05, 1e-5), (.acceleration, 0.05, 1e-5), (.smooth, 0.2, 1e-4), (.euro, 0.2, 1e-4), (.scale, 0.2, 1e-6),
    ])
    func everyKindEqualsItsReference(kind: DerivationKind, seconds: Float, tolerance: Double) throws {
        let table = try Table("derived")
        let found = follow(table.numbers("x"), derivation(kind, seconds, 3))
        for (i, expected) in table.numbers("\(kind.name)").enumerated() {
            #expect(abs(Double(found[i]) - expected) <= tolerance + 1e-6 * abs(expected), "\(kind.name), hop \(i): \(found[i]), \(expected)")
        }
    }

    @Test func aGateHoldsWhatWasBeforeTheQuiet() {
        let found = follow([1, 2, 3, 4, 5], derivation(.gate, 0.2, -40)) { $0 == 2 || $0 == 3 ? -50 : -30 }
        #expect(found == [1, 2, 2, 2, 5])
    }

    @Test(arguments: DerivationKind.allCases)
    func whatComesOutIsFiniteAndNoSubnormal(kind: DerivationKind) {
        let greatest = Double(Float.greatestFiniteMagnitude)
        let hostile = [0, greatest, -greatest, 1e-44, -1e-30, 1] + [Double](repeating: 0, count: 3_000) + [greatest, -greatest, 0]
        for seconds in [Float(0.001), 0.1, 5] {
            for value in follow(hostile, derivation(kind, seconds, 1e9)) { #expect(value.isFinite && !value.isSubnormal) }
        }
        let last = follow([3e38, -3e38] + [Double](repeating: 0.5, count: 4_000), derivation(kind, 0.1)).last!
        #expect(abs(last) < 1, "it recovers from what was beyond all bounds: \(last)")
    }

    @Test func theLongestWindowIsKept() {
        let count = 938
        let found = follow((0..<2 * count).map(Double.init), derivation(.lag, 5))
        #expect(found.last == Float(2 * count - 1 - count))
    }

    @Test func resetForgets() {
        let derived = DerivedValue(hopSeconds: Self.hopSeconds)
        let how = derivation(.mean, 1)
        _ = derived.next(100, loudness: 0, how)
        derived.reset()
        #expect(derived.next(1, loudness: 0, how) == 1)
    }
}
