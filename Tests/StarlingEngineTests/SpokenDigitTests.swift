import Foundation
import StarlingFeatures
import StarlingLearning
import StarlingMath
import Testing

/// Trust, measured on recordings of people: 200 spoken digits, each the means of its 13 cepstral coefficients.
///
/// The recordings are not part of the project; without them, the same is measured on `spoken.csv` in the tests of learning.
@Suite struct SpokenDigitTests {
    @Test(arguments: ModelCatalogue.all.filter { $0.tasks.contains(.categories) })
    func certaintiesCanBeBelieved(_ model: ModelInfo) throws {
        guard let digits = try SpokenDigits() else { return }
        var errors: [Float] = []
        var chance: [Float] = []
        for seed in 1...3 as ClosedRange<UInt64> {
            let folds = digits.all.stratifiedFolds(5, seed: seed)
            var evaluation = Evaluation(task: .categories, outputCount: 10)
            for fold in 0..<5 {
                let predictor = try digits.predictor(model) { folds[$0] != fold }
                var outputs = [Float](repeating: 0, count: 10)
                for row in 0..<digits.all.count where folds[row] == fold {
                    predictor.run(inputs: Array(digits.all.inputs(row)), outputs: &outputs)
                    evaluation.add(wanted: digits.all.outputs(row), outputs: outputs)
                }
            }
            errors.append(evaluation.reliability.calibrationError)
            chance.append(evaluation.reliability.chanceError)
        }
        let mean = errors.reduce(0, +) / 3
        #expect(mean <= max(0.05, chance.reduce(0, +) / 3), "\(Text(model.name)): calibration errors \(errors), by chance \(chance)")
    }

    @Test func aDigitNeverTaughtIsNew() throws {
        guard let digits = try SpokenDigits() else { return }
        var won: Float = 0
        var pairs: Float = 0
        for seed in 1...3 as ClosedRange<UInt64> {
            let folds = digits.all.stratifiedFolds(5, seed: seed)
            for unknown in 0..<10 {
                func isUnknown(_ row: Int) -> Bool { digits.all.outputs(row).first == Float(unknown) }
                let predictor = try digits.predictor(ModelCatalogue.all[0]) { folds[$0] != 0 && !isUnknown($0) }
                let novelty = (0..<digits.all.count).map { predictor.novelty(inputs: Array(digits.all.inputs($0))) }
                let known = novelty.indices.filter { folds[$0] == 0 && !isUnknown($0) }
                for row in novelty.indices.filter(isUnknown) {
                    for other in known {
                        won += novelty[row] > novelty[other] ? 1 : novelty[row] == novelty[other] ? 0.5 : 0
                        pairs += 1
                    }
                }
            }
        }
        #expect(won / pairs >= 0.95, "area under the curve \(won / pairs)")
    }
}

/// The recordings as examples, each a take.
private struct SpokenDigits {
    let all = Dataset(inputCount: 13, outputCount: 10, task: .categories)

    /// Nil, with a notice, where the recordings are not there.
    init?() throws {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let given = ProcessInfo.processInfo.environment["STARLING_SPOKEN_DIGITS"].map { URL(fileURLWithPath: $0) }
        let folder = given ?? root.deletingLastPathComponent().appendingPathComponent("shared/data/spoken-digits")
        guard let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) else {
            print("notice: no recordings of spoken digits here; set STARLING_SPOKEN_DIGITS to their folder to test with them")
            return nil
        }
        let recordings = files.filter { $0.pathExtension == "wav" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        for (take, file) in recordings.enumerated() {
            let digit = Int(String(file.lastPathComponent.first!))!
            try all.append(try Self.meanCoefficients(file), category: digit, take: take)
        }
    }

    /// A predictor that has learned from some of the rows.
    func predictor(_ model: ModelInfo, _ isTaught: (Int) -> Bool) throws -> Predictor {
        let taught = Dataset(inputCount: 13, outputCount: 10, task: .categories)
        for row in 0..<all.count where isTaught(row) {
            try taught.append(Array(all.inputs(row)), category: Int(all.outputs(row).first!), take: all.take(row))
        }
        let trainer = Trainer(model: model)
        trainer.start(taught, outputKeys: (0..<10).map { UInt32($0) })
        let words = trainer.finish()!.words
        let predictor = Predictor(wordCapacity: words.count, maximumInputs: 13, maximumOutputs: 10)
        #expect(predictor.load(words, count: words.count))
        return predictor
    }

    /// The means over all whole frames of a recording of 8 kHz, 16 bit, mono.
    private static func meanCoefficients(_ file: URL) throws -> [Float] {
        let bytes = try [UInt8](Data(contentsOf: file))
        let samples = stride(from: 44, to: bytes.count - 1, by: 2).map {
            Float(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32768
        }
        let analyser = FeatureAnalyser(sampleRate: 8000, frameSize: 256, hopSize: 64)
        let places = FeatureCatalogue.outputs.indices.filter { Text(FeatureCatalogue.outputs[$0].name).hasPrefix("mfcc-") }
        var values = [Float](repeating: 0, count: analyser.outputCount)
        var sums = [Float](repeating: 0, count: 13)
        var frames: Float = 0
        var end = 64
        while end <= samples.count {
            samples.withUnsafeBufferPointer { analyser.write($0.baseAddress! + end - 64, count: 64) }
            analyser.analyse(into: &values)
            if end >= 256 {
                for i in 0..<13 { sums[i] += values[places[i]] }
                frames += 1
            }
            end += 64
        }
        return sums.map { $0 / frames }
    }
}
