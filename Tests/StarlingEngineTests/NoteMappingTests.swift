import Foundation
import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// Mappings that play notes: a voice, or anything else, plays an instrument.
struct NoteMappingTests {
    /// The pitch of the voice, as it is, on an instrument.
    private func rig(_ instrument: Text, _ fields: [String: Value] = [:]) throws -> Rig {
        let usual: [String: Value] = [
            "source": .text("/listen/mic/pitch"), "destination": .text(instrument + "/note"), "gate": .number(-50),
            "from": .number(36), "to": .number(84), "low": .number(36 / 127), "high": .number(84 / 127),
        ]
        return try Rig(usual.merging(fields) { $1 }, changes: [Change(delete: "effects", "reverb")])
    }

    private func sung(_ notes: [Float], seconds: Float) -> [Float] {
        var phase: Float = 0
        return notes.flatMap { note in
            (0..<Int(seconds * 48_000)).map { _ in
                phase += hertz(note: note) / 48_000
                phase -= phase.rounded(.down)
                return 0.25 * fastSine(cycles: phase) + 0.1 * fastSine(cycles: 2 * phase)
            }
        }
    }

    /// A voice that trembles around a note by so many semitones, three times a second.
    private func trembling(about note: Float, by depth: Float, seconds: Float) -> [Float] {
        var phase: Float = 0
        return (0..<Int(seconds * 48_000)).map { n in
            phase += hertz(note: note + depth * fastSine(cycles: 3 * Float(n) / 48_000)) / 48_000
            phase -= phase.rounded(.down)
            return 0.25 * fastSine(cycles: phase)
        }
    }

    /// The note of a sound with one pitch: the highest with nearly the strongest correlation after its period.
    private func note(of sound: ArraySlice<Float>) -> Int {
        let x = sound.map { Double($0) }
        let correlations = (33...88).map { (note: Int) -> Double in
            let period = 48_000 / (440 * pow(2, Double(note - 69) / 12))
            let lag = Int(period.rounded())
            var (sum, left, right) = (0.0, 1e-12, 1e-12)
            for i in 0..<(x.count - lag) {
                sum += x[i] * x[i + lag]
                left += x[i] * x[i]
                right += x[i + lag] * x[i + lag]
            }
            return sum / (left * right).squareRoot()
        }
        let strongest = correlations.max()!
        return 33 + correlations.lastIndex { $0 > 0.95 * strongest }!
    }

    /// How often the sound becomes suddenly louder: plucked strings.
    private func attacks(_ sound: [Float]) -> Int {
        let levels = stride(from: 0, to: sound.count - 959, by: 960).map { rms(sound[$0..<$0 + 960]) }
        let isRising = [false] + zip(levels, levels.dropFirst()).map { $1 > 1.25 * $0 && $1 > 0.003 }
        return zip(isRising, isRising.dropFirst()).filter { !$0 && $1 }.count
    }

    @Test(arguments: [
        ("chromatic", 57.2, 57), ("chromatic", 61.3, 61), ("major", 60.9, 60), ("major", 61.2, 62), ("fifths", 50.5, 48),
        ("fifths", 62.5, 60), ("minor-pentatonic", 57.7, 58),
    ] as [(Text, Float, Int)])
    func theNearestNoteOfTheScaleSounds(scale: Text, sung note: Float, expected: Int) throws {
        let room = try rig("string", ["scale": .text(scale)])
        room.stage.play(sung([note], seconds: 0.7))
        #expect(self.note(of: room.stage.left.suffix(9_600)) == expected)
    }

    @Test func itFollowsFromNoteToNote() throws {
        let room = try rig("subtractive")
        let notes: [Float] = [55, 59, 62, 48]
        room.stage.play(sung(notes, seconds: 0.6))
        let tune = try room.now("subtractive/interval")
        try room.change(Change("parameters", "subtractive/mix", "value", .number(0)), Change("parameters", "subtractive/unison", "value", .number(0)))
        #expect(tune == -12)
        let start = room.stage.left.count
        room.stage.play(sung(notes, seconds: 0.6))
        for (index, wanted) in notes.enumerated() {
            let end = start + (index + 1) * 28_800
            #expect(note(of: room.stage.left[(end - 9_600)..<end]) == Int(wanted))
        }
    }

