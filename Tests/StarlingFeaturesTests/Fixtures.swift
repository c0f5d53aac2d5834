import Foundation
import StarlingFeatures

/// A table of fixtures: columns by name.
struct Table {
    private let header: [String]
    private let rows: [[String]]

    init(_ name: String, file: String = #filePath) throws {
        let text = try String(contentsOf: fixture("\(name).csv", file: file), encoding: .utf8)
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        header = lines[0]
        rows = Array(lines.dropFirst())
    }

    func texts(_ column: String) -> [String] { rows.map { $0[header.firstIndex(of: column)!] } }
    func numbers(_ column: String) -> [Double] { texts(column).map { Double($0)! } }
}

/// A mono 16-bit WAV file: what the fixture script and the spoken digits come as.
struct Recording {
    let rate: Int
    let samples: [Float]

    init(_ url: URL) throws {
        let bytes = try [UInt8](Data(contentsOf: url))
        let data = bytes.firstRange(of: Array("data".utf8))!.upperBound
        let word = { (at: Int) in Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 | Int(bytes[at + 3]) << 24 }
        rate = word(24)
        samples = stride(from: data + 4, to: min(data + 4 + word(data), bytes.count - 1), by: 2).map {
            Float(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32768
        }
    }
}

/// Where a fixture lies.
func fixture(_ name: String, file: String = #filePath) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/features/\(name)")
}

/// All features of all whole frames of a sound, each a list of values by name.
func analyse(_ samples: [Float], rate: Int, frameSize: Int = 1024, hopSize: Int = 256) -> [String: [Float]] {
    let analyser = FeatureAnalyser(sampleRate: Float(rate), frameSize: frameSize, hopSize: hopSize)
    let names = FeatureCatalogue.outputs.map { "\($0.name)" }
    var columns: [String: [Float]] = [:]
    var values = [Float](repeating: 0, count: analyser.outputCount)
    samples.withUnsafeBufferPointer { sound in
        var end = hopSize
        while end <= sound.count {
            analyser.write(sound.baseAddress! + end - hopSize, count: hopSize)
            analyser.analyse(into: &values)
            if end >= frameSize { for (name, value) in zip(names, values) { columns[name, default: []].append(value) } }
            end += hopSize
        }
    }
    return columns
}
