import StarlingFormats
import StarlingMath
import Testing

/// A file of format 1 with these tracks, 480 ticks a quarter note.
func midiFile(format: UInt8 = 1, _ tracks: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6, 0, format, 0, UInt8(tracks.count), 0x01, 0xE0]
    for track in tracks {
        bytes += Array("MTrk".utf8) + [0, 0, UInt8(track.count >> 8), UInt8(track.count & 255)] + track
    }
    return bytes
}

private let end: [UInt8] = [0, 0xFF, 0x2F, 0]

@Suite struct MIDIFileTests {
    @Test func notesOfAllTracksComeInTheirTime() throws {
        // Tempo 100 a minute from the second quarter on; running status; a note-on of velocity 0 is an end.
        let tempo: [UInt8] = [0x83, 0x60, 0xFF, 0x51, 3, 0x09, 0x27, 0xC0] + end
        let melody: [UInt8] = [0, 0x90, 60, 127, 0x83, 0x60, 60, 0, 0, 64, 64, 0x83, 0x60, 0x80, 64, 9] + end
        let drums: [UInt8] = [0, 0xF0, 2, 1, 0xF7, 0, 0xC9, 5, 0x83, 0x60, 0x99, 36, 100, 0, 0xB9, 7, 90] + end
        let file = try MIDIFile(midiFile([tempo, melody, drums]))
        #expect(file.notes.map(\.time) == [0, 0.5, 0.5, 0.5, 1.1])
        #expect(file.notes.map(\.note) == [60, 60, 64, 36, 64])
        #expect(file.notes.map(\.channel) == [1, 1, 1, 10, 1])
        #expect(file.notes.map(\.velocity) == [1, 0, 64.0 / 127, 100.0 / 127, 0])
        #expect(file.otherCount == 3)
        #expect(abs(file.seconds - 1.1) < 1e-12)
    }

    @Test func framesOfFilmAreUnderstood() throws {
        var bytes = midiFile([[0, 0x90, 60, 127, 0x64, 60, 0] + end])
        bytes[12...13] = [0xE7, 40]  // 25 frames a second, 40 ticks a frame: a tick is a millisecond
        #expect(abs(try MIDIFile(bytes).notes[1].time - 0.1) < 1e-12)
    }

    @Test func damageIsSaid() {
        let whole = midiFile([[0, 0x90, 60, 127, 0x83, 0x60, 60, 0] + end])
        #expect(throws: StarlingError.self) { try MIDIFile(Array("RIFF".utf8)) }
        #expect(throws: StarlingError.self) { try MIDIFile(midiFile(format: 2, [end])) }
        for length in 14..<whole.count - 1 {
            // A cut may not be read as something else, nor trap.
            #expect(throws: StarlingError.self, "\(length)") { try MIDIFile(Array(whole[..<length])) }
        }
        var random = SeededRandom(seed: 1)
        for _ in 0..<20_000 {
            var broken = whole
            for _ in 0..<3 { broken[Int(random.uniform() * Float(broken.count))] = UInt8(random.uniform() * 255) }
            _ = try? MIDIFile(broken)
        }
    }
}
