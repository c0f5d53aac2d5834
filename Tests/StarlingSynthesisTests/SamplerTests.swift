import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// Tuning, time and exchange of sounds of the sampler, measured on sounds that are known.
@Suite struct SamplerTests {
    static let info = InstrumentCatalogue.all.first { "\($0.name)" == "sampler" }!
    static let rate: Float = 48_000

    /// A bank with a sound in its first place.
    static func bank(_ samples: [Float], rate: Float = 44_100, root: Float = 60, place: Int = 0, loop: (Float, Float) = (0, 0)) -> SoundBank {
        let bank = SoundBank(sampleRate: Self.rate)
        load(samples, into: bank, rate: rate, root: root, place: place, loop: loop)
        return bank
    }

    static func load(_ samples: [Float], into bank: SoundBank, rate: Float = 44_100, root: Float = 60, place: Int = 0, loop: (Float, Float) = (0, 0)) {
        let room = bank.room(bank.freeRoom)!
        for i in 0..<SoundBank.headerCount { room[i] = 0 }
        (room[0], room[1], room[2], room[3]) = (rate, root, loop.0, loop.1)
        for (i, sample) in samples.enumerated() { room[SoundBank.headerCount + i] = sample }
        #expect(bank.accept(place, wordCount: SoundBank.headerCount + samples.count))
    }

    static func sine(_ hertz: Double, seconds: Double, rate: Double = 44_100) -> [Float] {
        (0..<Int(seconds * rate)).map { i in
            let phase = hertz * Double(i) / rate
            return 0.5 * fastSine(cycles: Float(phase - phase.rounded(.down)))
        }
    }

    static func play(_ bank: SoundBank, _ changes: KeyValuePairs<String, Float>, note: Float = 60, frames: Int = 96_000) -> [Float] {
        let values = info.parameters.values(changes)
        return info.make(rate, sounds: bank).play([Event(time: 0, note: note, velocity: 1)], frames: frames) { _ in values }.left
    }

    private func cents(_ measured: Double, _ expected: Double) -> Double {
        1_200 * ExactMath.logarithm(measured / expected) / ExactMath.logarithm(2)
    }

    @Test(arguments: [36, 48, 57.5, 60, 67, 72] as [Float], [0, 1] as [Float]) func isInTune(note: Float, stretch: Float) {
        let bank = Self.bank(Self.sine(440, seconds: 8))
        let sound = Self.play(bank, ["stretch": stretch, "loop": 0], note: note)
        let expected = 440 * Double(ExactMath.power(2, Double(note - 60) / 12))
        let measured = Measure.frequency(Array(sound[24_000..<90_000]), near: expected, rate: 48_000)
        #expect(abs(cents(measured, expected)) < 1, "note \(note): \(cents(measured, expected)) cents")
    }

    /// However fast it goes through the sound, it has the pitch that was recorded, and no other tone is near.
    @Test(arguments: [0, 0.25, 0.5, 0.8, 1, 1.5, 2] as [Float]) func timeLeavesPitchAlone(speed: Float) {
        let sound = Self.play(Self.bank(Self.sine(440, seconds: 6)), ["speed": speed, "start": 0.1])
        let steady = sound[24_000..<24_000 + 65_536]
        let measured = Measure.frequency(Array(steady), near: 440, rate: 48_000)
        #expect(abs(cents(measured, 440)) < 1, "speed \(speed): \(cents(measured, 440)) cents")
        let tone = Measure.loudest(steady, rate: 48_000) { abs($0 - 440) < 10 }
        let others = Measure.loudest(steady, rate: 48_000) { abs($0 - 440) > 30 }
        #expect(Measure.decibels(others / tone) < -40, "speed \(speed): \(Measure.decibels(others / tone)) dB")
    }

    /// Bursts half a second apart come as far apart as the speed says, whatever the pitch.
    @Test(arguments: [(1, 0), (1, 7), (1, -12), (0.5, 0), (0.5, 5), (2, 0)] as [(Float, Float)])
    func pitchLeavesTimeAlone(speed: Float, pitch: Float) {
        let bursts = (0..<6 * 44_100).map { i in
            let age = Float(i % 22_050) / 44_100
            return age < 0.15 ? 0.5 * fastSine(cycles: 600 * age) * min(age * 500, 1) * (1 - age / 0.15) : 0
        }
        let sound = Self.play(Self.bank(bursts), ["speed": speed, "pitch": pitch, "loop": 0], frames: 120_000)
        var onsets: [Int] = []
        let apart = 0.5 * 48_000 / Double(speed)
        for i in 0..<sound.count where sound[i].magnitude > 0.02 && i - (onsets.last ?? -96_000) > Int(0.8 * apart) { onsets.append(i) }
        #expect(onsets.count >= 2)
        for (number, onset) in onsets.enumerated() {
            let late = (Double(onset) - apart * Double(number)) / 48
            #expect(abs(late) < 40, "speed \(speed) pitch \(pitch), burst \(number): \(late) ms")
        }
    }

    /// A sine played higher and lower: what does not belong to it.
    @Test(arguments: [48, 55, 60, 64, 72] as [Float]) func resamplingIsClean(note: Float) {
        let sound = Self.play(Self.bank(Self.sine(2_000, seconds: 8)), ["stretch": 0, "loop": 0], note: note)
        let hertz = 2_000 * Double(ExactMath.power(2, Double(note - 60) / 12))
        let steady = sound[24_000..<24_000 + 65_536]
        let tone = Measure.loudest(steady, rate: 48_000) { abs($0 - hertz) < 20 }
        let others = Measure.loudest(steady, rate: 48_000) { abs($0 - hertz) > 40 }
        #expect(Measure.decibels(others / tone) < -60, "note \(note): \(Measure.decibels(others / tone)) dB")
    }

