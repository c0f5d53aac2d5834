import Foundation
import StarlingFeatures
import Testing

private func tone(_ hertz: Double, rate: Int, seconds: Double = 0.15, harmonics: Int = 1) -> [Float] {
    (0..<Int(seconds * Double(rate))).map { n in
        let cycles = hertz * Double(n) / Double(rate)
        let sound = (1...harmonics).reduce(0.0) { $0 + sin(2 * .pi * cycles * Double($1) + Double($1)) / Double($1) }
        return Float(0.3 * sound)
    }
}

private func cents(_ note: Float, from hertz: Double) -> Double {
    100 * (Double(note) - 69 - 12 * log2(hertz / 440))
}

@Test(arguments: [44100, 48000, 96000, 192_000], [55.0, 61.7, 82.4, 110, 196, 329.6, 440, 622.3, 880, 1318.5, 1760])
func pitchOfATone(rate: Int, hertz: Double) {
    for harmonics in [1, 8] {
        let values = analyse(tone(hertz, rate: rate, harmonics: harmonics), rate: rate)
        for note in values["pitch"]!.suffix(5) {
            #expect(abs(cents(note, from: hertz)) < 10, "\(hertz) Hz with \(harmonics) harmonics at \(rate) Hz")
        }
        #expect(values["pitch-confidence"]!.last! > 0.9)
    }
}

@Test(arguments: [44100, 48000], [41.2, 2093, 3136, 3900]) func pitchAtBothEnds(rate: Int, hertz: Double) {
    let values = analyse(tone(hertz, rate: rate, harmonics: 4), rate: rate)
    #expect(abs(cents(values["pitch"]!.last!, from: hertz)) < 25, "\(hertz) Hz at \(rate) Hz: \(values["pitch"]!.last!)")
    #expect(values["pitch-confidence"]!.last! > 0.8)
}

@Test func aNewPitchIsBelievedWhenItIsHeardTwice() {
    let sound = tone(220, rate: 48000, seconds: 0.3, harmonics: 5) + tone(330, rate: 48000, seconds: 0.3, harmonics: 5)
    let values = analyse(sound, rate: 48000)
    let notes = zip(values["pitch"]!, values["pitch-confidence"]!).filter { $0.1 >= 0.8 }.map { Double($0.0) }
    let wrong = notes.filter { min(abs($0 - 57), abs($0 - 64.02)) > 0.5 }
    #expect(wrong.isEmpty && notes.last! > 63.9, "between the two nothing is made up: \(wrong)")
}

@Test(arguments: [8000, 11025, 16000, 22050]) func pitchAtLowSampleRates(rate: Int) {
    for hertz in [55.0, 110, 220, 440] {
        let values = analyse(tone(hertz, rate: rate, seconds: 0.4, harmonics: 4), rate: rate)
        #expect(abs(cents(values["pitch"]!.last!, from: hertz)) < 10, "\(hertz) Hz at \(rate) Hz")
    }
}

@Test func pitchOfAWeakFundamentalIsNotAnOctaveHigh() {
    let parts = zip(tone(220, rate: 48000), tone(440, rate: 48000)).map { 0.4 * $0 + $1 }
    #expect(abs(cents(analyse(parts, rate: 48000)["pitch"]!.last!, from: 220)) < 10)
}

@Test func pitchStaysAndConfidenceFallsInSilence() {
    let values = analyse(tone(330, rate: 48000, seconds: 0.3) + [Float](repeating: 0, count: 9600), rate: 48000)
    #expect(abs(cents(values["pitch"]!.last!, from: 330)) < 50)
    #expect(values["pitch-confidence"]!.last == 0)
}

@Test func pitchIsMiddleCBeforeTheFirstTone() {
    let values = analyse([Float](repeating: 0, count: 4096), rate: 48000)
    #expect(values["pitch"]!.allSatisfy { $0 == 60 })
}

@Test(arguments: ["clarinet", "trumpet"]) func pitchOfAPlayedMelody(instrument: String) throws {
    let recording = try Recording(fixture("\(instrument).wav"))
    let pitch = analyse(recording.samples, rate: recording.rate)["pitch"]!
    let notes = try Table("notes")
    let played = zip(notes.texts("name"), zip(notes.numbers("seconds"), notes.numbers("note"))).filter { $0.0 == instrument }
    for (_, (seconds, note)) in played {
        // From a pitch frame after the beginning to the release.
        let steady = frames(seconds + 0.12, seconds + 0.22, rate: recording.rate).map { 100 * (Double(pitch[$0]) - note) }
        let middle = steady.sorted()[steady.count / 2]
        #expect(abs(middle) < 10, "note \(note) of the \(instrument) is off by \(middle) cents")
        #expect(steady.allSatisfy { abs($0) < 50 }, "note \(note) of the \(instrument) breaks: \(steady)")
    }
}

private func frames(_ from: Double, _ to: Double, rate: Int) -> Range<Int> {
    // Frame i ends at sample 1024 + 256 i.
    let index = { (seconds: Double) in (Int(seconds * Double(rate)) - 1024) / 256 }
    return index(from)..<index(to)
}

@Test(arguments: ["speech", "clarinet", "trumpet"]) func pitchAgreesWithLibrosa(name: String) throws {
    let recording = try Recording(fixture("\(name).wav"))
    let size = name == "speech" ? (512, 128) : (1024, 256)
    let values = analyse(recording.samples, rate: recording.rate, frameSize: size.0, hopSize: size.1)
    let reference = try Table(name).numbers("f0")
    let voiced = reference.indices.filter { !reference[$0].isNaN && values["pitch-confidence"]![$0] >= 0.9 }
    let errors = voiced.map { abs(cents(values["pitch"]![$0], from: reference[$0])) }.sorted()
    #expect(errors.count > 50)
    #expect(errors[errors.count / 2] < 10, "typical error in cents")
    let octaves = errors.filter { $0 > 200 }.count
    #expect(Double(octaves) <= 0.02 * Double(errors.count), "\(octaves) of \(errors.count) frames are far off")
}
