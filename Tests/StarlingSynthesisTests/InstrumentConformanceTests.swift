import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// What every instrument of the catalogue keeps to.
@Suite struct InstrumentConformanceTests {
    static let indices = Array(InstrumentCatalogue.all.indices)
    static let rates: [Float] = [8_000, 44_100, 48_000, 192_000]

    private func info(_ index: Int) -> InstrumentInfo { InstrumentCatalogue.all[index] }

    @Test(arguments: indices) func recordIsComplete(index: Int) {
        let info = info(index)
        #expect(info.parameters.count >= 6)
        #expect(info.presets.count >= 4)
        #expect(info.presets[0].values == info.parameters.defaults)
        for preset in info.presets {
            #expect(preset.values.count == info.parameters.count)
            for (parameter, value) in zip(info.parameters, preset.values) { #expect(parameter.limited(value) == value) }
        }
        #expect(InstrumentCatalogue.all.filter { $0.id == info.id }.count == 1)
    }

    @Test(arguments: indices) func isSilentWithoutNotes(index: Int) {
        let sound = info(index).make(48_000).play([], frames: 4_800) { _ in self.info(index).parameters.defaults }
        #expect(sound.all.allSatisfy { $0 == 0 })
    }

    @Test(arguments: indices, [0, 1, 13, 31, 32, 77]) func noteBeginsWithItsSampleFrame(index: Int, offset: Int) {
        let info = info(index)
        for preset in info.presets {
            let sound = info.make(48_000).play([Event(time: 320 + offset, note: 60)], frames: 640) { _ in preset.values }
            #expect(sound.beginning == 320 + offset)
        }
    }

    @Test(arguments: indices, rates) func anyParametersGiveFiniteSoundHoweverItIsCut(index: Int, rate: Float) {
        let info = info(index)
        let seed: UInt64 = 7
        let frames = 12_000
        let reference = fuzz(info, seed: seed, rate: rate, frames: frames, block: 128)
        #expect(reference.brokenCount == 0, "seed \(seed)")
        #expect(Measure.rms(reference.all) > 1e-4, "seed \(seed)")
        for block in [1, 13, 32, 127, 129, 256, 500] {
            let sound = fuzz(info, seed: seed, rate: rate, frames: frames, block: block)
            #expect(sound.isSame(as: reference), "block \(block), seed \(seed)")
        }
    }

    private func fuzz(_ info: InstrumentInfo, seed: UInt64, rate: Float, frames: Int, block: Int) -> Sound {
        var random = SeededRandom(seed: seed)
        var events: [Event] = []
        for _ in 0..<60 {
            let velocity: Float? = random.uniform() < 0.6 ? random.uniform() : nil
            let (time, note) = (random.index(below: frames), Float(random.index(below: 128)))
            events.append(Event(time: time, note: note, velocity: velocity))
        }
        return info.make(rate).play(events, frames: frames, block: block) { _ in fuzzed(info.parameters, &random) }
    }

    @Test(arguments: indices) func endsInSilence(index: Int) {
        let info = info(index)
        for preset in info.presets {
            let notes: [Float] = [36, 60, 64, 91]
            let events = notes.flatMap { [Event(time: 0, note: $0), Event(time: 9_600, note: $0, velocity: nil)] }
            let sound = info.make(8_000).play(events, frames: 640_000) { _ in preset.values }
            #expect(sound.brokenCount == 0)
            #expect(sound[160_000..<640_000].all.allSatisfy { $0 == 0 }, "after 20 s")
        }
    }

    @Test(arguments: indices) func resetMakesItNew(index: Int) {
        let info = info(index)
        let (used, new) = (info.make(48_000), info.make(48_000))
        _ = used.play([Event(time: 0, note: 50), Event(time: 99, note: 70)], frames: 4_800) { _ in info.presets[1].values }
        used.reset()
        let events = [Event(time: 5, note: 57)]
        let again = used.play(events, frames: 4_800) { _ in info.presets[0].values }
        #expect(again.isSame(as: new.play(events, frames: 4_800) { _ in info.presets[0].values }))
    }

    @Test(arguments: indices) func hostileNotesAreLimited(index: Int) {
        let info = info(index)
        let notes: [Float] = [.nan, .infinity, -.infinity, 1e9, -4, 60.5]
        let events = notes.enumerated().map { Event(time: $0.0 * 50, note: $0.1, velocity: $0.0 == 5 ? .nan : 9) }
        #expect(info.make(48_000).play(events, frames: 4_800) { _ in info.parameters.defaults }.brokenCount == 0)
    }

    @Test(arguments: indices) func parameterJumpsDoNotClick(index: Int) {
        let info = info(index)
        let (rate, jump, frames) = (Float(48_000), 48_000, 96_000)
        for i in info.parameters.indices {
            for (from, to) in [(0, 1), (1, 0)] as [(Float, Float)] {
                let values = [from, to].map { position in
                    var values = info.parameters.defaults
                    values[i] = info.parameters[i].value(position: position)
                    return values
                }
                let smoothed = Smoothed(values[0], sampleRate: rate)
                let sound = info.make(rate).play([Event(time: 0, note: 57)], frames: frames) {
                    smoothed.next(values[$0 * tickFrameCount < jump ? 0 : 1])
                }.left
                // As rough as it is before and after, or would be now had the value always been the later one.
                let begun = info.make(rate).play([Event(time: 0, note: 57)], frames: 60_000) { _ in values[1] }.left
                var calm = [sound[24_000..<47_000], sound[72_000..<frames], begun[47_500..<60_000]]
                    .map { Measure.roughness($0) }.max()!
                // A note that was rising still has its beginning now, and a string that is tuned up keeps its force.
                if ["attack", "tune"].contains("\(info.parameters[i].name)") { calm = max(calm, Measure.roughness(begun)) }
                let moved = Measure.roughness(sound[47_500..<60_000])
                #expect(moved < 1.6 * calm + 1e-5, "\(info.name) \(info.parameters[i].name) from \(from)")
            }
        }
    }

    @Test(arguments: indices) func stolenAndRepeatedNotesDoNotClick(index: Int) {
        let info = info(index)
        let chord = (0..<16).map { Event(time: 0, note: Float(40 + 3 * $0)) }
        // None is higher than the chord: higher notes are rougher by themselves.
        let stealing = (0..<24).map { Event(time: 48_000 + 1_777 * $0, note: Float(39 + 2 * $0)) }
        let repeated = (0..<9).map { Event(time: 91_000 + 333 * $0, note: Float(40 + 3 * ($0 % 3))) }
        let events = chord + stealing + repeated
        let sound = info.make(48_000).play(events, frames: 96_000) { _ in info.parameters.defaults }.left
        // A new note may be as rough as one from silence is, and no more.
        #expect(Measure.roughness(sound[47_000...]) < 1.6 * Measure.roughness(sound[..<47_000]))
    }

    @Test(arguments: indices) func presetsAreAboutEquallyLoud(index: Int) {
        let info = info(index)
        let chord: [Float] = "\(info.name)" == "drums" ? [36, 38, 42, 49] : [48, 55, 60, 64]
        let levels = info.presets.map { preset in
            // A chord that is struck anew every second, so that what dies away is heard too.
            let events = (0..<7).flatMap { second in
                chord.map { Event(time: 48_000 * second, note: $0) }
            }
            let sound = info.make(48_000).play(events, frames: 336_000) { _ in preset.values }
            return Measure.loudness(sound[96_000..<336_000])
        }
        #expect(levels.max()! - levels.min()! < 3, "\(info.name): \(levels)")
        #expect(levels.allSatisfy { $0 > -24 && $0 < -16 }, "\(info.name): \(levels)")
    }
}
