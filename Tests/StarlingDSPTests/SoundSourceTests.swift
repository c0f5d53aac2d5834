import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Suite struct SoundSourceTests {
    /// Against the sum of harmonics that the closed form stands for.
    @Test(arguments: [0.001, 0.01, 0.1, 0.3] as [Float], [0.01, 0.05] as [Float])
    func pulsesAreTheSumOfTheirHarmonics(frequency: Float, slope: Float) {
        var source = PulseSource()
        source.phase = Lanes(0, 0.25, -0.25, 0.1)
        let start = source.phase
        source.aim(frequency: Lanes(repeating: frequency), slope: Lanes(repeating: slope), gain: 1, atOnce: true)
        var frames = [Lanes](repeating: .zero, count: 8)
        source.render(&frames, count: 8)
        let a = exp(-Double(frequency / slope))
        for lane in 0..<4 {
            let phase = Double(start[lane]) + 8 * Double(frequency)
            var sum = 0.0
            for k in 1..<3_000 { sum += pow(a, Double(k)) * cos(2 * .pi * Double(k) * phase) }
            let expected = sum * (2 * (1 - a * a)).squareRoot() / a
            #expect(abs(Double(frames[7][lane]) - expected) < 2e-3 * (1 + abs(expected)), "lane \(lane)")
        }
    }

    @Test func pulsesHaveTheSamePowerAtEveryPitch() {
        for frequency: Float in [0.0007, 0.0049, 0.043, 0.21] {
            var source = PulseSource()
            source.aim(frequency: Lanes(repeating: frequency), slope: Lanes(repeating: 0.03), gain: 1, atOnce: true)
            let power = (0..<3_000).reduce(0.0) { sum, _ in
                var frames = [Lanes](repeating: .zero, count: 32)
                source.render(&frames, count: 32)
                return sum + frames.reduce(0) { $0 + Double($1[0] * $1[0]) }
            } / 96_000
            #expect(abs(power - 1) < 0.02, "\(frequency)")
        }
    }

    @Test func noiseIsWhiteAndLanesDiffer() {
        var noise = NoiseSource(seed: 1)
        noise.aim(gain: 1, cutoff: 100, atOnce: true)  // far above half the sample rate: no low-pass
        var frames = [Lanes](repeating: .zero, count: 100_000)
        noise.add(to: &frames, count: frames.count)
        let mean = { (f: (Int) -> Float) in (1..<frames.count).reduce(0.0) { $0 + Double(f($1)) } / Double(frames.count) }
        #expect(abs(mean { frames[$0][0] }) < 0.02)
        #expect(abs(mean { frames[$0][0] * frames[$0][0] } - 1) < 0.02)
        #expect(abs(mean { frames[$0][0] * frames[$0 - 1][0] }) < 0.02)
        #expect(abs(mean { frames[$0][0] * frames[$0][1] }) < 0.02)
    }

    @Test func envelopeRisesFallsAndEndsAtExactlyNothing() {
        var envelope = Envelope()
        var gain = LaneRamp(Lanes(repeating: 1))
        let ones = [Lanes](repeating: Lanes(repeating: 1), count: 100)
        envelope.aim(attack: 50, release: 25)
        #expect(envelope.isSilent)
        envelope.isRising = true
        var up = [Lanes](repeating: .zero, count: 100)
        envelope.add(ones, to: &up, count: 100, gain: &gain)
        #expect(up[0][0] > 0 && abs(up[24][0] - 0.5) < 0.01 && up[60][0] == 1)
        envelope.isRising = false
        var down = [Lanes](repeating: .zero, count: 100)
        envelope.add(ones, to: &down, count: 100, gain: &gain)
        #expect(down[0][0] < 1 && down[30][0] == 0 && envelope.isSilent)
    }
}
