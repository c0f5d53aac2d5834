import StarlingLearning
import StarlingMath
import StarlingProject

/// A trained model with the names of its columns: the content of MODEL.json.
///
///     { "format": "starling-model", "version": 1, "kind": "knn", "task": "categories", "settings": {…},
///       "columns": ["pitch", …], "outputs": ["hum", …], "weights": [0.25, "3", …] }
///
/// Weights are 32-bit words, laid out as `Weights` says. A number is a single-precision float in the fewest digits
/// that read back as the same float; a text is a whole number in decimal digits.
struct ModelFile {
    let kind: Text
    let settings: [(name: Text, value: Float)]
    let columns: [Text]
    let outputs: [Text]
    let weights: Weights

    var task: Task { weights.task }
}

extension ModelFile {
    private static let format = JSON.text("starling-model")
    private static let version = 1.0

    /// The file's bytes; throws where there are more weights than a JSON reader should have to bear.
    func written() throws(StarlingError) -> [UInt8] {
        guard weights.words.count < JSON.Limits.values / 2 else {
            throw StarlingError(
                Text("the model has \(weights.words.count) words of weights, too many for a file: use fewer examples or another kind"))
        }
        return JSON.object([
            .init("format", ModelFile.format), .init("version", .number(ModelFile.version)),
            .init("kind", .text(kind)), .init("task", .text(task.word)),
            .init("settings", .object(settings.map { .init($0.name, .number($0.value.shortestDouble)) })),
            .init("columns", .list(columns.map { .text($0) })), .init("outputs", .list(outputs.map { .text($0) })),
            .init("weights", .list(weights.words.map(ModelFile.word))),
        ]).written(pretty: true)
    }

    /// Reads a file and checks all of it.
    init(reading bytes: [UInt8]) throws(StarlingError) {
        let json = try JSON(reading: bytes)
        guard json["format"] == ModelFile.format else { throw StarlingError("this is no model that starling train has written") }
        guard json["version"]?.number == ModelFile.version else {
            throw StarlingError("the model was written by a newer Starling: update this one")
        }
        guard let kind = json["kind"]?.text, let columns = ModelFile.texts(json["columns"]),
            let outputs = ModelFile.texts(json["outputs"]), let words = ModelFile.words(json["weights"]),
            let weights = Weights(checking: words), weights.inputCount == columns.count,
            weights.outputKeys.count == outputs.count
        else { throw StarlingError("the model is damaged: train it anew") }
        self.kind = kind
        self.columns = columns
        self.outputs = outputs
        self.weights = weights
        settings = (json["settings"]?.members ?? []).compactMap { member in
            member.value.number.map { (member.name, Float($0)) }
        }
    }

    private static func word(_ word: Float) -> JSON {
        word.isNormal || word.bitPattern == 0
            ? .number(word.shortestDouble) : .text(Text(shortest: Double(word.bitPattern)))
    }

    private static func words(_ list: JSON?) -> [Float]? {
        let words = list?.list?.compactMap { item -> Float? in
            if let number = item.number { return Float(number) }
            return item.text?.double.flatMap { UInt32(exactly: $0) }.map { Float(bitPattern: $0) }
        }
        return words?.count == list?.list?.count ? words : nil
    }

    private static func texts(_ list: JSON?) -> [Text]? {
        let texts = list?.list?.compactMap(\.text)
        return texts?.count == list?.list?.count ? texts : nil
    }
}

extension Float {
    /// The double that is written in the fewest digits among those that round to this float.
    var shortestDouble: Double {
        let short = Text(shortest: self).double ?? Double(self)
        return Float(short) == self ? short : Double(self)
    }
}

extension Task {
    /// The word for it in files and listings.
    var word: Text { Text(name) }
}
