import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct CompressorTests {
    private let bench = EffectBench("compressor")

    /// The curve of D. Giannoulis et al., in dB.
    private func curve(_ level: Double, _ threshold: Double, _ ratio: Double, _ knee: Double) -> Double {
        let over = level - threshold
        if 2 * over < -knee { return level }
        if 2 * over > knee { return threshold + over / ratio }
        return level + (1 / ratio - 1) * (over + knee / 2) * (over + knee / 2) / (2 * knee)
    }

    @Test(arguments: [(2, 0), (4, 6), (20, 24)] as [(Float, Float)]) func theCurveIsExact(ratio: Float, knee: Float) {
        for level in stride(from: -50.0, through: 0, by: 2.5) {
            for hertz in [60.0, 1_000] {
                let heard = level + bench.gain(
                    hertz, ["threshold": -24, "ratio": ratio, "knee": knee, "makeup": 0], amplitude: pow(10, level / 20))
                let expected = curve(level, -24, Double(ratio), Double(knee))
                #expect(abs(heard - expected) < 0.05, "\(level) dB, \(hertz) Hz: \(heard) for \(expected)")
            }
        }
    }

    /// A step by 20 dB over a ratio of 20: 63 % of what is taken in the end is taken after the attack, and given back after
    /// the release and the 10 ms for which a level is held.
    @Test(arguments: [(0.005, 0.1), (0.05, 0.4)] as [(Float, Float)]) func attackAndReleaseLastAsTheySay(attack: Float, release: Float) {
        let x = (0..<192_000).map { ($0 > 48_000 && $0 <= 96_000 ? 0.5 : 0.05) * fastSine(cycles: Float($0 % 12) / 12) }
        let out = bench.pass(
            x, ["threshold": -26, "ratio": 20, "knee": 0, "attack": attack, "release": release, "makeup": 0]).left
        let gain = { (frame: Int) in
            Measure.decibels(Double(Measure.peak(out[frame - 12..<frame]) / Measure.peak(x[frame - 12..<frame])))
        }
        let full = gain(96_000)
        #expect(abs(full + 0.95 * 20) < 0.1)
        let taken = (48_012..<96_000).first { gain($0) < full * 0.632 }! - 48_000
        #expect(abs(Float(taken) / 48_000 - attack) < 0.1 * attack + 0.000_3, "\(taken) frames")
        let given = (96_012..<192_000).first { gain($0) > full * 0.368 }! - 96_000
        #expect(abs(Float(given) / 48_000 - 0.01 - release) < 0.05 * release + 0.000_3, "\(given) frames")
    }

    @Test func bothSidesKeepTheirPlace() {
        let loud = EffectBench.sine(300, amplitude: 0.8, frames: 48_000)
        let soft = loud.map { $0 * 0.25 }
        let values = bench.info.parameters.defaults
        let out = bench.info.make(48_000).pass(Sound(left: loud, right: soft)) { _ in values }
        #expect(zip(out.left, out.right).allSatisfy { abs($0 * 0.25 - $1) < 1e-6 })
    }
}
