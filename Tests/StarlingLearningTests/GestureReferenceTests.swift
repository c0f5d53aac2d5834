import Foundation
import StarlingLearning
import Testing

/// Against aeon's data, dtaidistance, hmmlearn and scikit-learn; see tools/gesture-fixtures.py.
@Suite struct GestureReferenceTests {
    private func lines(_ name: String) throws -> [[Double]] {
        let file = repository.appending(path: "Tests/Fixtures/gestures/\(name).csv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: ",").map { Double($0) }
            return numbers.contains(nil) ? nil : numbers.map { $0! }
        }
    }

    private func floats(_ numbers: ArraySlice<Double>) -> [Float] { numbers.map { Float($0) } }

    @Test func warpingCostsAreTheReferences() throws {
        for (number, line) in try lines("warping").enumerated() {
            let (width, window) = (Int(line[0]), Int(line[1]))
            let middle = 5 + Int(line[2]) * width
            let distance = warpingDistance(
                floats(line[5..<middle]), floats(line[middle...]), width: width, window: window < 0 ? nil : window)
            #expect(abs(Double(distance) - line[4]) <= 1e-5 * line[4], "pair \(number): \(distance), \(line[4])")
        }
    }

    @Test(arguments: [(nil, 14), (0, 13)] as [(Int?, Int)])
    func nearestByWarpingMakesThePublishedErrorsOnGunPoint(window: Int?, wrong: Int) throws {
        let lines = try lines("gunpoint")
        let train = lines.filter { $0[0] == 0 }
        let test = lines.filter { $0[0] == 1 }
        let examples = train.map { floats($0[2...]) }
        let mistakes = test.filter {
            let nearest = nearestByWarping(floats($0[2...]), among: examples, width: 1, window: window)
            return train[nearest][1] != $0[1]
        }
        // .0933 and .0867 of 150.
        #expect(train.count == 50 && test.count == 150 && mistakes.count == wrong)
    }

    @Test func chainsHaveTheReferencesLikelihoods() throws {
        for (number, line) in try lines("chain").enumerated() {
            let (states, channels) = (Int(line[0]), Int(line[1]))
            let variances = 4 + states * channels
            let stays = variances + states * channels
            let chain = LeftRightChain(
                channelCount: channels, means: Array(line[4..<variances]), variances: Array(line[variances..<stays]),
                stays: Array(line[stays..<stays + states]))
            let score = chain.logLikelihood(floats(line[(stays + states)...]))
            #expect(abs(score - line[3]) < 1e-3, "model \(number): \(score), \(line[3])")
        }
    }

    /// Whole takes of BasicMotions, named by the chain that fits best; the reference learned from the same folds.
    @Test func chainsNameTakesAsWellAsTheReference() throws {
        let (takes, width) = try standardisedMotions()
        let reference = try lines("chain-classes").filter { $0[1] == $0[2] }.count
        let right = takes.indices.filter { asked in
            let likelihoods = (0..<4).map { gesture in
                let own = takes.indices.filter { $0 % 4 != asked % 4 && takes[$0].gesture == gesture }.map { takes[$0].rows }
                var chain = LeftRightChain(evenly: own, channelCount: width, stateCount: 8, floor: 0.01)
                for _ in 0..<8 { chain.improve(own, floor: 0.01) }
                return Float(chain.logLikelihood(takes[asked].rows))
            }
            return likelihoods.indexOfLargest == takes[asked].gesture
        }
        #expect(right.count >= reference, "\(right.count) against \(reference) of \(takes.count)")
    }

    /// The same by the nearest take: take by take the reference's answer.
    @Test func nearestByWarpingNamesTakesAsTheReference() throws {
        let (takes, width) = try standardisedMotions()
        for (asked, reference) in try lines("chain-classes").enumerated() {
            let others = takes.indices.filter { $0 % 4 != asked % 4 }
            let nearest = nearestByWarping(takes[asked].rows, among: others.map { takes[$0].rows }, width: width)
            #expect(takes[others[nearest]].gesture == Int(reference[3]), "take \(asked)")
        }
    }

    private func standardisedMotions() throws -> (takes: [(gesture: Int, rows: [Float])], width: Int) {
        let set = try GestureSet.motions()
        let means = (0..<set.width).map(set.mean)
        let deviations = (0..<set.width).map(set.deviation)
        let takes = set.takes.map { take in
            (gesture: take.gesture, rows: take.rows.flatMap { row in row.indices.map { (row[$0] - means[$0]) / deviations[$0] } })
        }
        return (takes, set.width)
    }

    @Test func mixtureRegressionIsAsNearToTheCurveAsTheReference() throws {
        let fixture = try lines("mixture")
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for (row, line) in fixture.enumerated() { try dataset.add([Float(line[0])], [Float(line[1])], take: row) }
        let model = predictor(try #require(train(dataset, ModelCatalogue.named("gmr")!, [6, 0.0001])))
        func error(_ answers: [Double]) -> Double {
            (zip(fixture, answers).map { ($1 - $0[1]) * ($1 - $0[1]) }.reduce(0, +) / Double(fixture.count)).squareRoot()
        }
        let ours = error(fixture.map { Double(model.run([Float($0[0])])[0]) })
        let theirs = error(fixture.map { $0[2] })
        #expect(ours <= 1.02 * theirs, "\(ours) against \(theirs)")
        // The noise is .1.
        _ = model.run([0.5])
        #expect(0.07...0.14 ~= model.spread(0) && model.certainty > 0.9)
    }
}