    /// A loop of whole periods goes round without being heard, and keeps its time.
    @Test func loopsWithoutAClick() {
        let bank = Self.bank(Self.sine(441, seconds: 2), loop: (0.5, 1.5))
        let sound = Self.play(bank, ["stretch": 0], frames: 480_000)
        #expect(Measure.roughness(sound[24_000..<480_000]) < 1.2 * Measure.roughness(sound[24_000..<44_000]))
        #expect(Measure.rms(sound[400_000..<480_000]) > 0.9 * Measure.rms(sound[24_000..<44_000]))
    }

    @Test func playsOnceToItsEndOrWhileHeld() {
        let bank = Self.bank(Self.sine(441, seconds: 1))
        let once = Self.info.make(Self.rate, sounds: bank).play(
            [Event(time: 0, note: 60), Event(time: 4_800, note: 60, velocity: nil)], frames: 96_000
        ) { _ in Self.info.parameters.values(["loop": 0]) }.left
        #expect(Measure.rms(once[38_000..<46_000]) > 0.05)
        #expect(once[70_000...].allSatisfy { $0 == 0 })
        let held = Self.info.make(Self.rate, sounds: bank).play(
            [Event(time: 0, note: 60), Event(time: 4_800, note: 60, velocity: nil)], frames: 96_000
        ) { _ in Self.info.parameters.values(["loop": 1]) }.left
        #expect(held[30_000...].allSatisfy { $0 == 0 })
    }

    /// In a kit, each note has a sound of its own as it was recorded.
    @Test func aKitPlaysASoundANote() {
        let bank = Self.bank(Self.sine(500, seconds: 2))
        Self.load(Self.sine(900, seconds: 2), into: bank, place: 2)
        for (note, hertz) in [(36, 500.0), (38, 900)] as [(Float, Double)] {
            let sound = Self.play(bank, ["kit": 1, "loop": 0], note: note)
            let tone = Measure.loudest(sound[8_000..<8_000 + 32_768], rate: 48_000) { abs($0 - hertz) < 20 }
            #expect(tone > 0.05, "note \(note)")
        }
        #expect(Self.play(bank, ["kit": 1], note: 37).allSatisfy { $0 == 0 }, "an empty place is silent")
    }

    /// A sound that is exchanged while it sounds gives way to the new one, and neither clicks.
    @Test(arguments: ["sampler", "granular"]) func exchangeDoesNotClick(name: String) {
        let info = InstrumentCatalogue.all.first { "\($0.name)" == name }!
        let bank = Self.bank(Self.sine(440, seconds: 8))
        let instrument = info.make(Self.rate, sounds: bank)
        let heard = Floats(128)
        let values = info.parameters.defaults
        let sound = instrument.play([Event(time: 0, note: 60, velocity: 1)], frames: 192_000) { tick in
            bank.hear(heard.pointer, count: tickFrameCount)
            if tick == 3_000 { Self.load(Self.sine(660, seconds: 8), into: bank) }
            return values
        }.left
        // No rougher than a note that begins.
        let calm = max(Measure.roughness(sound[..<24_000]), Measure.roughness(sound[120_000..<192_000]))
        #expect(Measure.roughness(sound[95_000..<120_000]) < 1.6 * calm, "\(Measure.roughness(sound[95_000..<120_000]) / calm)")
        let after = sound[120_000..<120_000 + 65_536]
        let (old, new) = (Measure.loudest(after, rate: 48_000) { abs($0 - 440) < 60 }, Measure.loudest(after, rate: 48_000) { abs($0 - 660) < 60 })
        #expect(new > 50 * old)
    }

    @Test func aRoomIsNotGivenAwayWhileItSounds() {
        let bank = SoundBank(sampleRate: Self.rate)
        for place in 0..<SoundBank.placeCount { Self.load([0.5, -0.5], into: bank, place: place) }
        let last = bank.freeRoom
        Self.load([0.1], into: bank, place: 3)
        #expect(bank.freeRoom == -1, "voices may still play from the room that was left")
        let silence = Floats(256)
        for _ in 0..<4 { bank.hear(silence.pointer, count: 256) }
        #expect(bank.freeRoom >= 0 && bank.freeRoom != last)
    }

    @Test func whatIsNoSoundIsRefused() {
        let bank = SoundBank(sampleRate: Self.rate)
        let room = bank.room(0)!
        for header in [[0, 60], [.nan, 60], [48_000, -1], [48_000, .nan], [.infinity, 3]] as [[Float]] {
            (room[0], room[1]) = (header[0], header[1])
            #expect(!bank.accept(0, wordCount: 100))
        }
        (room[0], room[1]) = (48_000, 60)
        #expect(!bank.accept(8, wordCount: 100) && !bank.accept(-1, wordCount: 100))
        #expect(!bank.accept(0, wordCount: 3) && !bank.accept(0, wordCount: SoundBank.capacity + 1))
        #expect(bank.accept(0, wordCount: SoundBank.headerCount), "a header alone empties the place")
    }
}
