import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// Sounds from a file into the document and out of it into the engine.
struct ProjectSoundTests {
    private func tone(_ hertz: Float, seconds: Float, channels: Int = 1) -> Sound {
        let samples = (0..<Int(seconds * 44_100)).map { 0.5 * fastSine(cycles: (hertz * Float($0) / 44_100).truncatingRemainder(dividingBy: 1)) }
        return Sound(sampleRate: 44_100, channels: [[Float]](repeating: samples, count: channels))
    }

    @Test func aSoundComesBackFromTheFile() throws {
        var session = ProjectSession()
        let command = try session.keepSound(tone(500, seconds: 1, channels: 2), name: "Bowl", place: 3)
        #expect(command.changes.contains { $0.field == "name" })
        var opened = ProjectSession()
        try opened.open(file: try session.file())
        let (place, words) = try #require(try opened.bankedSounds().first)
        #expect(place == 2 && words.count == 44_100 + 16 && words[0] == 44_100 && words[1] == 60)
        #expect(try opened.recordedSound("sound-3").mono == tone(500, seconds: 1).mono)
        #expect(Engine(sampleRate: 48_000).load(sound: words, place: place))
    }

    @Test func aPlaceHasOneSoundAndUndoBringsTheOldOneBack() throws {
        var session = ProjectSession()
        _ = try session.keepSound(tone(500, seconds: 1), name: "One", place: 1)
        _ = try session.keepSound(tone(600, seconds: 0.5), name: "Two", place: 1)
        #expect(session.document.ids("sounds").count == 1)
        #expect(try session.bankedSounds()[0].words.count == 22_050 + 16)
        _ = try session.undo()
        #expect(try session.bankedSounds()[0].words.count == 44_100 + 16)
        _ = try session.undo()
        #expect(try session.bankedSounds().isEmpty)
    }

    @Test func whatCannotBePlayedIsRefusedInASentence() throws {
        var session = ProjectSession()
        let silence = Sound(sampleRate: 48_000, channels: [[0, 0, 0]])
        #expect(throws: StarlingError.self) { _ = try session.keepSound(silence, name: "Nothing", place: 1) }
        #expect(throws: StarlingError.self) { _ = try session.keepSound(tone(500, seconds: 1), name: "Far", place: 9) }
        #expect(session.document.ids("sounds").isEmpty)
    }

    @Test func theFirstPartOfALongSoundIsKept() throws {
        var session = ProjectSession()
        _ = try session.keepSound(tone(500, seconds: 14), name: "Long", place: 1)
        let words = try session.bankedSounds()[0].words
        #expect(words.count == Engine.weightsCapacity)
        #expect(words.last == 0, "it fades to its end")
    }

    /// The engine plays a loaded sound by a note, and the built-in one without.
    @Test func aNotePlaysTheLoadedSound() throws {
        var document = Document.starter()
        _ = try document.apply(Command("Sampler", [
            Change(delete: "instruments", "choir"), Change("instruments", "sampler", "kind", .text("sampler")),
            Change(delete: "effects", "reverb"),
        ]))
        var session = ProjectSession()
        _ = try session.keepSound(tone(500, seconds: 1), name: "Tone", place: 1)
        let stage = try Stage(project: document)
        for (place, words) in try session.bankedSounds() { #expect(stage.engine.load(sound: words, place: place)) }
        stage.silence(seconds: 0.1)
        stage.engine.schedule(Event(.noteOn, slot: 60, value: 1, time: 0))
        stage.silence(seconds: 1)
        let heard = stage.left[12_000..<44_000]
        var (re, im): (Float, Float) = (0, 0)
        for (i, sample) in heard.enumerated() {
            let phase = (500 * Float(i) / 48_000).truncatingRemainder(dividingBy: 1)
            re += sample * fastSine(cycles: phase)
            im += sample * fastSine(cycles: phase + 0.25)
        }
        let amplitude = 2 * (re * re + im * im).squareRoot() / Float(heard.count)
        #expect(amplitude > 1.2 * rms(heard), "what sounds is a tone of 500 Hz")
    }

    @Test func olderProjectsHaveNoSounds() throws {
        let json = try JSON(reading: Text("{\"models\":{},\"instruments\":{}}").utf8)
        #expect(try Document(json: json).ids("sounds").isEmpty)
    }
}
