import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// Tuning and aliasing of the instruments that have a pitch.
@Suite struct PitchedInstrumentTests {
    /// Settings that leave one steady tone, for each instrument: what of its presets bends or doubles the pitch is away.
    static let plain: [(String, KeyValuePairs<String, Float>)] = [
        ("subtractive", ["unison": 0, "mix": 0, "sustain": 1, "cutoff": 16_000, "sweep": 0]),
        ("fm", ["ratio-2": 1, "ratio-3": 1, "ratio-4": 1, "sustain": 1, "bite": 0]),
        ("wavetable", ["unison": 0, "sway": 0, "bloom": 0, "sustain": 1, "cutoff": 16_000, "sweep": 0]),
        ("struck", ["decay": 20, "damping": 0]),
        ("string", ["decay": 20, "damping": 0.1, "body": 0]),
    ]

    private func sound(
        _ name: String, _ changes: KeyValuePairs<String, Float>, note: Float, rate: Float = 48_000, seconds: Float = 2,
        more: [(String, Float)] = []
    ) -> [Float] {
        let info = InstrumentCatalogue.all.first { "\($0.name)" == name }!
        var values = info.parameters.values(changes)
        for (name, value) in more { values[info.parameters.firstIndex { "\($0.name)" == name }!] = value }
        return info.make(rate).play([Event(time: 0, note: note, velocity: 1)], frames: Int(seconds * rate)) { _ in values }
            .left
    }

    @Test(arguments: plain.indices, [24, 33.5, 45, 57, 69, 81, 96] as [Float]) func isInTune(index: Int, note: Float) {
        let (name, changes) = Self.plain[index]
        for rate: Float in [44_100, 48_000, 192_000] {
            let expected = 440 * Double(ExactMath.power(2, Double(note - 69) / 12))
            let sound = Array(sound(name, changes, note: note, rate: rate)[Int(rate / 2)...])
            let measured = Measure.frequency(sound, near: expected, rate: Double(rate))
            let cents = 1_200 * ExactMath.logarithm(measured / expected) / ExactMath.logarithm(2)
            #expect(abs(cents) < 1, "\(name): \(cents) cents at \(rate) Hz")
        }
    }

    /// What does not belong to a 5 kHz tone is at least 60 dB below it, however it is set.
    @Test func doesNotAlias() {
        let settings: [(String, [(String, Float)])] =
            [0, 0.5, 1, 1.5, 2].map { ("subtractive", [("shape", $0)]) }
            + [("subtractive", [("shape", 2), ("width", 0.1)]), ("subtractive", [("resonance", 1), ("cutoff", 5_000)])]
            + [0, 0.5, 1, 1.5, 2, 2.5, 3].flatMap { table in
                [0, 0.4, 1].map { ("wavetable", [("table", table), ("morph", $0)]) }
            }
            + [0.2, 0.85].map { ("subtractive", [("ladder", 1), ("resonance", $0)]) }
            + [1, 2, 3, 4, 5, 6, 7].flatMap { algorithm in
                [0.3, 1].map { ("fm", [("algorithm", algorithm), ("index", $0), ("feedback", $0)]) }
            }
        for (name, more) in settings {
            let changes = Self.plain.first { $0.0 == name }!.1
            let sound = sound(name, changes, note: noteNumber(hertz: 5_000), more: more)[24_000..<24_000 + 65_536]
            let others = Measure.loudest(sound, rate: 48_000) { Measure.distance($0, fromMultiplesOf: 5_000) > 20 && $0 > 20 }
            let tone = Measure.loudest(sound, rate: 48_000) { abs($0 - 5_000) < 20 }
            let alias = Measure.decibels(others / tone)
            #expect(alias < -60, "\(name) \(more): \(alias) dB")
        }
    }

    /// The level of a steady tone of 1 kHz jumps from full to nothing: nothing appears that is not near a harmonic, nor a step.
    @Test(arguments: ["subtractive", "fm", "wavetable"]) func levelJumpsDoNotSplatter(name: String) {
        let info = InstrumentCatalogue.all.first { "\($0.name)" == name }!
        var values = info.parameters.values(Self.plain.first { $0.0 == name }!.1)
        values[info.parameters.firstIndex { "\($0.name)" == "attack" }!] = 0.01
        if name == "fm" { values[info.parameters.firstIndex { "\($0.name)" == "index" }!] = 0 }
        var silent = values
        silent[info.parameters.firstIndex { "\($0.name)" == "level" }!] = -60
        let smoothed = Smoothed(values, sampleRate: 48_000)
        let events = [Event(time: 0, note: noteNumber(hertz: 1_000))]
        let sound = info.make(48_000).play(events, frames: 240_000) {
            smoothed.next($0 * tickFrameCount < 160_000 ? values : silent)
        }.left[160_000 - 32_768..<160_000 + 32_768]
        let away = Measure.loudest(sound, rate: 48_000) { Measure.distance($0, fromMultiplesOf: 1_000) > 200 }
        let splatter = Measure.decibels(away / Double(Measure.peak(sound)))
        #expect(splatter < -80, "\(splatter) dB")
    }

    /// Tunings of all notes that a keyboard has, in the middle of the wavetables' and the filters' ranges, are within a cent.
    @Test(arguments: ["subtractive", "wavetable"]) func everyKeyIsInTune(name: String) {
        let changes = Self.plain.first { $0.0 == name }!.1
        for note in stride(from: Float(21), through: 108, by: 3) {
            let expected = 440 * Double(ExactMath.power(2, Double(note - 69) / 12))
            let measured = Measure.frequency(Array(sound(name, changes, note: note)[24_000...]), near: expected, rate: 48_000)
            let cents = 1_200 * ExactMath.logarithm(measured / expected) / ExactMath.logarithm(2)
            #expect(abs(cents) < 1, "note \(note): \(cents) cents")
        }
    }
}
