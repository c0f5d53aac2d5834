import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct DelayTests {
    private let bench = EffectBench("delay")

    /// Echoes of an impulse, in sample-frames after it.
    private func echo(_ division: Float, tempo: Float, rate: Float = 48_000) -> Int? {
        var impulse = [Float](repeating: 0, count: Int(2.2 * rate))
        impulse[0] = 1
        let values = bench.info.parameters.values(["sync": division, "feedback": 0, "tone": 1, "mix": 1])
        let effect = bench.info.make(rate)
        effect.tempo = tempo
        let out = effect.pass(Sound(left: impulse, right: impulse)) { _ in values }.left
        return out.indices.dropFirst().max { abs(out[$0]) < abs(out[$1]) }
    }

    @Test(arguments: [(1, 0.25), (2, 1 / 3), (3, 0.5), (4, 0.75), (5, 2 / 3), (6, 1), (7, 1.5), (8, 2)] as [(Float, Double)])
    func echoesComeInTime(division: Float, beats: Double) {
        for tempo: Float in [60, 96, 120, 174] {
            let expected = beats * 60 / Double(tempo) * 48_000
            #expect(abs(Double(echo(division, tempo: tempo)!) - expected) <= 1, "at \(tempo)")
        }
    }

    /// A half at 30 beats a minute is four seconds, more than the line has: half of it is in time too.
    @Test func whatIsTooLongIsHalved() { #expect(abs(echo(8, tempo: 30)! - 96_000) <= 1) }
}
