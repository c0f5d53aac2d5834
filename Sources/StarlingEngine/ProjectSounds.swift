import StarlingMath
import StarlingProject
import StarlingSynthesis

/// The sounds of a project that instruments play, on their way into the document and out of it into the bank.
extension ProjectSession {
    /// Keeps a sound in a place 1...8, in place of the one there: adds its blob and applies its command.
    ///
    /// Stereo becomes mono; what is longer than `SoundBank.longest` samples is cut off. Throws a sentence where there is
    /// nothing to hear or no such place.
    public mutating func keepSound(_ sound: Sound, name: Text, place: Int) throws(StarlingError) -> Command {
        guard 1...SoundBank.placeCount ~= place else {
            throw StarlingError("There is no place " + Text(place) + " for a sound; places are 1 to " + Text(SoundBank.placeCount) + ".")
        }
        guard 100...1_000_000 ~= sound.sampleRate else {
            throw StarlingError("The sound has " + Text(sound.sampleRate) + " samples a second; 100 to 1000000 can be played. Convert it first.")
        }
        let samples = Array(sound.mono.prefix(SoundBank.longest))
        guard samples.contains(where: { $0.magnitude > 1e-5 && $0.magnitude < .infinity }) else {
            throw StarlingError("There is nothing to hear in \"" + name + "\". Choose another sound, or another moment.")
        }
        let blob = Blob(Sound(sampleRate: sound.sampleRate, channels: [samples.map(Self.limited)]).wavFloat32)
        let id = Text("sound-") + Text(place)
        var changes = document.ids("sounds").filter { document.number("sounds", $0, "place") == Double(place) && $0 != id }
            .map { Change(delete: "sounds", $0) }
        changes += [
            Change("sounds", id, "name", .text(name)), Change("sounds", id, "place", .number(Double(place))),
            Change("sounds", id, "sound", .text(blob.name)), Change("sounds", id, "root", .number(60)),
        ]
        add(blob)
        return try apply(Command("Load a sound", changes))
    }

    /// The recorded sound of a record of `sounds`; throws a sentence where its data is not here.
    public func recordedSound(_ id: Text) throws(StarlingError) -> Sound {
        guard let name = document.text("sounds", id, "sound"), let blob = blob(name) else {
            throw StarlingError("The data of the sound \"" + id + "\" is not here. Load it again.")
        }
        return try Sound(wav: blob.bytes)
    }

    /// A place 0..<8 and what its room of the bank is to hold, for each sound of the project; see `SoundBank`.
    public func bankedSounds() throws(StarlingError) -> [(place: Int, words: [Float])] {
        var all: [(place: Int, words: [Float])] = []
        for id in document.ids("sounds") {
            all.append((Int(document.number("sounds", id, "place") ?? 1) - 1, try bankWords(id)))
        }
        return all
    }

    /// What a room of the bank is to hold for a record of `sounds`: header and samples, whose last 5 ms fade.
    public func bankWords(_ id: Text) throws(StarlingError) -> [Float] {
        let sound = try recordedSound(id)
        let number = { (field: StaticString) in Float(document.number("sounds", id, Text(field)) ?? 0) }
        let header: [Float] = [Float(sound.sampleRate), number("root"), number("from"), number("to")]
        var words = header + [Float](repeating: 0, count: SoundBank.headerCount - header.count)
        words += sound.mono.prefix(SoundBank.longest).map(Self.limited)
        let fade = min(sound.sampleRate / 200, words.count - SoundBank.headerCount)
        for i in 0..<fade { words[words.count - 1 - i] *= Float(i) / Float(fade) }
        return words
    }

    /// A sample that the engine can bear.
    private static func limited(_ sample: Float) -> Float { clamp(flushed(sample), -8, 8) }
}

extension Engine {
    /// Takes over a sound for a place 0..<8 at setup, all at once; false if it is not valid. Not for the audio thread.
    public func load(sound words: [Float], place: Int) -> Bool {
        guard let room = sounds.room(sounds.freeRoom), words.count <= SoundBank.capacity else { return false }
        words.withUnsafeBufferPointer { room.update(from: $0.baseAddress!, count: words.count) }
        return sounds.accept(place, wordCount: words.count)
    }
}
