import StarlingDSP
import StarlingMath
import Testing

private struct Setting: Hashable {
    let rate, frameSize, bands: Int
}

@Test func melBankHasTheWeightsOfLibrosa() throws {
    let rows = try table("mel")
    let settings = Dictionary(grouping: rows) { Setting(rate: Int($0[0]), frameSize: Int($0[1]), bands: Int($0[2])) }
    #expect(settings.count == 3)
    for (setting, entries) in settings {
        let bank = MelBank(bandCount: setting.bands, frameSize: setting.frameSize, sampleRate: Float(setting.rate))
        var expected: [Int: Double] = [:]
        for entry in entries { expected[Int(entry[3]) * 10_000 + Int(entry[4])] = entry[5] }
        var bands = [Float](repeating: 0, count: setting.bands)
        for bin in 0...setting.frameSize / 2 {
            var spectrum = [Float](repeating: 0, count: setting.frameSize / 2 + 1)
            spectrum[bin] = 1
            bank.apply(spectrum, into: &bands)
            for band in 0..<setting.bands {
                let weight = expected[band * 10_000 + bin] ?? 0
                #expect(abs(Double(bands[band]) - weight) <= 1e-6 * weight + 1e-12, "\(setting) band \(band) bin \(bin)")
            }
        }
    }
}

@Test func cosineTransformHasTheValuesOfSciPy() throws {
    let rows = try table("dct")
    let transform = CosineTransform(inputCount: rows.count, outputCount: 13)
    var output = [Float](repeating: 0, count: 13)
    transform.apply(rows.map { Float($0[0]) }, into: &output)
    for k in 0..<13 { #expect(abs(Double(output[k]) - rows[k][1]) < 1e-4, "coefficient \(k)") }
}

@Test func melScaleIsEvenBelowOneKilohertzAndUndone() {
    #expect(abs(MelScale.slaney.mel(hertz: 200) - 3) < 1e-12)
    #expect(abs(MelScale.slaney.mel(hertz: 1000) - 15) < 1e-12)
    #expect(abs(MelScale.slaney.mel(hertz: 6400) - 42) < 1e-12)
    for hertz in [10.0, 440, 999, 1001, 6400, 20_000] {
        #expect(abs(MelScale.slaney.hertz(mel: MelScale.slaney.mel(hertz: hertz)) / hertz - 1) < 1e-12)
    }
}
