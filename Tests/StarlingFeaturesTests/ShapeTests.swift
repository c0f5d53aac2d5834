import Foundation
import StarlingFeatures
import StarlingMath
import Testing

/// Noise whose power falls by a slope in dB per octave, of many sines with random phases.
private func noise(slope: Double, rate: Int, count: Int) -> [Float] {
    var random = SeededRandom(seed: 11)
    var sound = [Double](repeating: 0, count: count)
    for _ in 0..<3000 {
        let hertz = 60 + Double(random.uniform()) * (Double(rate) / 2 - 100)
        let gain = pow(10, slope * log2(hertz / 1000) / 20)
        let phase = Double(random.uniform())
        for n in 0..<count { sound[n] += gain * sin(2 * .pi * (hertz * Double(n) / Double(rate) + phase)) }
    }
    let peak = sound.map(abs).max()!
    return sound.map { Float(0.5 * $0 / peak) }
}

@Test(arguments: [0.0, -3, -6]) func tiltIsTheSlopeOfTheSpectrum(slope: Double) {
    let values = analyse(noise(slope: slope, rate: 48000, count: 12_000), rate: 48000)["slope"]!
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    #expect(abs(mean - slope) < 0.5, "\(mean) dB an octave instead of \(slope)")
}

/// ITU-R BS.1770: a sine of 997 Hz at full scale in one channel reads -3.01 LUFS.
@Test(arguments: [44100, 48000, 96000]) func programmeLoudnessOfAFullScaleSine(rate: Int) {
    let sine = (0..<Int(3.1 * Double(rate))).map { Float(sin(2 * .pi * 997 * Double($0) / Double(rate))) }
    let values = analyse(sine, rate: rate)
    #expect(abs(values["momentary"]!.last! + 3.01) < 0.03)
    #expect(abs(values["short-term"]!.last! + 3.01) < 0.03)
}

/// EBU Tech 3341, case 16: a sine at a quarter of the sample rate, 45 degrees off, peaks 3 dB above its samples.
@Test func truePeakLiesBetweenTheSamples() {
    let sine = (0..<4096).map { Float(0.5 * sin(2 * .pi * (Double($0) / 4 + 0.125))) }
    let values = analyse(sine, rate: 48000)
    #expect(abs(values["peak"]!.last! + 9.03) < 0.01)
    #expect(abs(values["true-peak"]!.last! + 6.02) < 0.05)
}

@Test func noveltyRisesWhenAnotherSoundBegins() {
    var random = SeededRandom(seed: 5)
    let tone = (0..<72_000).map { Float(0.3 * sin(2 * .pi * 220 * Double($0) / 48000)) }
    let hiss = (0..<72_000).map { _ in 0.2 * random.bipolar() }
    let novelty = analyse(tone + hiss, rate: 48000)["novelty"]!
    let change = (72_000 - 1024) / 256
    let before = novelty[(change - 60)..<change].max()!
    let after = novelty[change..<(change + 190)].max()!
    #expect(before < 0.02 && after > 0.3, "\(before), then \(after)")
    #expect(novelty.last! < 0.05)
}
