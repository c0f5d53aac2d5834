import Foundation

/// The numbers of a table among the feature fixtures, without its header.
func table(_ name: String, file: String = #filePath) throws -> [[Double]] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures/features/\(name).csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return lines.map { line in line.split(separator: ",").map { Double($0)! } }
}
