import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct EqualiserTests {
    private let bench = EffectBench("equaliser")

    /// The response in dB of the cookbook's filters (R. Bristow-Johnson).
    private func cookbook(_ kind: String, _ hertz: Double, _ middle: Double, _ gain: Double, _ quality: Double, _ rate: Double) -> Double {
        let a = pow(10, gain / 40), w = 2 * Double.pi * middle / rate
        let (c, alpha) = (cos(w), sin(w) / (2 * quality))
        let root = 2 * a.squareRoot() * alpha
        let (b, d): ([Double], [Double])
        switch kind {
        case "bell": (b, d) = ([1 + alpha * a, -2 * c, 1 - alpha * a], [1 + alpha / a, -2 * c, 1 - alpha / a])
        case "low":
            b = [a * (a + 1 - (a - 1) * c + root), 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root)]
            d = [a + 1 + (a - 1) * c + root, -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root]
        default:
            b = [a * (a + 1 + (a - 1) * c + root), -2 * a * (a - 1 + (a + 1) * c), a * (a + 1 + (a - 1) * c - root)]
            d = [a + 1 - (a - 1) * c + root, 2 * (a - 1 - (a + 1) * c), a + 1 - (a - 1) * c - root]
        }
        let z = 2 * Double.pi * hertz / rate
        let size = { (x: [Double]) in
            hypot(x[0] + x[1] * cos(z) + x[2] * cos(2 * z), x[1] * sin(z) + x[2] * sin(2 * z))
        }
        return Measure.decibels(size(b) / size(d))
    }

    @Test(arguments: [44_100, 48_000, 96_000] as [Float]) func respondsAsTheCookbook(rate: Float) {
        for gain: Float in [-18, -6, 3, 18] {
            for hertz in [40.0, 120, 500, 1_500, 3_000, 9_000, 16_000] {
                let heard = bench.gain(
                    hertz,
                    [
                        "low": 150, "low-gain": gain, "bell-1": 600, "bell-1-gain": -gain, "bell-1-width": 2, "bell-2": 3_000,
                        "bell-2-gain": gain, "bell-2-width": 0.5, "high": 6_000, "high-gain": -gain,
                    ], amplitude: 0.01, rate: rate)
                let (g, r) = (Double(gain), Double(rate))
                let expected = cookbook("low", hertz, 150, g, 0.5.squareRoot(), r) + cookbook("bell", hertz, 600, -g, 2, r)
                    + cookbook("bell", hertz, 3_000, g, 0.5, r) + cookbook("high", hertz, 6_000, -g, 0.5.squareRoot(), r)
                #expect(abs(heard - expected) < 0.02, "\(hertz) Hz, \(gain) dB: \(heard) for \(expected)")
            }
        }
    }
}
