import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

/// A file of a folder: its path from there, with slashes, and its bytes.
public struct FolderFile: Equatable, Sendable {
    /// The path within the folder.
    public let path: Text
    /// The content.
    public let bytes: [UInt8]

    /// A file from its parts.
    public init(path: Text, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// The folder in which Wekinator keeps a project.
extension Exchange {
    /// Reads a folder; `file` gives the bytes of a file by its path within it, or nil.
    ///
    /// Models are not read, as they are objects of a Java library, but for their settings; they are trained anew.
    public init(wekinatorFolder name: Text, file: (Text) -> [UInt8]?) throws(StarlingError) {
        guard let inputBytes = file("inputConfig.xml"), let outputBytes = file("outputConfig.xml") else {
            throw StarlingError("this folder holds no Wekinator project: inputConfig.xml and outputConfig.xml are missing")
        }
        let inputs = try XMLElement(reading: inputBytes)
        let outputs = try XMLElement(reading: outputBytes)
        let names = inputs.first("inputNames")?.children.map { $0.text } ?? []
        let count = inputs.first("numInputs").flatMap { $0.text.float }.map { Int($0) } ?? names.count
        var setup = WekinatorSetup(inputNames: names.count == count ? names : WekinatorSetup.inputNames(count), outputs: [])
        setup.name = name
        setup.inputAddress = inputs.first("oscMessage")?.text ?? setup.inputAddress
        setup.outputAddress = outputs.first("oscMessage")?.text ?? setup.outputAddress
        setup.outputs = (outputs.first("outputs")?.children ?? []).compactMap { OutputSetup(wekinator: $0) }
        try setup.check()
        self.init(setup)
        for i in setup.outputs.indices { readModel(i, file("current/models/model" + Text(i) + ".xml"), names) }
        if let bytes = file("current/currentData.arff") { try readExamples(try Arff(reading: bytes)) }
        if let bytes = file("current/currentData.csv") { readGestures(bytes) }
        noteUnread(outputs)
    }

    private mutating func readExamples(_ table: Arff) throws(StarlingError) {
        let read = try Exchange(table, outputs: setup.outputs.map { $0.name })
        guard read.setup.inputNames.count == setup.inputNames.count, read.setup.outputs.count == setup.outputs.count else {
            throw StarlingError("currentData.arff has other columns than inputConfig.xml and outputConfig.xml")
        }
        examples = read.examples
        notices += read.notices
    }

    /// Lines of dimensions, class from 1, then frame after frame; those that begin with # are comments.
    private mutating func readGestures(_ bytes: [UInt8]) {
        for line in Text(utf8: bytes).split(at: 10) where !line.hasPrefix("#") && !line.trimmed.isEmpty {
            let numbers = line.trimmed.split(at: 44).compactMap { $0.trimmed.float }
            guard numbers.count > 2, Int(numbers[0]) == setup.inputNames.count, (numbers.count - 2) % setup.inputNames.count == 0 else {
                notices.append("A recording in currentData.csv could not be read and was left out.")
                continue
            }
            examples.recordings.append(.init(gesture: Int(numbers[1]) - 1, frames: Array(numbers.dropFirst(2))))
        }
    }

    /// Takes over what a model's file says in its readable beginning: the kind, its settings, the inputs.
    private mutating func readModel(_ output: Int, _ bytes: [UInt8]?, _ inputNames: [Text]) {
        guard let bytes, let path = Exchange.path(in: bytes) else { return }
        let builder = path.children.first { $0.name.hasSuffix("odelBuilder") || $0.name == "modelBuilder" }
        let all = path.flattened
        func number(_ name: Text) -> Float? { all.first { $0.name == name }?.text.float }
        let kinds: [(part: Text, model: Text)] = [
            ("KNN", "knn"), ("NeuralNet", "mlp"), ("SVM", "svm"), ("AdaBoost", "adaboost"), ("J48", "tree"), ("DecisionStump", "tree"),
            ("NaiveBayes", "bayes"), ("LinearRegression", "ridge"), ("PolynomialRegression", "ridge"),
        ]
        let written = Text(utf8: bytes.prefix(1 << 16).map { $0 })
        if let kind = kinds.first(where: { written.contains($0.part) }) {
            if ModelCatalogue.named(kind.model) != nil {
                if setup.outputs[output].model != kind.model {
                    setup.outputs[output].model = kind.model
                    setup.outputs[output].settings = []
                }
                if kind.model == "knn", let k = number("numNeighbors") { setup.outputs[output].settings = [max(1, min(64, k)), 0] }
            } else {
                notices.append(
                    setup.outputs[output].name + Text(" was learned by ") + kind.part + Text(", which there is not here; ")
                        + setup.outputs[output].model + Text(" takes its place."))
            }
        }
        _ = builder
        let names = path.first("inputNames")?.children.map { $0.text } ?? []
        let chosen = inputNames.indices.filter { names.contains(inputNames[$0]) }
        if !chosen.isEmpty, chosen.count < inputNames.count { setup.outputs[output].inputs = chosen }
    }

    /// The XML at the beginning of a model's file, which goes on with Java objects.
    static func path(in bytes: [UInt8]) -> XMLElement? {
        let text = Text(utf8: Array(bytes.prefix(1 << 16)))
        guard let start = text.place(of: "<Path>"), let end = text.place(of: "</Path>") else { return nil }
        return try? XMLElement(reading: Array(text.utf8[start..<end + 7]))
    }

    private mutating func noteUnread(_ outputs: XMLElement) {
        notices.append("Wekinator's models are objects of its Java library: they were trained anew from the examples.")
        if examples.count == 0, examples.recordings.isEmpty { notices.append("There were no examples in the folder.") }
        if let host = outputs.first("hostName")?.text, let port = outputs.first("outputPort")?.text {
            notices.append(Text("Outputs went to ") + host + Text(":") + port + Text("; say so with --osc-out."))
        }
    }

    // MARK: Writing

    /// The files of a folder that holds this project.
    public mutating func wekinatorFolder() -> [FolderFile] {
        let name = setup.name.isEmpty ? Text("Untitled") : setup.name
        var files = [
            FolderFile(path: name.asFileName + ".wekproj", bytes: wekproj(name)),
            FolderFile(path: "inputConfig.xml", bytes: inputConfig()), FolderFile(path: "outputConfig.xml", bytes: outputConfig()),
        ]
        if setup.outputs.contains(where: { !$0.isGestures }) { files.append(FolderFile(path: "current/currentData.arff", bytes: arff())) }
        if !examples.recordings.isEmpty { files.append(FolderFile(path: "current/currentData.csv", bytes: gestureTable())) }
        notices.append(
            "Models could not be written, as Wekinator keeps objects of its Java library: make a project with these inputs and outputs in Wekinator, and load current/currentData.arff there.")
        return files
    }

    private func wekproj(_ name: Text) -> [UInt8] {
        tag("WekinatorFileData", tag("oscReceivePort", "6448") + tag("projectName", name.escapedForXML)).utf8
    }

    private func inputConfig() -> [UInt8] {
        let names = setup.inputNames.reduce(Text()) { $0 + tag("string", $1.escapedForXML) }
        return tag(
            "OSCInputGroup",
            tag("oscMessage", setup.inputAddress.escapedForXML) + tag("numInputs", Text(setup.inputNames.count))
                + tag("groupName", "Inputs") + tag("inputNames", names)
        ).utf8
    }

    private func outputConfig() -> [UInt8] {
        var list = Text("<outputs class=\"linked-list\">\n")
        for output in setup.outputs { list += output.wekinatorXML }
        list += Text("</outputs>\n")
        return tag(
            "OSCOutputGroup",
            tag("oscMessage", setup.outputAddress.escapedForXML) + tag("hostName", "localhost") + tag("outputPort", "12000") + list
        ).utf8
    }

    private func gestureTable() -> [UInt8] {
        var text = Text("#dimensions, class, features\n")
        for recording in examples.recordings {
            text += Text(setup.inputNames.count) + Text(",") + Text(recording.gesture + 1) + Text(",")
            for value in recording.frames { text += Text(shortest: value) + Text(",") }
            text.utf8.append(10)
        }
        return text.utf8
    }
}

/// An element with its content.
private func tag(_ name: Text, _ content: Text) -> Text { "<" + name + ">" + content + "</" + name + ">\n" }

extension OutputSetup {
    /// An output from Wekinator's description of it; nil for one of an unknown kind.
    init?(wekinator element: XMLElement) {
        let name = element["name"] ?? "output"
        func number(_ field: Text) -> Float? { element[field]?.float }
        if element.name.hasSuffix("OSCClassificationOutput") {
            self.init(name: name, kind: .categories(count: Int(number("numClasses") ?? 1)))
            sendsDistribution = element["isSendingDistribution"] == "true"
        } else if element.name.hasSuffix("OSCNumericOutput") {
            let isWhole = element["outputType"] == "INTEGER"
            let isHard = element["limitType"] == "HARD"
            self.init(
                name: name,
                kind: .continuous(minimum: number("min") ?? 0, maximum: number("max") ?? 1, isWhole: isWhole, isHard: isHard))
        } else if element.name.hasSuffix("OSCDtwOutput") {
            self.init(name: name, kind: .gestures(count: Int(number("numGestures") ?? 1)))
            let messages = element.first("gestureOscMessages")?.children.map { $0.text } ?? []
            if messages.count == width { self.messages = messages }
        } else {
            return nil
        }
    }

    /// The output as Wekinator describes it.
    var wekinatorXML: Text {
        switch kind {
        case .categories(let count):
            tag(
                "wekimini.osc.OSCClassificationOutput",
                tag("name", name.escapedForXML) + tag("numClasses", Text(count))
                    + tag("isSendingDistribution", sendsDistribution ? "true" : "false"))
        case .continuous(let minimum, let maximum, let isWhole, let isHard):
            tag(
                "wekimini.osc.OSCNumericOutput",
                tag("name", name.escapedForXML) + tag("min", Text(shortest: minimum)) + tag("max", Text(shortest: maximum))
                    + tag("outputType", isWhole ? "INTEGER" : "REAL") + tag("limitType", isHard ? "HARD" : "SOFT")
                    + tag("trainingDataLimitRestriction", "DONT_ENFORCE_LIMITS")
                    + tag("trainingDataIntegerRestriction", "DONT_ENFORCE_INTEGERS"))
        case .gestures(let count):
            tag(
                "wekimini.osc.OSCDtwOutput",
                tag("name", name.escapedForXML) + tag("numGestures", Text(count))
                    + tag("gestureNames", (0..<count).reduce(Text()) { $0 + tag("string", name.escapedForXML + "_" + Text($1)) })
                    + tag("gestureOscMessages", messages.reduce(Text()) { $0 + tag("string", $1.escapedForXML) })
                    + tag("outputOscMessage", "/wek/outputs"))
        }
    }
}

extension XMLElement {
    /// This element and all within it.
    fileprivate var flattened: [XMLElement] { [self] + children.flatMap { $0.flattened } }
}

extension Text {
    func hasSuffix(_ suffix: Text) -> Bool { utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

    /// Where another text begins in this one.
    func place(of other: Text) -> Int? {
        guard let first = other.utf8.first, utf8.count >= other.utf8.count else { return nil }
        for start in 0...(utf8.count - other.utf8.count) where utf8[start] == first {
            if utf8[start..<start + other.utf8.count].elementsEqual(other.utf8) { return start }
        }
        return nil
    }

    func contains(_ other: Text) -> Bool { place(of: other) != nil }

    /// With hyphens for what file systems do not like.
    var asFileName: Text { Text(utf8: utf8.map { $0 == 47 || $0 == 92 || $0 == 58 || $0 < 32 ? 45 : $0 }) }
}
