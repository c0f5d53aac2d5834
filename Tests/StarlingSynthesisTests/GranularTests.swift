import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// Where the cloud's grains come from, how high they are, and that what is heard now can feed them.
@Suite struct GranularTests {
    static let info = InstrumentCatalogue.all.first { "\($0.name)" == "granular" }!

    private func play(_ bank: SoundBank, _ changes: KeyValuePairs<String, Float>, note: Float = 60, frames: Int = 120_000) -> Sound {
        let values = Self.info.parameters.values(changes)
        return Self.info.make(48_000, sounds: bank).play([Event(time: 0, note: note, velocity: 1)], frames: frames) { _ in values }
    }

    @Test(arguments: [48, 60, 67, 84] as [Float]) func grainsHaveThePitchOfTheNote(note: Float) {
        let bank = SamplerTests.bank(SamplerTests.sine(440, seconds: 8))
        let sound = play(bank, ["detune": 0, "length": 0.5, "chance": 0, "density": 20, "spread": 0], note: note).left
        let hertz = 440 * Double(ExactMath.power(2, Double(note - 60) / 12))
        let spectrum = Measure.powers(sound[40_000..<40_000 + 65_536].map(Double.init))
        let peak = Double(spectrum.indices.max { spectrum[$0] < spectrum[$1] }!) * 48_000 / 65_536
        #expect(abs(peak / hertz - 1) < 0.01, "\(peak) instead of \(hertz) Hz")
    }

    /// The position chooses the half with the low or the high tone; scan moves from one to the other.
    @Test func positionAndScanChooseTheMoment() {
        let bank = SamplerTests.bank(SamplerTests.sine(300, seconds: 2) + SamplerTests.sine(2_000, seconds: 2))
        let share = { (sound: ArraySlice<Float>) in
            Measure.loudest(sound, rate: 48_000) { abs($0 - 2_000) < 60 } / Measure.loudest(sound, rate: 48_000) { abs($0 - 300) < 60 }
        }
        #expect(share(play(bank, ["position": 0.2]).left[40_000..<40_000 + 65_536]) < 0.01)
        #expect(share(play(bank, ["position": 0.8]).left[40_000..<40_000 + 65_536]) > 100)
        let scanned = play(bank, ["position": 0.1, "scan": 1, "spread": 0], frames: 192_000).left
        #expect(share(scanned[16_000..<16_000 + 32_768]) < 0.05)
        #expect(share(scanned[110_000..<110_000 + 32_768]) > 20)
    }

    /// As many grains a second as the density says.
    @Test func densityCountsGrains() {
        let bank = SamplerTests.bank(SamplerTests.sine(3_000, seconds: 4))
        let sound = play(bank, ["density": 5, "length": 0.03, "chance": 0, "shape": 0, "pan": 0, "attack": 0.002], frames: 192_000).left
        var onsets: [Int] = []
        for i in 0..<sound.count where sound[i].magnitude > 0.02 && i - (onsets.last ?? -9_600) > 4_000 { onsets.append(i) }
        #expect(onsets.count == 20)
        for (a, b) in zip(onsets, onsets.dropFirst()) { #expect(abs(b - a - 9_600) < 40) }
    }

    /// With place 0 a cloud is made of what has just been heard, however the time is cut.
    @Test func whatIsHeardFeedsTheCloud() {
        let tone = SamplerTests.sine(700, seconds: 5, rate: 48_000)
        let cloud = { (block: Int) -> Sound in
            let bank = SoundBank(sampleRate: 48_000)
            let input = Floats(tone)
            let instrument = Self.info.make(48_000, sounds: bank)
            let values = Self.info.parameters.values(["sound": 0, "position": 1])
            let (left, right) = (Floats(tone.count), Floats(tone.count))
            pieces(tone.count, block: block, times: [96_000]) { _ in instrument.tick(values) } piece: { now, count in
                if now == 96_000 { instrument.noteOn(60, velocity: 1) }
                bank.hear(input.pointer + now, count: count)
                instrument.render(left.pointer + now, right.pointer + now, count: count)
            }
            return Sound(left: left.array, right: right.array)
        }
        let sound = cloud(128)
        #expect(sound.brokenCount == 0)
        let tail = sound.left[140_000..<140_000 + 65_536]
        #expect(Measure.loudest(tail, rate: 48_000) { abs($0 - 700) < 40 } > 10 * Measure.loudest(tail, rate: 48_000) { abs($0 - 700) > 200 })
        for block in [1, 13, 129, 500] { #expect(cloud(block).isSame(as: sound), "block \(block)") }
    }
}
