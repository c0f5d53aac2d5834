import ArgumentParser
import Foundation
import StarlingFormats
import StarlingMath
import StarlingProject

struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take projects and models to and from other programs.",
        discussion: """
            Which formats is told by the names' endings, and for JSON by what is inside:
              .starling                   a project
              a folder, .wekproj          a project of Wekinator
              .arff                       a table of Weka or Wekinator
              .csv                        a table; outputs are the columns called outputs..., or those named with --outputs
              .json                       a model set of RapidLib, or a data set, label set or network of FluCoMa
            To write JSON, say which: NAME.rapidlib.json, NAME.dataset.json (and beside it NAME.labelset.json or \
            NAME.targets.json), NAME.mlp.json. A data set of FluCoMa needs its labels to be read: --labels.

            What could not be carried over is said on standard error. Models that cannot be read are trained anew.

            Examples:
              starling convert ~/wekinator/Hands piece.starling
              starling convert piece.starling hands.arff
              starling convert corpus.json corpus.starling --labels labels.json
              starling convert piece.starling piece.rapidlib.json
            """)

    @Argument(help: ArgumentHelp("What to read.", valueName: "in"))
    var input: String

    @Argument(help: ArgumentHelp("What to write.", valueName: "out"))
    var output: String

    @Option(help: ArgumentHelp("The columns of a table that are outputs.", valueName: "column,..."))
    var outputs: String?

    @Option(help: ArgumentHelp("The labels or targets of a data set of FluCoMa.", valueName: "file.json"))
    var labels: String?

    func run() throws {
        var exchange = try Conversion.read(
            input, outputs: outputs.map { Text($0).split(at: UInt8(ascii: ",")) } ?? [], labels: labels)
        try Conversion.write(&exchange, to: output)
        for notice in exchange.notices { FileHandle.standardError.write(Data("starling: \(notice)\n".utf8)) }
    }
}

/// Reading and writing of projects by their names' endings.
enum Conversion {
    /// What a file or a folder holds.
    static func read(_ path: String, outputs: [Text] = [], labels: String? = nil) throws(StarlingError) -> Exchange {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw StarlingError(Text("cannot read \(path): there is no such file"))
        }
        if isFolder.boolValue || path.hasSuffix(".wekproj") {
            let folder = isFolder.boolValue ? path : URL(fileURLWithPath: path).deletingLastPathComponent().path
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            return try Files.naming(path) { () throws(StarlingError) in
                try Exchange(wekinatorFolder: Text(name)) { try? Files.read("\(folder)/\($0)") }
            }
        }
        return try Files.reading(path) { bytes throws(StarlingError) in
            switch URL(fileURLWithPath: path).pathExtension.lowercased() {
            case "starling": try Exchange(project: bytes)
            case "arff": try Exchange(arff: bytes, outputs: outputs)
            case "csv", "tsv", "txt": try Exchange(csv: bytes, outputs: outputs)
            case "json": try readJSON(try JSON(reading: bytes), labels)
            default: throw StarlingError("its ending is none of .starling .wekproj .arff .csv .json")
            }
        }
    }

    private static func readJSON(_ json: JSON, _ labels: String?) throws(StarlingError) -> Exchange {
        if Exchange.isRapidLib(json) { return try Exchange(rapidLib: json) }
        switch Exchange.fluCoMaKind(json) {
        case .network: return try Exchange(fluCoMaNetwork: json)
        case .dataSet:
            let answers = try labels.map { path throws(StarlingError) in try JSON(reading: try Files.read(path)) }
            return try Exchange(dataSet: json, labels: answers)
        case .labelSet: throw StarlingError("this is a label set: name the data set, and this with --labels")
        case nil: throw StarlingError("this JSON is neither of RapidLib nor of FluCoMa")
        }
    }

    /// Writes a file, or a folder where the name has no ending.
    static func write(_ exchange: inout Exchange, to path: String) throws(StarlingError) {
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
        case "starling": try Files.write(try exchange.projectFile(), to: path)
        case "arff": try Files.write(exchange.arff(), to: path)
        case "csv": try Files.write(exchange.csv(), to: path)
        case "json": try writeJSON(&exchange, to: path)
        case "": try writeFolder(&exchange, to: path)
        default: throw StarlingError(Text("cannot write \(path): its ending is none of .starling .arff .csv .json, nor that of a folder"))
        }
    }

    private static func writeJSON(_ exchange: inout Exchange, to path: String) throws(StarlingError) {
        let stem = String(path.dropLast(5))
        if stem.hasSuffix(".rapidlib") { return try put(try exchange.rapidLib(), path) }
        if stem.hasSuffix(".mlp") { return try put(try exchange.fluCoMaNetwork(), path) }
        guard stem.hasSuffix(".dataset") else {
            throw StarlingError(Text("say which JSON \(path) is to be: NAME.rapidlib.json, NAME.dataset.json or NAME.mlp.json"))
        }
        try put(exchange.dataSet(), path)
        let name = String(stem.dropLast(8))
        if let labels = exchange.labelSet() { try put(labels, name + ".labelset.json") } else if let targets = exchange.targetSet() {
            try put(targets, name + ".targets.json")
        }
    }

    private static func put(_ json: JSON, _ path: String) throws(StarlingError) { try Files.write(json.written(pretty: true), to: path) }

    private static func writeFolder(_ exchange: inout Exchange, to path: String) throws(StarlingError) {
        if exchange.setup.name == "Untitled" { exchange.setup.name = Text(URL(fileURLWithPath: path).lastPathComponent) }
        for file in exchange.wekinatorFolder() {
            let place = URL(fileURLWithPath: path).appendingPathComponent("\(file.path)")
            try? FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Files.write(file.bytes, to: place.path)
        }
    }
}
