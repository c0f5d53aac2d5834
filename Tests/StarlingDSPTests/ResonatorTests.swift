import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Suite struct ResonatorTests {
    private func response(_ cycles: Double, frequency: Float, width: Float, low: Float) -> Double {
        var filter = Resonator()
        filter.aim(frequency: Lanes(repeating: frequency), width: width, level: 1, atOnce: true)
        let input = (0..<12_000).map { Lanes(repeating: Float(sin(2 * .pi * cycles * Double($0)))) }
        var output = [Lanes](repeating: .zero, count: input.count)
        filter.add(input, to: &output, count: input.count, low: low)
        return (output[2_000...].reduce(0) { $0 + Double($1[2]) * Double($1[2]) } / 5_000).squareRoot()  // of the peak
    }

    /// Against the analogue band-pass and low-pass, seen through the bilinear transform.
    @Test func peaksWhereAndAsHighAsItSays() {
        for (frequency, width) in [(0.01, 0.1), (0.1, 0.05), (0.3, 0.5)] as [(Float, Float)] {
            for ratio in [0.5, 1.0, 1.4] {
                let cycles = Double(frequency) * ratio
                let w = tan(.pi * cycles) / tan(.pi * Double(frequency))
                let k = Double(width)
                let band = k * w / hypot(1 - w * w, k * w)
                let measured = response(cycles, frequency: frequency, width: width, low: 0)
                #expect(abs(measured / band - 1) < 0.02, "\(frequency) x \(ratio)")
                let both = k * hypot(1, w) / hypot(1 - w * w, k * w)
                #expect(abs(response(cycles, frequency: frequency, width: width, low: 1) / both - 1) < 0.02)
            }
        }
    }

    @Test func staysCalmHoweverItIsMoved() {
        let seed: UInt64 = 9
        var random = SeededRandom(seed: seed)
        var filter = Resonator()
        var largest: Float = 0
        for _ in 0..<20_000 {
            let frequency = 0.45 * fastExp2(-10 * random.uniform())
            filter.aim(
                frequency: Lanes(repeating: frequency), width: 0.02 + random.uniform(), level: 1,
                atOnce: random.uniform() < 0.3)
            let input = (0..<32).map { _ in Lanes(repeating: random.bipolar()) }
            var output = [Lanes](repeating: .zero, count: 32)
            filter.add(input, to: &output, count: 32, low: 0)
            largest = output.reduce(largest) { max($0, abs($1[0])) }
        }
        #expect(largest < 10, "seed \(seed)")
    }
}
