import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct ChorusTests {
    private let bench = EffectBench("chorus")

    @Test func aCopyLagsByTheDelay() {
        var impulse = [Float](repeating: 0, count: 4_800)
        impulse[1_000] = 1
        let out = bench.pass(impulse, ["depth": 0, "delay": 0.01, "mix": 1, "thickness": 0, "spread": 0]).left
        #expect(out.indices.max { abs(out[$0]) < abs(out[$1]) } == 1_480)
    }

    /// Two equal waves a delay apart cancel at odd multiples of half its inverse, and add up at even ones.
    @Test func aFlangerIsAComb() {
        let settings: KeyValuePairs<String, Float> = ["depth": 0, "delay": 0.002, "mix": 0.5, "thickness": 0]
        let (dip, top) = (bench.gain(750, settings), bench.gain(1_000, settings))
        #expect(dip < -40 && abs(top - 3.01) < 0.1, "\(dip) and \(top) dB")
    }

    @Test(arguments: [0.2, 1, 5] as [Float]) func theDeepestSwingIsASemitone(rate: Float) {
        let out = bench.pass(
            EffectBench.sine(1_000, frames: 480_000), ["rate": rate, "depth": 1, "delay": 0.03, "mix": 1, "thickness": 0]).left
        let heard = stride(from: 48_000, to: 430_000, by: 480).map {
            Measure.frequency(Array(out[$0..<$0 + 480]), near: 1_000, rate: 48_000)
        }
        let cents = 1_200 * log2(heard.max()! / heard.min()!) / 2
        #expect(cents < 105 && cents > (rate < 1 ? 60 : 90), "\(cents) cents")
    }
}
