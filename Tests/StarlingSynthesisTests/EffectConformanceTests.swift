import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// What every effect of the catalogue keeps to.
@Suite struct EffectConformanceTests {
    static let indices = Array(EffectCatalogue.all.indices)

    private func info(_ index: Int) -> EffectInfo { EffectCatalogue.all[index] }

    private func noise(_ frames: Int, seed: UInt64 = 3) -> Sound {
        var random = SeededRandom(seed: seed)
        return Sound(left: (0..<frames).map { _ in random.bipolar() }, right: (0..<frames).map { _ in random.bipolar() })
    }

    @Test(arguments: indices) func recordIsComplete(index: Int) {
        let info = info(index)
        #expect(info.presets.count >= 4)
        #expect(info.presets[0].values == info.parameters.defaults)
        for preset in info.presets {
            #expect(preset.values.count == info.parameters.count)
            for (parameter, value) in zip(info.parameters, preset.values) { #expect(parameter.limited(value) == value) }
        }
        #expect(EffectCatalogue.all.filter { $0.id == info.id }.count == 1)
    }

    @Test(arguments: indices) func silenceStaysSilence(index: Int) {
        let silence = Sound(left: .init(repeating: 0, count: 9_600), right: .init(repeating: 0, count: 9_600))
        let sound = info(index).make(48_000).pass(silence) { _ in self.info(index).parameters.defaults }
        #expect(sound.all.allSatisfy { $0 == 0 })
    }

    @Test(arguments: indices, [8_000, 44_100, 48_000, 192_000] as [Float])
    func anyParametersGiveFiniteSoundHoweverItIsCut(index: Int, rate: Float) {
        let info = info(index)
        let seed: UInt64 = 11
        let fuzz = { (block: Int) in
            var random = SeededRandom(seed: seed)
            return info.make(rate).pass(self.noise(12_000), block: block) { _ in fuzzed(info.parameters, &random) }
        }
        let reference = fuzz(128)
        #expect(reference.brokenCount == 0, "seed \(seed)")
        #expect(Measure.rms(reference.all) < 4, "seed \(seed)")
        for block in [1, 13, 32, 127, 129, 256, 500] { #expect(fuzz(block).isSame(as: reference), "block \(block)") }
    }

    @Test(arguments: indices) func brokenInputIsForgotten(index: Int) {
        let info = info(index)
        var input = noise(48_000)
        let broken: [Float] = [.nan, .infinity, -.infinity, .signalingNaN, 1e38, -1e30, .leastNonzeroMagnitude]
        for (i, value) in broken.enumerated() {
            input.left[4_000 + i] = value
            input.right[4_100 + i] = value
        }
        let sound = info.make(48_000).pass(input) { _ in info.parameters.defaults }
        #expect(sound.brokenCount == 0)
        #expect(Measure.rms(sound[30_000..<48_000].all) < 2)
    }

    @Test(arguments: indices) func aMinuteOfSilenceLeavesNoSubnormals(index: Int) {
        let info = info(index)
        for preset in info.presets {
            var input = noise(61 * 8_000)
            for i in 8_000..<input.count { (input.left[i], input.right[i]) = (0, 0) }
            #expect(info.make(8_000).pass(input) { _ in preset.values }.brokenCount == 0)
        }
    }

    @Test(arguments: indices) func resetMakesItNew(index: Int) {
        let info = info(index)
        let (used, new) = (info.make(48_000), info.make(48_000))
        _ = used.pass(noise(9_600)) { _ in info.presets[1].values }
        used.reset()
        let input = noise(9_600, seed: 5)
        let again = used.pass(input) { _ in info.parameters.defaults }
        #expect(again.isSame(as: new.pass(input) { _ in info.parameters.defaults }))
    }

    /// Parameters that move the pitch, the phase or the harmonics of a sine while they move: it leaves its place, but not in steps.
    static let bending = [
        "reverb/size", "reverb/freeze", "delay/time", "delay/sync", "chorus/rate", "chorus/depth", "chorus/delay",
        "chorus/feedback", "drive/drive", "drive/character", "filter/cutoff", "filter/follow", "filter/swing",
        "equaliser/bell-1", "equaliser/bell-2",
    ]

    /// A jump of a control may move the level of a sine and of its harmonics and, for a moment, their pitch; it may neither
    /// step nor splatter.
    @Test(arguments: indices) func parameterJumpsAreSmooth(index: Int) {
        let info = info(index)
        let (rate, frames) = (Float(48_000), 168_000)
        // It begins within a second, or the room would still remember its beginning.
        let sine = (0..<frames).map {
            let progress = min(Float($0) / rate, 1)
            return fastSine(cycles: Float($0 % 48) / 48) * 0.5 * progress * progress * (3 - 2 * progress)
        }
        for i in info.parameters.indices {
            for (from, to, preset) in [(0, 1, 0), (1, 0, 0), (0, 1, 1), (1, 0, 1)] as [(Float, Float, Int)] {
                let values = [from, to].map { position in
                    var values = info.presets[preset].values
                    values[i] = info.parameters[i].value(position: position)
                    return values
                }
                let smoothed = Smoothed(values[0], sampleRate: rate)
                let sound = info.make(rate).pass(Sound(left: sine, right: sine)) {
                    smoothed.next(values[$0 * tickFrameCount < 96_000 ? 0 : 1])
                }.left
                let around = sound[96_000 - 32_768..<96_000 + 32_768]
                let steepest = { (x: ArraySlice<Float>) in zip(x.dropFirst(), x).map { abs($0 - $1) }.max()! / Measure.peak(x) }
                // What is bent is steeper than a sine, before and after too.
                let calm = max(steepest(sound[86_000..<95_000]), steepest(sound[150_000...]))
                let away = Measure.loudest(around, rate: 48_000) { Measure.distance($0, fromMultiplesOf: 1_000) > 200 }
                let splatter = Measure.decibels(away / 0.5)
                let name = "\(info.name)/\(info.parameters[i].name)"
                #expect(steepest(around) < 1.5 * max(0.1309, calm), "\(name) from \(from)")
                #expect(splatter < -80 || Self.bending.contains(name), "\(name) from \(from): \(splatter) dB")
            }
        }
    }

    /// Two seconds of a chord of two saws, as loud as instruments are.
    private func chord() -> Sound {
        let saw = { (i: Int, hertz: Double) in Float((Double(i) * hertz / 48_000).truncatingRemainder(dividingBy: 1)) * 0.3 - 0.15 }
        let x: [Float] = (0..<96_000).map { saw($0, 220) + saw($0, 277.18) }
        return Sound(left: x, right: x)
    }

    @Test(arguments: indices) func presetsAreAboutEquallyLoud(index: Int) {
        let info = info(index)
        let levels = info.presets.map { preset in Measure.loudness(info.make(48_000).pass(chord()) { _ in preset.values }) }
        #expect(levels.max()! - levels.min()! < 3, "\(info.name): \(levels)")
    }
}
