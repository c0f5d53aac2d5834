import StarlingFeatures
import StarlingMath
import Testing

private let hostileSounds: [(name: String, sample: @Sendable (Int, inout SeededRandom) -> Float)] = [
    ("silence", { _, _ in 0 }),
    ("DC", { _, _ in 0.7 }),
    ("clipping", { n, _ in n / 50 % 2 == 0 ? 40 : -40 }),
    ("NaN", { n, _ in n % 3 == 0 ? .nan : 0.1 }),
    ("infinity", { n, _ in n % 2 == 0 ? .infinity : -.infinity }),
    ("too faint", { n, _ in n % 2 == 0 ? 1e-30 : -1e-38 }),
    ("faint", { n, r in 1e-9 * r.bipolar() }),
    ("highest tone", { n, _ in n % 2 == 0 ? 1 : -1 }),
    ("noise", { _, r in r.bipolar() }),
    ("bursts", { n, r in n / 2000 % 2 == 0 ? 0 : r.bipolar() }),
    ("impulse", { n, _ in n == 3000 ? 1 : 0 }),
    ("rumble", { n, _ in fastSine(cycles: Float(n) / 20_000) }),
]

@Test(arguments: [(8000, 256, 64), (44100, 1024, 256), (48000, 64, 32), (48000, 8192, 512), (192_000, 2048, 500)])
func everyValueIsDefinedForEverySound(rate: Int, frameSize: Int, hopSize: Int) {
    for (name, sample) in hostileSounds {
        var random = SeededRandom(seed: 7)
        let sound = (0..<max(24_000, 2 * frameSize)).map { sample($0, &random) }
        let values = analyse(sound, rate: rate, frameSize: frameSize, hopSize: hopSize)
        for output in FeatureCatalogue.outputs {
            let column = values["\(output.name)"]!
            let isAllowed = { (value: Float) in
                value >= output.minimum && value <= output.maximum || "\(output.name)" == "centroid" && value.isFinite
            }
            #expect(column.allSatisfy(isAllowed), "\(output.name) of \(name) at \(rate) Hz: \(column.min()!)...\(column.max()!)")
        }
    }
}

@Test(arguments: OnsetFunction.allCases) func everyOnsetFunctionIsDefinedForEverySound(function: OnsetFunction) {
    let first = FeatureCatalogue.outputs.firstIndex { "\($0.name)" == "onset-now" }!
    for (name, sample) in hostileSounds {
        let analyser = FeatureAnalyser(sampleRate: 48_000, frameSize: 1024, hopSize: 256)
        analyser.onsets.function = function
        var random = SeededRandom(seed: 7)
        var values = [Float](repeating: 0, count: analyser.outputCount)
        for hop in 0..<40 {
            analyser.write((0..<256).map { sample(256 * hop + $0, &random) }, count: 256)
            analyser.analyse(into: &values)
            #expect((0...1).contains(values[first]) && values[first] == values[first].rounded(), "\(function.name) of \(name)")
        }
    }
}

@Test func everyFeatureSaysHowNearItComes() {
    #expect(FeatureCatalogue.all.allSatisfy { "\($0.tolerance)".count > 4 })
}

@Test func silenceHasTheValuesThatAreDocumented() {
    let values = analyse([Float](repeating: 0, count: 4096), rate: 48000).mapValues { $0.last! }
    #expect(values["loudness"] == -100)
    #expect(values["centroid"] == 0)
    #expect(values["pitch-confidence"] == 0)
    #expect(values["onset"] == 0)
    #expect(values["zero-crossing-rate"] == 0)
    #expect(abs(values["mfcc-1"]! + 632.4555) < 1e-3)
    for i in 2...13 { #expect(abs(values["mfcc-\(i)"]!) < 1e-3) }
}

private func noise(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in random.bipolar() }
}

private func run(_ analyser: FeatureAnalyser, _ sound: [Float], blocks: [Int]) -> [Float] {
    var values = [Float](repeating: 0, count: analyser.outputCount)
    var (position, turn) = (0, 0)
    sound.withUnsafeBufferPointer { sound in
        while position < sound.count {
            let count = min(blocks[turn % blocks.count], sound.count - position)
            analyser.write(sound.baseAddress! + position, count: count)
            position += count
            turn += 1
        }
    }
    analyser.analyse(into: &values)
    return values
}

@Test func valuesDoNotDependOnTheSizeOfBlocks() {
    let sound = noise(5000, seed: 3)
    let whole = run(FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256), sound, blocks: [5000])
    for blocks in [[1], [13], [127, 1, 500], [128], [256]] {
        let analyser = FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256)
        #expect(run(analyser, sound, blocks: blocks) == whole, "blocks of \(blocks)")
    }
}

@Test func resetForgetsEverything() {
    let sound = noise(3000, seed: 4)
    let used = FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256)
    _ = run(used, noise(7001, seed: 5), blocks: [7001])
    used.reset()
    let fresh = FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256)
    #expect(run(used, sound, blocks: [3000]) == run(fresh, sound, blocks: [3000]))
}

@Test func featuresThatAreOffLeaveTheirValuesAlone() {
    let sound = noise(3000, seed: 6)
    let analyser = FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256)
    let all = run(analyser, sound, blocks: [3000])
    analyser.reset()
    var offset = 0
    for (i, info) in FeatureCatalogue.all.enumerated() {
        analyser.reset()
        analyser.active = 1 << UInt32(i)
        let alone = run(analyser, sound, blocks: [3000])
        for output in 0..<analyser.outputCount {
            let isOwn = (offset..<offset + info.outputs.count).contains(output)
            #expect(alone[output] == (isOwn ? all[output] : 0), "\(info.name), output \(output)")
        }
        offset += info.outputs.count
    }
}

@Test func catalogueIsConsistent() {
    let records = FeatureCatalogue.all
    #expect(Set(records.map(\.id)).count == records.count)
    #expect(Set(FeatureCatalogue.outputs.map { "\($0.name)" }).count == FeatureCatalogue.outputs.count)
    let analyser = FeatureAnalyser(sampleRate: 48000, frameSize: 1024, hopSize: 256)
    #expect(analyser.outputCount == FeatureCatalogue.outputs.count)
}

@Test func setupsOutOfRangeAreExplained() {
    let sentence = { (rate: Float, frame: Int, hop: Int) -> String in
        do {
            try FeatureSetup(sampleRate: rate, frameSize: frame, hopSize: hop).validate()
            return ""
        } catch { return "\(error)" }
    }
    #expect(sentence(48000, 1024, 256) == "")
    #expect(sentence(4000, 1024, 256).contains("8000 to 192000"))
    #expect(sentence(.nan, 1024, 256).contains("8000 to 192000"))
    #expect(sentence(48000, 1000, 256) == "The frame size is 1000; choose a power of two from 64 to 8192, for example 1024.")
    #expect(sentence(48000, 1024, 0).contains("hop size is 0"))
}
