import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct FilterTests {
    private let bench = EffectBench("filter")

    /// The response of the analogue filter of second order at the frequency that the bilinear rule puts in this place.
    private func expected(_ kind: Int, _ hertz: Double, cutoff: Double, width: Double, rate: Double) -> Double {
        let w = tan(.pi * hertz / rate) / tan(.pi * cutoff / rate)
        let bottom = hypot(1 - w * w, width * w)
        let top = [1, width.squareRoot() * w, w * w, abs(1 - w * w)][kind]
        return Measure.decibels(top / bottom)
    }

    @Test(arguments: [0, 1, 2, 3], [0, 0.6] as [Float]) func respondsAsTheAnalogueFilter(kind: Int, resonance: Float) {
        let width = 1.8 * pow(2, -4.6 * Double(resonance))
        let softness = 0.35 * 20 * log10(min(width, 1))
        for (rate, cutoff) in [(48_000, 1_000), (44_100, 8_000), (8_000, 500)] as [(Float, Float)] {
            for hertz in [100.0, 700, 1_500, 3_000] {
                let heard = bench.gain(
                    hertz, ["kind": Float(kind), "cutoff": cutoff, "resonance": resonance], amplitude: 0.01, rate: rate)
                let right = expected(kind, hertz, cutoff: Double(cutoff), width: width, rate: Double(rate)) + softness
                #expect(abs(heard - right) < 0.05, "\(hertz) Hz: \(heard) for \(right) dB")
            }
        }
    }

    @Test func theLadderFallsBy24DecibelsAnOctave() {
        let settings: KeyValuePairs<String, Float> = ["kind": 4, "cutoff": 300, "resonance": 0]
        let fall = bench.gain(2_400, settings) - bench.gain(4_800, settings)
        #expect(abs(fall - 24) < 1, "\(fall) dB")
        #expect(abs(bench.gain(300, settings) + 12.04) < 0.1)
    }

    /// At full resonance the ladder sings at its cutoff, at every sample rate.
    @Test(arguments: [55, 220, 880, 3_520, 8_000] as [Double]) func theLadderSingsInTune(cutoff: Double) {
        for rate: Float in [44_100, 48_000, 192_000] {
            var impulse = [Float](repeating: 0, count: Int(2 * rate))
            impulse[0] = 0.5
            let out = bench.pass(impulse, ["kind": 4, "cutoff": Float(cutoff), "resonance": 1], rate: rate).left[Int(rate)...]
            let heard = Measure.frequency(Array(out), near: cutoff, rate: Double(rate))
            let cents = 1_200 * log2(heard / cutoff)
            #expect(abs(cents) < (rate > 100_000 ? 2 : 1), "\(cents) cents at \(rate) Hz")
            #expect(Measure.rms(out) > 0.05 && Measure.peak(out) < 2)
        }
    }

    @Test func loudSoundOpensIt() {
        let level = { (amplitude: Double) in
            bench.gain(2_000, ["cutoff": 300, "follow": 48, "resonance": 0], amplitude: amplitude)
        }
        #expect(level(0.6) > level(0.01) + 20)
    }
}
