import StarlingMath
import Testing

import StarlingProject

@Suite struct SoundTests {
    @Test(arguments: ["pcm8", "pcm16", "pcm24", "pcm32", "float32", "float64", "extensible"])
    func readsEveryFormat(_ name: String) throws {
        let expected = try jsonFixture("sounds.json")[Text(name)]!
        let sound = try Sound(wav: fixture(name + ".wav"))
        #expect(sound.sampleRate == Int(expected["rate"]!.number!))
        #expect(sound.channels == expected["channels"]!.list!.map { $0.list!.map { Float($0.number!) } })
    }

    @Test func readsWhatItWrites() throws {
        var random = SeededRandom(seed: 5)
        for channelCount in [1, 2, 5] {
            let channels = (0..<channelCount).map { _ in (0..<333).map { _ in random.bipolar() * 1.2 } }
            let sound = Sound(sampleRate: 44_100, channels: channels)
            #expect(try Sound(wav: sound.wavFloat32) == sound)
            let rounded = try Sound(wav: sound.wav16)
            for (a, b) in zip(channels.joined(), rounded.channels.joined()) {
                #expect(abs(max(-1, min(a, 32_767 / 32_768)) - b) <= 0.5 / 32_768)
            }
        }
        #expect(try Sound(wav: Sound(sampleRate: 1, channels: [[]]).wavFloat32).count == 0)
        #expect(try Sound(wav: Sound(sampleRate: 8000, channels: [[.nan, 2, -2]]).wav16).channels[0] == [0, 32_767 / 32_768, -1])
    }

    @Test func everyCutIsAnError() throws {
        let bytes = fixture("pcm16.wav")
        for cut in 0..<bytes.count { #expect(throws: StarlingError.self, "cut \(cut)") { try Sound(wav: Array(bytes[..<cut])) } }
        #expect(sentence { try Sound(wav: Array(bytes.dropLast(4))) }?.contains("ends early") == true)
    }

    @Test func saysWhatIsWrong() throws {
        func edited(_ name: String, _ edits: [(Int, UInt8)]) -> Text? {
            var bytes = fixture(name)
            for (place, byte) in edits { bytes[place] = byte }
            return sentence { try Sound(wav: bytes) }
        }
        #expect(edited("pcm16.wav", [(0, 0)])?.contains("no WAV file") == true)
        #expect(edited("pcm16.wav", [(20, 6)])?.contains("format 6 with 16 bits") == true)
        #expect(edited("pcm16.wav", [(22, 0)])?.contains("contradicts itself") == true)
        #expect(edited("pcm16.wav", [(24, 0), (25, 0)])?.contains("contradicts itself") == true)
        #expect(edited("pcm16.wav", [(32, 7)])?.contains("contradicts itself") == true)
        #expect(edited("pcm16.wav", [(40, 5), (41, 0)])?.contains("middle of a sample-frame") == true)
        #expect(edited("pcm16.wav", [(12, 1)])?.contains("before its format") == true)
        #expect(edited("pcm16.wav", [(36, 1)])?.contains("holds no sound") == true)
        #expect(edited("float32.wav", [(47, 0x7F), (46, 0xC0)])?.contains("no finite number at sample-frame 0") == true)
    }
}
