import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct DriveTests {
    private let bench = EffectBench("drive")

    /// What does not belong to a 5 kHz tone, below 20 kHz, compared with it.
    private func alias(_ drive: Float, _ character: Float) -> Double {
        let sine = EffectBench.sine(5_000, amplitude: 0.5)
        let out = bench.pass(sine, ["drive": drive, "character": character, "tone": 1]).left[24_000..<24_000 + 65_536]
        let others = Measure.loudest(out, rate: 48_000) {
            Measure.distance($0, fromMultiplesOf: 5_000) > 20 && $0 > 20 && $0 < 20_000
        }
        return Measure.decibels(others / Measure.loudest(out, rate: 48_000) { abs($0 - 5_000) < 20 })
    }

    @Test(arguments: [0, 0.5, 1, 1.5, 2, 2.5, 3] as [Float]) func doesNotAlias(character: Float) {
        let levels = [6, 12, 18, 24, 30, 36].map { alias($0, character) }
        #expect(levels[...3].max()! < -77, "up to 24 dB: \(levels)")
        #expect(levels.max()! < -50, "\(levels)")
    }

    @Test func charactersHaveTheirHarmonics() {
        let harmonics = { (character: Float) in
            let out = bench.pass(EffectBench.sine(500, amplitude: 0.5), ["drive": 12, "character": character, "tone": 1]).left[48_000...]
            let tones = (1...3).map { Measure.tone(out, hertz: 500 * Double($0), rate: 48_000).amplitude }
            return (second: Measure.decibels(tones[1] / tones[0]), third: Measure.decibels(tones[2] / tones[0]))
        }
        // tanh and a limit are odd; what leans has even harmonics.
        #expect(harmonics(0).second < -90 && harmonics(0).third > -25)
        #expect(harmonics(1).second > -25)
        #expect(harmonics(2).second < -90 && harmonics(2).third > -20)
    }

    /// A tanh of a sine, by the trapezoidal rule for its Fourier coefficients.
    @Test func softIsATanh() {
        let strength = pow(10, 12.0 / 20)
        let expected = [1, 3, 5].map { n in
            (0..<4_096).reduce(0) { sum, i in
                let angle = 2 * Double.pi * Double(i) / 4_096
                return sum + tanh(strength * 0.5 * sin(angle)) * sin(Double(n) * angle) / 2_048
            }
        }
        let out = bench.pass(EffectBench.sine(500, amplitude: 0.5), ["drive": 12, "character": 0, "tone": 1]).left[48_000...]
        let heard = [500.0, 1_500, 2_500].map { Measure.tone(out, hertz: $0, rate: 48_000).amplitude }
        for (a, b) in [(1, 0), (2, 0)] {
            // The tone control at 1 is a one-pole of 22.6 kHz.
            #expect(abs(Measure.decibels(heard[a] / heard[b] / abs(expected[a] / expected[b]))) < 0.1)
        }
    }

    @Test func withoutMixItIsADelay() {
        var random = SeededRandom(seed: 9)
        let noise = (0..<4_800).map { _ in random.bipolar() }
        let out = bench.pass(noise, ["mix": 0]).left
        #expect(zip(out[32...], noise).allSatisfy { abs($0 - $1) < 1e-6 })
    }
}
