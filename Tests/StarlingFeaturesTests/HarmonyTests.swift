import Foundation
import StarlingFeatures
import StarlingMath
import Testing

private let noteNames = ["c", "c-sharp", "d", "d-sharp", "e", "f", "f-sharp", "g", "g-sharp", "a", "a-sharp", "b"]

/// A chord of tones with overtones that fall off by 1/n.
private func chord(_ notes: [Double], rate: Int, seconds: Double = 0.3, stretch: Double = 0) -> [Float] {
    (0..<Int(seconds * Double(rate))).map { n in
        let sound = notes.reduce(0.0) { sum, note in
            let hertz = 440 * pow(2, (note - 69) / 12)
            return sum + (1...6).reduce(0.0) { total, partial in
                let place = Double(partial) * (1 + stretch * Double(partial * partial)).squareRoot()
                return total + sin(2 * .pi * hertz * place * Double(n) / Double(rate) + Double(partial)) / Double(partial)
            }
        }
        return Float(0.15 * sound)
    }
}

private func chroma(_ sound: [Float], rate: Int) -> [Float] {
    let values = analyse(sound, rate: rate)
    return noteNames.map { values["chroma-\($0)"]!.last! }
}

/// From A1 (55 Hz), where neighbouring notes are 3 Hz apart, to C7.
@Test(arguments: [8000, 22050, 44100, 48000, 96000]) func chromaOfEveryNoteIsItsOwn(rate: Int) {
    for note in 33...96 where 440 * pow(2, Double(note - 69) / 12) < Double(rate) / 8 {
        for detune in [-0.15, 0, 0.15] {
            let found = chroma(chord([Double(note) + detune], rate: rate), rate: rate)
            #expect(found.firstIndex(of: found.max()!) == note % 12, "note \(note) off by \(detune) at \(rate) Hz: \(found)")
        }
    }
}

@Test(arguments: [[48, 52, 55], [57, 60, 64], [50, 53, 57], [55, 59, 62, 65], [43, 50, 59], [60, 63, 66]])
func chromaNamesTheNotesOfAChord(notes: [Int]) {
    let found = chroma(chord(notes.map(Double.init), rate: 48000), rate: 48000)
    let strongest = found.indices.sorted { found[$0] > found[$1] }.prefix(notes.count)
    #expect(Set(strongest) == Set(notes.map { $0 % 12 }), "\(notes): \(found)")
}

@Test func chromaAndHarmonicityOfSilenceAreZero() {
    let values = analyse([Float](repeating: 0, count: 9000), rate: 48000)
    for name in noteNames { #expect(values["chroma-\(name)"]!.last == 0) }
    #expect(values["harmonicity"]!.last == 0)
    #expect(values["inharmonicity"]!.last == 0)
}

@Test(arguments: [110.0, 220, 440, 880]) func harmonicityTellsTonesFromNoise(hertz: Double) {
    let note = 69 + 12 * log2(hertz / 440)
    let tone = analyse(chord([note], rate: 48000, seconds: 0.4), rate: 48000)
    #expect(tone["harmonicity"]!.last! > 0.95)
    #expect(tone["inharmonicity"]!.last! < 0.03)
    var random = SeededRandom(seed: 3)
    let noise = analyse((0..<20_000).map { _ in 0.3 * random.bipolar() }, rate: 48000)
    #expect(noise["harmonicity"]!.suffix(20).reduce(0, +) / 20 < 0.5)
}

/// Partials of a stiff string lie at n f sqrt(1 + B n^2).
@Test func inharmonicityGrowsWithTheStiffnessOfAString() {
    let found = [0, 0.0002, 0.001, 0.003].map { stiffness in
        analyse(chord([57], rate: 48000, seconds: 0.4, stretch: stiffness), rate: 48000)["inharmonicity"]!.last!
    }
    #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 }, "\(found)")
}
