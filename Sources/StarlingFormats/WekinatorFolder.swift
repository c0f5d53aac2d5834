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
        for i in setup.outputs.indices where !setup.outputs[i].isGestures { readModel(i, file("current/models/model" + Text(i) + ".xml"), names) }
        if let bytes = file("current/currentData.arff") { try readExamples(try Arff(reading: bytes)) }
        if let bytes = file("current/currentData.csv") { readGestures(bytes) }
        if let bytes = file("current/models/model1.xml"), let model = try? XMLElement(reading: bytes) { readMatcher(model) }
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
        let names = path.first("inputNames")?.children.map { $0.text } ?? []
        let chosen = inputNames.indices.filter { names.contains(inputNames[$0]) }
        if !chosen.isEmpty, chosen.count < inputNames.count { setup.outputs[output].inputs = chosen }
    }

    /// Takes over how gestures are matched, which is in a file of XML.
    private mutating func readMatcher(_ model: XMLElement) {
        guard let output = setup.outputs.firstIndex(where: { $0.isGestures }) else { return }
        setup.outputs[output].isNamedOnce = model.first("runningType")?.text == "LABEL_ONCE_PER_RECORD"
        if let threshold = model["matchThreshold"]?.float, (0...1e9).contains(threshold) { setup.outputs[output].threshold = threshold }
        let chosen = model.first("selectedInputs")?.children.map { $0.text == "true" } ?? []
        if chosen.count == setup.inputNames.count, chosen.contains(true), chosen.contains(false) {
            setup.outputs[output].inputs = chosen.indices.filter { chosen[$0] }
        }
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
}

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
