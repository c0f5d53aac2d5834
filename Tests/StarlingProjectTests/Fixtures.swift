import Foundation
import StarlingMath

import StarlingProject

/// The bytes of a file that tools/make-project-fixtures.py wrote.
func fixture(_ name: String) -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/project")
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        fatalError("fixture \(name) is missing; run tools/make-project-fixtures.py")
    }
    return Array(data)
}

/// A fixture of JSON.
func jsonFixture(_ name: String) throws -> JSON { try JSON(reading: fixture(name)) }

/// Bytes of hexadecimal digits.
func bytes(hex: Text) -> [UInt8] {
    stride(from: 0, to: hex.utf8.count, by: 2).map { i in
        UInt8(String(decoding: hex.utf8[i..<i + 2], as: UTF8.self), radix: 16)!
    }
}

extension JSON {
    subscript(_ index: Int) -> JSON { list![index] }
    var count: Int { list!.count }
}

extension Text {
    func contains(_ part: Text) -> Bool {
        part.isEmpty || utf8.indices.contains { utf8[$0...].starts(with: part.utf8) }
    }
}

/// The sentence that a piece of work throws.
func sentence<Result>(_ work: () throws -> Result) -> Text? {
    do {
        _ = try work()
        return nil
    } catch {
        return (error as? StarlingError)?.sentence
    }
}

/// A small project that uses every kind of field, and its blobs.
func sampleProject() throws -> ProjectContents {
    let rows = try Rows(columnCount: 2, rate: 187.5, values: (0..<200).map { Float($0) / 7 - 3 })
    let sound = Sound(sampleRate: 8000, channels: [(0..<800).map { Float($0 % 50) / 50 - 0.5 }])
    let blobs = [Blob(rows.bytes), Blob(sound.wavFloat32), Blob(sound.wav16)]
    var document = Document()
    _ = try document.apply(Command("Make", [
        Change("project", "project", "name", .text("Vögel \"singen\"")),
        Change("inputs", "mic", "kind", .text("file")), Change("inputs", "mic", "sound", .text(blobs[2].name)),
        Change("models", "vowels", "name", .text("Vowels")), Change("models", "vowels", "kind", .text("mlp")),
        Change("models", "vowels", "inputs", .texts(["pitch", "mfcc-1"])),
        Change("settings", "s-1", "model", .text("vowels")), Change("settings", "s-1", "name", .text("k")),
        Change("settings", "s-1", "value", .number(3)),
        Change("categories", "a", "model", .text("vowels")), Change("categories", "a", "name", .text("Ah")),
        Change("categories", "a", "order", .number(1)),
        Change("categories", "o", "model", .text("vowels")), Change("categories", "o", "name", .text("Oh")),
        Change("categories", "o", "order", .number(0.5)), Change("categories", "o", "note", .number(60)),
        Change("presets", "p-1", "category", .text("a")), Change("presets", "p-1", "parameter", .text("choir/breath")),
        Change("presets", "p-1", "value", .number(0.1)),
        Change("takes", "take-1", "category", .text("a")), Change("takes", "take-1", "rate", .number(187.5)),
        Change("takes", "take-1", "columns", .texts(["pitch", "mfcc-1"])),
        Change("takes", "take-1", "rows", .text(blobs[0].name)), Change("takes", "take-1", "sound", .text(blobs[1].name)),
        Change("takes", "take-1", "targets", .numbers([0.25, -1e-7])),
        Change("takes", "take-1", "parameters", .texts(["choir/breath", "hall/size"])),
        Change("instruments", "choir", "kind", .text("choir")), Change("instruments", "choir", "notes", .numbers([60, 64.5])),
        Change("effects", "hall", "kind", .text("hall")), Change("parameters", "choir/breath", "value", .number(1 / 3)),
        Change("mappings", "m-1", "source", .text("/listen/mic/pitch")),
        Change("mappings", "m-1", "destination", .text("choir/breath")),
        Change("mappings", "m-1", "low", .number(0)), Change("mappings", "m-1", "high", .number(1)),
    ]))
    let weights = [ModelWeights(model: "vowels", bytes: (0..<100).map { UInt8($0) })]
    return ProjectContents(document: document, blobs: ProjectFile.unique(blobs), weights: weights)
}

extension ProjectContents {
    /// The contents as a project file.
    func file() throws -> [UInt8] {
        try ProjectFile.write(document, weights: weights) { name in blobs.first { $0.name == name }?.bytes }
    }
}
