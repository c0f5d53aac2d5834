import StarlingDSP
import StarlingMath

/// What lies between the samples of a sound: eight of them, weighted by a sinc under a Kaiser window.
///
/// There is a set of weights for each half octave by which a sound is played faster, each of which takes away what would
/// fold back. Between 128 places from one sample to the next the weights are straight lines.
/// Memory: 5 sets of 129 rows of 8 weights, 20 KiB. Cost: 16 multiplications a sample-frame, in lanes of four.
/// Reference: J. Smith, "Digital Audio Resampling", CCRMA; J. Kaiser, "Nonrecursive digital filter design", ISCAS 1974.
final class SincTable: Sendable {
    /// How many samples are weighed, and how many of them lie before the place or at it.
    static let tapCount = 8
    static let tapsBefore = 3
    private static let places = 128
    private static let setCount = 5
    private static let beta = 5.5
    private let weights: Floats

    /// The only one there is: it is made when it is first asked for.
    static let shared = SincTable()

    private init() {
        weights = Floats(Self.setCount * (Self.places + 1) * Self.tapCount)
        for set in 0..<Self.setCount {
            let cutoff = 0.94 * ExactMath.power(2, -0.5 * Double(set))
            for place in 0...Self.places { fill((set * (Self.places + 1) + place) * Self.tapCount, Double(place) / Double(Self.places), cutoff) }
        }
    }

    /// One row, whose weights sum to 1.
    private func fill(_ row: Int, _ fraction: Double, _ cutoff: Double) {
        var (all, sum) = ([Double](repeating: 0, count: Self.tapCount), 0.0)
        for tap in 0..<Self.tapCount {
            let distance = Double(tap - Self.tapsBefore) - fraction
            let edge = distance / 4.001
            let x = distance * cutoff
            let sinc = abs(x) < 1e-9 ? 1 : ExactMath.sine(cycles: x / 2) / (ExactMath.pi * x)
            all[tap] = abs(edge) < 1 ? sinc * Self.bessel(Self.beta * (1 - edge * edge).squareRoot()) : 0
            sum += all[tap]
        }
        for tap in 0..<Self.tapCount { weights[row + tap] = Float(all[tap] / sum) }
    }

    /// The modified Bessel function of order 0.
    private static func bessel(_ x: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for n in 1..<24 {
            term *= x * x / Double(4 * n * n)
            sum += term
        }
        return sum
    }

    /// The weights for a sound that is played `increment` samples a sample-frame.
    func set(_ increment: Float) -> UnsafePointer<Float> {
        let octaves = fastLog2(max(increment.magnitude, 1))
        let set = min(Int((2 * octaves - 0.05).rounded(.up)), Self.setCount - 1)
        return UnsafePointer(weights.pointer + max(set, 0) * (Self.places + 1) * Self.tapCount)
    }

    /// The value at `fraction` 0..<1 behind the fourth of eight samples.
    @inline(__always) static func value(
        _ samples: UnsafePointer<Float>, _ fraction: Float, _ set: UnsafePointer<Float>
    ) -> Float {
        let place = fraction * Float(places)
        let index = min(Int(place), places - 1)
        let row = set + index * tapCount
        let share = place - Float(index)
        let (low, high) = (row.lanes(at: 0), row.lanes(at: 4))
        let near = low + (row.lanes(at: 8) - low) * share
        let far = high + (row.lanes(at: 12) - high) * share
        return (samples.lanes(at: 0) * near + samples.lanes(at: 4) * far).total
    }
}
