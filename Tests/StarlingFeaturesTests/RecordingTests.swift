import Foundation
import StarlingFeatures
import Testing

/// Real recordings against librosa, frame by frame; see tools/make-feature-fixtures.py.
struct RecordingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let frameSize, hopSize: Int
        var testDescription: String { name }
    }

    static let cases: [Case] = {
        let table = try! Table("recordings")
        let sizes = zip(table.numbers("frame-size"), table.numbers("hop-size"))
        return zip(table.texts("name"), sizes).map { Case(name: $0, frameSize: Int($1.0), hopSize: Int($1.1)) }
    }()

    @Test(arguments: cases) func featuresEqualThoseOfLibrosa(_ item: Case) throws {
        let recording = try Recording(fixture("\(item.name).wav"))
        let values = analyse(recording.samples, rate: recording.rate, frameSize: item.frameSize, hopSize: item.hopSize)
        try expectEqual(values, to: Table(item.name), frames: nil)
    }

    @Test(arguments: cases) func shapesAndLevelsEqualTheirReferences(_ item: Case) throws {
        let recording = try Recording(fixture("\(item.name).wav"))
        let values = analyse(recording.samples, rate: recording.rate, frameSize: item.frameSize, hopSize: item.hopSize)
        let reference = try Table("\(item.name)-shape")
        let frames = reference.numbers("frame").map { Int($0) }
        for (column, relative, absolute) in [
            ("spread", 1e-4, 0.01), ("skewness", 1e-3, 1e-3), ("kurtosis", 1e-3, 1e-3), ("rolloff", 1e-6, 0),
            ("flatness", 1e-4, 1e-6), ("crest", 0, 1e-3), ("slope", 1e-4, 1e-3), ("flux", 1e-3, 1e-5),
            ("flux-bands", 1e-3, 1e-3), ("momentary", 0, 0.01), ("short-term", 0, 0.01), ("peak", 0, 1e-3),
            // Hissing speech at 22 kHz reaches up to half the sample rate, where the curve is known less well.
            ("true-peak", 0, item.name == "speech" ? 0.5 : 0.1),
        ] {
            let expected = reference.numbers(column)
            let errors = zip(frames, expected).map { frame, wanted in
                // Between the samples of faint noise lies what the reference's filter lets pass and the engine's does not.
                column == "true-peak" && wanted < -60 ? -1 : abs(Double(values[column]![frame]) - wanted) - relative * abs(wanted) - absolute
            }
            let worst = errors.indices.max { errors[$0] < errors[$1] }!
            #expect(
                errors[worst] <= 0,
                "\(item.name): \(column) is \(values[column]![frames[worst]]) instead of \(expected[worst]) in frame \(frames[worst])")
        }
    }

    @Test func spokenDigitsEqualThoseOfLibrosa() throws {
        guard let folder = spokenDigits() else {
            print("notice: no recordings of spoken digits here; set STARLING_SPOKEN_DIGITS to their folder to test with them")
            return
        }
        let reference = try Table("spoken-digits")
        for name in Set(reference.texts("name")) {
            let recording = try Recording(folder.appendingPathComponent("\(name).wav"))
            let values = analyse(recording.samples, rate: recording.rate, frameSize: 256, hopSize: 128)
            try expectEqual(values, to: reference, frames: name)
        }
    }
}

/// Compares all frames of a table, or those of one recording in it.
private func expectEqual(_ values: [String: [Float]], to reference: Table, frames recording: String?) throws {
    let chosen = recording.map { name in reference.texts("name").enumerated().filter { $0.element == name }.map(\.offset) }
    let rows = chosen ?? Array(reference.numbers("rms").indices)
    #expect(!rows.isEmpty)
    let frames = recording == nil ? rows : rows.map { Int(reference.numbers("frame")[$0]) }
    func expect(
        _ name: String, _ column: String, relative: Double = 0, absolute: Double = 0,
        _ convert: (Double) -> Double = { $0 }
    ) {
        let expected = reference.numbers(column)
        var worst = (excess: 0.0, frame: 0)
        for (row, frame) in zip(rows, frames) where !expected[row].isNaN {
            let error = abs(convert(Double(values[name]![frame])) - expected[row])
            worst = max(worst, (error - relative * abs(expected[row]) - absolute, frame)) { $0.excess < $1.excess }
        }
        #expect(
            worst.excess <= 0,
            "\(recording ?? "") \(name) is off by \(worst.excess) more than allowed in frame \(worst.frame)")
    }
    expect("loudness", "rms", relative: 1e-4, absolute: 1.1e-5) { pow(10, $0 / 20) }  // -100 dB is the lowest level
    expect("centroid", "centroid", relative: 1e-4)
    expect("zero-crossing-rate", "zero-crossing-rate", absolute: 1e-7)
    expect("onset", "onset", absolute: 1e-3)
    for i in 1...13 { expect("mfcc-\(i)", "mfcc-\(i)", absolute: 1e-3) }
}

private func max<T>(_ a: T, _ b: T, by areInOrder: (T, T) -> Bool) -> T { areInOrder(a, b) ? b : a }

/// The folder of spoken digits, where there is one.
private func spokenDigits(file: String = #filePath) -> URL? {
    let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let given = ProcessInfo.processInfo.environment["STARLING_SPOKEN_DIGITS"].map { URL(fileURLWithPath: $0) }
    let folder = given ?? root.deletingLastPathComponent().appendingPathComponent("shared/data/spoken-digits")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}