    @Test func itEndsWithTheVoiceOrStaysWithoutAGate() throws {
        for (gate, sounds) in [(-50.0, false), (-200.0, true)] {
            let room = try rig("subtractive", ["gate": .number(gate)])
            room.stage.play(sung([60], seconds: 0.7))
            #expect(rms(room.stage.left.suffix(4_800)) > 0.01)
            room.stage.silence(seconds: 4)
            #expect((rms(room.stage.left.suffix(4_800)) > 0.01) == sounds, "gate \(gate)")
        }
    }

    @Test func itEndsWithItsMapping() throws {
        for last in [
            Change(delete: "mappings", "m"), Change("mappings", "m", "active", .flag(false)),
            Change("mappings", "m", "destination", .text("string/note")), Change("mappings", "m", "source", .text("/learn/nobody/label")),
        ] {
            let room = try rig("subtractive", ["gate": .number(-200)])
            room.stage.play(sung([60], seconds: 0.7))
            try room.change(last)
            room.stage.silence(seconds: 5)
            #expect(rms(room.stage.left.suffix(4_800)) < 1e-4)
        }
    }

    @Test func anEditLeavesItSounding() throws {
        let room = try rig("string")
        room.stage.play(sung([60], seconds: 0.7))
        try room.change(Change("parameters", "choir/vowel", "value", .number(3)), Change("mappings", "m", "scale", .text("major")))
        room.stage.play(sung([60], seconds: 0.7))
        #expect(attacks(room.stage.left) == 1)
    }

    @Test(arguments: [(Float(0.1), 1...1), (1, 5...10)])
    func aVoiceThatTremblesOnABorderPlaysOneNote(depth: Float, count: ClosedRange<Int>) throws {
        let room = try rig("string")
        room.stage.play(trembling(about: 60.5, by: depth, seconds: 1.6))
        #expect(count.contains(attacks(room.stage.left)), "\(attacks(room.stage.left)) attacks")
    }

    /// Pitch stays in silence where it was: the next note must not begin there.
    @Test func theNoteBeforeDoesNotComeBack() throws {
        let room = try rig("subtractive", ["smoothing": .number(0.05)])
        room.stage.play(sung([57], seconds: 0.6))
        room.stage.silence(seconds: 4)
        let start = room.stage.left.count
        room.stage.play(sung([64], seconds: 0.5))
        let sound = room.stage.left[start...].map { Double($0) }
        func strength(_ note: Float) -> Double {
            let cycles = 440 * pow(2, Double(note - 69) / 12) / 48_000
            let parts = sound.enumerated().reduce((0.0, 0.0)) { sum, sample in
                let angle = 2 * Double.pi * cycles * Double(sample.offset)
                return (sum.0 + sample.element * cos(angle), sum.1 + sample.element * sin(angle))
            }
            return (parts.0 * parts.0 + parts.1 * parts.1).squareRoot()
        }
        #expect(strength(64) > 20 * strength(57), "\(strength(57)) beside \(strength(64))")
    }

    @Test func anythingElsePlaysNotesToo() throws {
        let room = try rig("string", [
            "source": .text("/listen/control/1"), "from": .number(0), "to": .number(1), "gate": .number(-200),
            "low": .number(60 / 127), "high": .number(72 / 127), "scale": .text("pentatonic"),
        ])
        for (control, expected) in [(0, 60), (0.55, 67), (1, 72)] as [(Float, Int)] {
            try room.set(control: 1, control)
            room.stage.silence(seconds: 0.5)
            #expect(note(of: room.stage.left.suffix(9_600)) == expected)
        }
    }

    @Test func anInstrumentThatIsNotThereStaysSilent() throws {
        let room = try rig("fm")
        room.stage.play(sung([60, 64], seconds: 0.4))
        #expect(rms(room.stage.left[...]) == 0)
    }
}
