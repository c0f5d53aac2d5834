import StarlingFeatures
import StarlingMath
import Testing

/// MFCCs in other programs' conventions against those programs' numbers; see tools/make-feature-fixtures.py.
struct ProfileTests {
    @Test func coefficientsEqualThoseOfOtherPrograms() throws {
        let table = try Table("profiles")
        let keys = (0..<table.texts("name").count).map { row in
            ["name", "frame-size", "profile", "bands"].map { table.texts($0)[row] }
        }
        #expect(Set(keys.map { $0[2] }) == ["own", "librosa", "flucoma", "meyda"])
        for key in Set(keys) {
            let recording = try Recording(fixture("\(key[0]).wav"))
            let profile = try #require(CepstrumProfile.named(Text(utf8: Array(key[2].utf8))))
            let setup = FeatureSetup(
                sampleRate: Float(recording.rate), frameSize: Int(key[1])!, hopSize: 2048, profile: profile, bandCount: Int(key[3])!)
            let analyser = FeatureAnalyser(setup)
            let place = FeatureCatalogue.outputs.firstIndex { "\($0.name)" == "mfcc-1" }!
            var values = [Float](repeating: 0, count: analyser.outputCount)
            let rows = keys.indices.filter { keys[$0] == key }
            recording.samples.withUnsafeBufferPointer { sound in
                var written = 0
                for (frame, row) in rows.enumerated() {
                    let end = frame * 2048 + setup.frameSize
                    analyser.write(sound.baseAddress! + written, count: end - written)
                    written = end
                    analyser.analyse(into: &values)
                    for i in 0..<13 {
                        let expected = table.numbers("mfcc-\(i + 1)")[row]
                        #expect(abs(Double(values[place + i]) - expected) < 2e-3, "\(key), frame \(frame), mfcc-\(i + 1)")
                    }
                }
            }
        }
    }

    @Test func aProfileHasItsOwnNumberOfBands() {
        let counts = CepstrumProfile.allCases.map { FeatureSetup(sampleRate: 48_000, profile: $0).bandCount }
        #expect(counts == [40, 128, 40, 26])
        #expect(CepstrumProfile.named("nobody") == nil)
    }

    @Test(arguments: CepstrumProfile.allCases, [8_000, 48_000, 192_000])
    func everySoundHasFiniteCoefficients(profile: CepstrumProfile, rate: Int) {
        let place = FeatureCatalogue.outputs.firstIndex { "\($0.name)" == "mfcc-1" }!
        for sound in [[Float](repeating: 0, count: 4096), [Float](repeating: .nan, count: 4096), (0..<4096).map { $0 % 2 == 0 ? 9 : -9 }] {
            for bands in [13, 128] {
                let analyser = FeatureAnalyser(FeatureSetup(sampleRate: Float(rate), profile: profile, bandCount: bands))
                var values = [Float](repeating: 0, count: analyser.outputCount)
                analyser.write(sound, count: sound.count)
                analyser.analyse(into: &values)
                #expect(values[place..<place + 13].allSatisfy { $0.isFinite && abs($0) < 5_000 })
            }
        }
    }
}
