import Foundation
import StarlingMath
import Testing

/// Measured against the platform's mathematics library, which the engine itself never calls.
struct FastMathTests {
    private func worst(
        _ range: ClosedRange<Float>, count: Int = 200_000, _ error: (Float) -> Double
    ) -> (error: Double, at: Float) {
        var worst = (error: 0.0, at: range.lowerBound)
        for i in 0...count {
            let x = range.lowerBound + (range.upperBound - range.lowerBound) * Float(i) / Float(count)
            let e = error(x)
            if e > worst.error || e.isNaN { worst = (e, x) }
        }
        return worst
    }

    @Test func exponentialIsWithinItsRelativeError() {
        let found = worst(-125.9...125.9) { abs(Double(fastExp2($0)) / exp2(Double($0)) - 1) }
        #expect(found.error <= 2e-7, "off by \(found.error) at \(found.at)")
    }

    @Test func logarithmIsWithinItsError() {
        let near = worst(0.5...2) { abs(Double(fastLog2($0)) - log2(Double($0))) }
        #expect(near.error <= 2e-7, "off by \(near.error) at \(near.at)")
        let wide = worst(-120...120) {
            let x = Float(exp2(Double($0)))
            return abs(Double(fastLog2(x)) - log2(Double(x))) / max(1, abs(log2(Double(x))))
        }
        #expect(wide.error <= 2e-7, "off by \(wide.error) at 2^\(wide.at)")
    }

    @Test func tangentAndSineAreWithinTheirErrors() {
        let tangent = worst(-12...12) { abs(Double(fastTanh($0)) - tanh(Double($0))) }
        #expect(tangent.error <= 3e-7, "off by \(tangent.error) at \(tangent.at)")
        let sine = worst(-3...3) { abs(Double(fastSine(cycles: $0)) - sin(2 * .pi * Double($0))) }
        #expect(sine.error <= 3e-7, "off by \(sine.error) at \(sine.at)")
    }

    @Test func edgesAreDefined() {
        #expect(fastExp2(.nan) == 1)
        #expect(fastExp2(1000) == fastExp2(126))
        #expect(fastLog2(0) == -126 && fastLog2(-1) == -126 && fastLog2(.infinity) == 128 && fastLog2(.nan) == 0)
        #expect(fastTanh(.nan) == 0 && fastTanh(.infinity) > 0.999_999 && fastTanh(-.infinity) < -0.999_999)
        #expect(flushed(1e-21) == 0 && flushed(.nan) == 0 && flushed(-.infinity) == 0 && flushed(0.5) == 0.5)
        #expect(clamp(.nan, 1, 2) == 1 && clamp(3, 1, 2) == 2)
    }

    @Test func pitchAndLevelConvertBothWays() {
        #expect(abs(hertz(note: 69) - 440) < 0.001)
        #expect(abs(noteNumber(hertz: 261.625_58) - 60) < 1e-4)
        #expect(abs(amplitude(decibels: -6.020_6) - 0.5) < 1e-5)
        #expect(abs(decibels(amplitude: 0.5) + 6.020_6) < 1e-4)
        #expect(decibels(amplitude: 0) == -200)
    }

    @Test func exactFunctionsReachDoublePrecision() {
        var worst = 0.0
        for i in -1000...1000 {
            let x = Double(i) / 371
            worst = max(worst, abs(ExactMath.sine(cycles: x) - sin(2 * .pi * x)))
            worst = max(worst, abs(ExactMath.cosine(cycles: x) - cos(2 * .pi * x)))
            worst = max(worst, abs(ExactMath.exponential(x * 10) / exp(x * 10) - 1))
            worst = max(worst, abs(ExactMath.logarithm(exp(x * 10)) - log(exp(x * 10))))
        }
        #expect(worst < 2e-14, "off by \(worst)")
    }
}
