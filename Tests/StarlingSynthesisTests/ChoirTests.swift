import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct ChoirTests {
    private let info = InstrumentCatalogue.all.first { "\($0.name)" == "choir" }!

    /// One singer without breath and vibrato.
    private func solo(
        _ note: Float, _ changes: KeyValuePairs<String, Float> = [:], rate: Float = 48_000, seconds: Float = 1.5
    ) -> [Float] {
        var values = info.parameters.values(changes)
        for name in ["breath", "spread", "vibrato"] {
            values[info.parameters.firstIndex { "\($0.name)" == name }!] = 0
        }
        return sing([Event(time: 0, note: note, velocity: 1)], values, rate: rate, seconds: seconds).left
    }

    private func sing(_ events: [Event], _ values: [Float], rate: Float = 48_000, seconds: Float = 2) -> Sound {
        info.make(rate).play(events, frames: Int(seconds * rate)) { _ in values }
    }

    @Test(arguments: [24, 33.5, 45, 57, 69, 81, 96] as [Float]) func isInTune(note: Float) {
        for rate: Float in [44_100, 48_000, 192_000] {
            let expected = 440 * Double(ExactMath.power(2, Double(note - 69) / 12))
            let sound = Array(solo(note, rate: rate)[Int(rate / 2)...])
            let measured = Measure.frequency(sound, near: expected, rate: Double(rate))
            let cents = 1_200 * ExactMath.logarithm(measured / expected) / ExactMath.logarithm(2)
            #expect(abs(cents) < 0.1, "\(cents) cents at \(rate) Hz")
        }
    }

    @Test func tuneMovesBySemitones() {
        let sound = Array(solo(57, ["tune": 12])[24_000...])
        #expect(abs(Measure.frequency(sound, near: 440, rate: 48_000) - 440) < 0.02)
    }

    /// What does not belong to a 5 kHz tone is at least 60 dB below it.
    @Test(arguments: [0, 1, 2, 3, 4] as [Float]) func doesNotAlias(vowel: Float) {
        let note = noteNumber(hertz: 5_000)
        let sound = solo(note, ["vowel": vowel, "brightness": 1], seconds: 2)[24_000..<24_000 + 65_536]
        let others = Measure.loudest(sound, rate: 48_000) { Measure.distance($0, fromMultiplesOf: 5_000) > 20 }
        let tone = Measure.loudest(sound, rate: 48_000) { abs($0 - 5_000) < 20 }
        #expect(Measure.decibels(others / tone) < -60)
    }

    /// The strongest frequency in a range of a low, bright tone, from its harmonics.
    private func formant(_ vowel: Float, _ range: ClosedRange<Double>) -> Double {
        let note: Float = 40
        let base = Double(hertz(note: note))
        let sound = solo(note, ["vowel": vowel, "brightness": 1], seconds: 1)[24_000...]
        let harmonics = stride(from: (range.lowerBound / base).rounded(.up), to: range.upperBound / base, by: 1)
        return base * harmonics.max { a, b in
            Measure.tone(sound, hertz: a * base, rate: 48_000).amplitude
                < Measure.tone(sound, hertz: b * base, rate: 48_000).amplitude
        }!
    }

    @Test func vowelsHaveTheirFormants() {
        // First and second formants of a, i and u, for a low voice: about a tenth below the average throat's.
        for (vowel, first, second) in [(0, 690, 1_060), (2, 280, 2_120), (4, 300, 610)] as [(Float, Double, Double)] {
            #expect(abs(formant(vowel, 150...900) / first - 1) < 0.18, "vowel \(vowel)")
            #expect(abs(formant(vowel, max(first * 1.4, 500)...2_600) / second - 1) < 0.15, "vowel \(vowel)")
        }
    }

    @Test func breathIsNoiseAndBrightnessIsHeight() {
        let height = { (brightness: Float) in
            let sound = self.solo(45, ["brightness": brightness])[24_000...].map { $0 }
            return Measure.rms(Measure.octave(sound, around: 4_000, rate: 48_000).map(Float.init)) / Measure.rms(sound)
        }
        #expect(height(1) > 4 * height(0.2))
        let tonality = { (breath: Float) in
            let values = self.info.parameters.values(["breath": breath, "vibrato": 0, "spread": 0])
            let sound = self.sing([Event(time: 0, note: 57)], values).left[48_000...]
            let tones = (1...8).map { Measure.tone(sound, hertz: 220 * Double($0), rate: 48_000).amplitude }
            return tones.reduce(0, +) / Measure.rms(sound)
        }
        #expect(tonality(0) > 5 * tonality(1))
    }

    @Test func spreadIsWidth() {
        let side = { (spread: Float) in
            let values = self.info.parameters.values(["spread": spread])
            let sound = self.sing([Event(time: 0, note: 57)], values)
            return Measure.rms(zip(sound.left, sound.right).map { $0 - $1 }) / Measure.rms(sound.mono)
        }
        #expect(side(0) < 1e-6)
        #expect(side(1) > 0.5)
    }

    @Test func loudnessIsEvenOverTheVoices() {
        for vowel: Float in [0, 1, 2, 3, 4] {
            let levels = stride(from: Float(36), to: 85, by: 6).map { note in
                let values = self.info.parameters.values(["vowel": vowel])
                return Measure.loudness(self.sing([Event(time: 0, note: note)], values))
            }
            #expect(levels.max()! - levels.min()! < 8, "vowel \(vowel): \(levels)")
        }
    }

    @Test func velocityIsLoudnessAndAHeldNoteStays() {
        let level = { (velocity: Float) in
            let events = [Event(time: 0, note: 60, velocity: velocity)]
            return Measure.rms(self.sing(events, self.info.parameters.defaults).left[48_000...])
        }
        #expect(level(1) > 2.5 * level(0.5))
        let long = sing([Event(time: 0, note: 60)], info.parameters.defaults, rate: 8_000, seconds: 60)
        #expect(Measure.rms(long.left[400_000...]) > 0.5 * Measure.rms(long.left[8_000..<80_000]))
    }

    /// The level goes down on its own, smoothly: nothing appears that is not near a harmonic.
    @Test func levelJumpsDoNotSplatter() {
        let note = noteNumber(hertz: 1_000)
        var values = [info.parameters.values(["spread": 0, "breath": 0, "vibrato": 0, "brightness": 0]), []]
        values[1] = values[0]
        values[1][8] = -60
        let sound = info.make(48_000).play([Event(time: 0, note: note)], frames: 144_000) {
            values[$0 * tickFrameCount < 80_000 ? 0 : 1]
        }.left[80_000 - 32_768..<80_000 + 32_768]
        let away = Measure.loudest(sound, rate: 48_000) { Measure.distance($0, fromMultiplesOf: 1_000) > 200 }
        let splatter = Measure.decibels(away / Double(Measure.peak(sound)))
        #expect(splatter < -80)
    }

    @Test func takesTheVoiceThatIsMissedLeast() {
        let values = info.parameters.values(["spread": 0, "breath": 0, "vibrato": 0, "attack": 0.01])
        // Thirteen notes for twelve voices: the first one is given up, the second sings on.
        let events = (0..<13).map { Event(time: 3_200 * $0, note: Float(40 + 4 * $0)) }
        let sound = sing(events, values).left[60_000...]
        let heard = [40, 44, 88].map { Measure.tone(sound, hertz: Double(hertz(note: $0)), rate: 48_000).amplitude }
        #expect(heard[0] < 0.05 * heard[1] && heard[2] > 0.2 * heard[1], "\(heard)")
    }
}
