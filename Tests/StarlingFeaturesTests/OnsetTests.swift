import StarlingFeatures
import Testing

@Test func onsetsOfDrumsAreWhereLibrosaFindsThem() throws {
    let recording = try Recording(fixture("drums.wav"))
    let strength = analyse(recording.samples, rate: recording.rate)["onset"]!
    let frames = try Table("onsets").numbers("frame").map { Int($0) }.filter { $0 >= 4 && $0 + 4 < strength.count }
    #expect(frames.count >= 5)
    for frame in frames {
        let peak = (frame - 4...frame + 4).max { strength[$0] < strength[$1] }!
        #expect(abs(peak - frame) <= 1, "librosa finds a beginning at frame \(frame), the highest strength is at \(peak)")
        #expect(strength[peak] > 2)
    }
}

@Test(arguments: ["clarinet", "trumpet"]) func playedNotesBeginWithAnOnset(instrument: String) throws {
    let recording = try Recording(fixture("\(instrument).wav"))
    let strength = analyse(recording.samples, rate: recording.rate)["onset"]!
    let notes = try Table("notes")
    let typical = strength.sorted()[strength.count / 2]
    for (name, seconds) in zip(notes.texts("name"), notes.numbers("seconds")) where name == instrument && seconds > 0 {
        // Frame i ends at sample 1024 + 256 i; a beginning shows once it is within the frame.
        let frame = (Int(seconds * Double(recording.rate)) - 1024) / 256
        #expect(strength[frame...frame + 12].max()! > 3 * typical, "no onset at \(seconds) s")
    }
}

@Test func aSteadyToneAndSilenceHaveNoOnset() {
    let silence = analyse([Float](repeating: 0, count: 8192), rate: 48000)["onset"]!
    #expect(silence.allSatisfy { $0 == 0 })
    let square = (0..<48000).map { Float($0 / 60 % 2) * 0.5 - 0.25 }
    #expect(analyse(square, rate: 48000)["onset"]!.dropFirst(8).max()! < 0.5)
}
