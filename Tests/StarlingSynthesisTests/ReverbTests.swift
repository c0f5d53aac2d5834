import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct ReverbTests {
    private let info = EffectCatalogue.all.first { "\($0.name)" == "reverb" }!

    private func response(_ changes: KeyValuePairs<String, Float>, seconds: Float, rate: Float = 48_000) -> Sound {
        var impulse = Sound(left: [Float](repeating: 0, count: Int(seconds * rate)), right: [])
        impulse.left[0] = 1
        impulse.right = impulse.left
        let values = info.parameters.values(changes)
        return info.make(rate).pass(impulse) { _ in values }
    }

    /// The time for 60 dB, from the line between -5 and -35 dB of what remains to come (ISO 3382).
    private func decaySeconds(_ x: [Double], rate: Double) -> Double {
        var remaining = [Double](repeating: 0, count: x.count + 1)
        for i in x.indices.reversed() { remaining[i] = remaining[i + 1] + x[i] * x[i] }
        let curve = remaining.map { Measure.decibels(($0 / remaining[0]).squareRoot()) }
        let (start, end) = (curve.firstIndex { $0 < -5 }!, curve.firstIndex { $0 < -35 }!)
        return 60 * Double(end - start) / rate / (curve[start] - curve[end])
    }

    @Test(arguments: [0.4, 1, 2.5, 8] as [Float], [0, 0.6, 1] as [Float])
    func roomDecaysAsItSays(decay: Float, size: Float) {
        for damping: Float in [0, 0.5] {
            let sound = response(
                ["decay": decay, "size": size, "damping": damping, "mix": 1], seconds: decay * 1.3 + 0.3)
            for band in damping == 0 ? [250.0, 500, 1_000, 2_000] : [500] {
                let measured = decaySeconds(Measure.octave(sound.left, around: band, rate: 48_000), rate: 48_000)
                #expect(abs(measured / Double(decay) - 1) < 0.1, "\(band) Hz, damping \(damping): \(measured) s")
            }
        }
    }

    @Test func dampingTakesHighNotesFirst() {
        let sound = response(["decay": 3, "damping": 0.7, "mix": 1], seconds: 4)
        let times = [500.0, 4_000, 12_000].map {
            decaySeconds(Measure.octave(sound.left, around: $0, rate: 48_000), rate: 48_000)
        }
        #expect(times[0] > 1.3 * times[1] && times[1] > 1.3 * times[2], "\(times)")
    }

    /// After a tenth of a second echoes are as dense as noise: as many samples beyond one deviation (Abel and Huang 2006).
    @Test func roomIsDense() {
        let x = response(["decay": 3, "damping": 0.3, "mix": 1], seconds: 0.5).left
        for start in stride(from: 0, to: 16_800, by: 2_400) {
            let part = x[start..<start + 1_200]
            let deviation = Measure.rms(part)
            let beyond = part.filter { Double(abs($0)) > deviation }.count
        }
        let part = x[4_800..<9_600]
        let beyond = part.filter { Double(abs($0)) > Measure.rms(part) }.count
        #expect(Double(beyond) / 4_800 / 0.3173 > 0.85)
    }

    /// Late sound is even over frequency, nearly as noise is (10 dB); where the delays stand still it is 18 dB.
    @Test func roomDoesNotRing() {
        let x = response(["decay": 6, "damping": 0, "mix": 1], seconds: 4).left
        let spectrum = Measure.powers(x[48_000..<48_000 + 65_536].map(Double.init))
        for bins in [200..<2_000, 2_000..<20_000] {
            let mean = spectrum[bins].reduce(0, +) / Double(bins.count)
            #expect(Measure.decibels((spectrum[bins].max()! / mean).squareRoot()) < 15.5)
        }
    }

    @Test func sidesDifferAndAreEquallyLoud() {
        let sound = response(["mix": 1], seconds: 2)
        let (l, r) = (Measure.rms(sound.left), Measure.rms(sound.right))
        let product = zip(sound.left, sound.right).reduce(0) { $0 + Double($1.0) * Double($1.1) } / Double(sound.count)
        #expect(abs(Measure.decibels(l / r)) < 1)
        #expect(abs(product / (l * r)) < 0.25)
    }

    @Test func heldSoundIsAboutAsLoudAtEveryDecay() {
        var random = SeededRandom(seed: 4)
        let noise = (0..<480_000).map { _ in random.bipolar() * 0.3 }
        for decay: Float in [0.3, 2, 10] {
            let values = info.parameters.values(["decay": decay, "mix": 1, "damping": 0])
            let sound = info.make(48_000).pass(Sound(left: noise, right: noise)) { _ in values }
            let levels = [sound.left, noise].map { x in
                Measure.rms(Measure.octave(Array(x[380_000...]), around: 1_000, rate: 48_000).map(Float.init))
            }
            let gain = Measure.decibels(levels[0] / levels[1])
            #expect(abs(gain) < 2.5, "decay \(decay) s")
        }
    }

    /// A frozen room is as loud after a minute, in every octave, as after two seconds, and does not hear what comes in.
    @Test(arguments: [0.2, 20] as [Float]) func frozenSoundNeitherGrowsNorDecays(decay: Float) {
        var random = SeededRandom(seed: 6)
        let input = (0..<3_024_000).map { frame in frame < 24_000 || frame > 480_000 ? random.bipolar() * 0.3 : 0 }
        var values = [Float](repeating: 0, count: 2).map { _ in info.parameters.values(["decay": decay, "mix": 1, "damping": 0.5]) }
        values[1][4] = 1
        let smoothed = Smoothed(values[0], sampleRate: 48_000)
        let sound = info.make(48_000).pass(Sound(left: input, right: input)) {
            smoothed.next(values[$0 * tickFrameCount < 24_000 ? 0 : 1])
        }.left
        for band in [125.0, 1_000, 4_000, 12_000] {
            let levels = [120_000, 600_000, 2_880_000].map { start in
                let part = Measure.octave(Array(sound[start..<start + 144_000]), around: band, rate: 48_000)
                return Measure.rms(part[24_000...].map(Float.init))
            }
            let changes = [1, 2].map { Measure.decibels(levels[$0] / levels[0]) }
            #expect(levels[0] > 1e-4 && changes.allSatisfy { abs($0) < 0.5 }, "\(band) Hz: \(changes) dB")
        }
    }

    @Test func aRoomThawsAndDiesAway() {
        var random = SeededRandom(seed: 7)
        let input = (0..<336_000).map { $0 < 24_000 ? random.bipolar() * 0.3 : 0 }
        let frozen = (24_000..<192_000)
        let sound = info.make(48_000).pass(Sound(left: input, right: input)) {
            self.info.parameters.values(["decay": 1, "mix": 1, "freeze": frozen.contains($0 * tickFrameCount) ? 1 : 0])
        }.left
        let (held, late) = (Measure.rms(sound[144_000..<192_000]), Measure.rms(sound[288_000...]))
        #expect(held > 0.01 && Measure.decibels(late / held) < -80)
    }

    @Test func withoutMixNothingChanges() {
        var random = SeededRandom(seed: 5)
        let noise = (0..<9_600).map { _ in random.bipolar() }
        let sound = Sound(left: noise, right: noise.reversed())
        let out = info.make(48_000).pass(sound) { _ in self.info.parameters.values(["mix": 0]) }
        #expect(zip(out.all, sound.all).allSatisfy { abs($0 - $1) <= 1e-6 })
    }
}
