import Foundation
import StarlingLearning
import Testing

/// Against scikit-learn's metrics; see tools/trust-fixtures.py.
@Suite struct MetricsTests {
    private let wanted = try! Table("metrics")

    @Test func categoriesAreCountedAsScikitLearnCounts() throws {
        let fixture = try Fixture("certainties")
        var evaluation = Evaluation(task: .categories, outputCount: 4)
        for (row, certainties) in zip(fixture.rows, fixture.columns(startingWith: "c-")) {
            evaluation.add(wanted: row[..<1], outputs: certainties)
        }
        #expect(abs(evaluation.accuracy - wanted["accuracy"]) < 1e-6)
        for i in 0..<4 {
            #expect(abs(try #require(evaluation.precision(i)) - wanted["precision-\(i)"]) < 1e-6)
            #expect(abs(try #require(evaluation.recall(i)) - wanted["recall-\(i)"]) < 1e-6)
        }
        #expect(evaluation.confusion.map(Float.init) == (0..<16).map { wanted["confusion-\($0)"] })
        #expect(abs(evaluation.reliability.logLoss - wanted["log-loss"]) < 1e-5)
        #expect(abs(evaluation.reliability.calibrationError - wanted["calibration-error"]) < 1e-5)
        #expect(evaluation.reliability.bins.reduce(0) { $0 + $1.count } == fixture.rows.count)
    }

    @Test func valuesAreMeasuredAsScikitLearnMeasures() throws {
        let fixture = try Fixture("values")
        var evaluation = Evaluation(task: .continuous, outputCount: 2)
        for row in fixture.rows { evaluation.add(wanted: row[..<2], outputs: Array(row[2...])) }
        for i in 0..<2 {
            #expect(abs(evaluation.rootMeanSquareError(i) / wanted["rmse-\(i)"] - 1) < 1e-5)
            #expect(abs(try #require(evaluation.explainedVariance(i)) - wanted["r2-\(i)"]) < 1e-5)
        }
    }

    @Test func whatWasNeverAskedOrAnsweredHasNoShare() {
        var evaluation = Evaluation(task: .categories, outputCount: 3)
        evaluation.add(wanted: [0], outputs: [0.2, 0.7, 0.1])
        #expect(evaluation.recall(0) == 0 && evaluation.precision(0) == nil)
        #expect(evaluation.recall(1) == nil && evaluation.precision(1) == 0)
    }

    /// Names with a number each.
    private struct Table {
        private let values: [String: Float]

        init(_ name: String) throws {
            let file = repository.appending(path: "Tests/Fixtures/learning/\(name).csv")
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            values = Dictionary(uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: ",")
                return (String(parts[0]), Float(parts[1])!)
            })
        }

        subscript(_ name: String) -> Float { values[name] ?? .nan }
    }
}
