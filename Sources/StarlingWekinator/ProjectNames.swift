import StarlingMath
import StarlingProject

/// Under which ids a setup lies in a project document.
struct ProjectNames {
    /// The column of each input.
    var columns: [Text]
    /// The model of each output, and for numbers the knob.
    var models: [Text]
    var knobs: [Text?]
    /// The categories of each output: classes 1...N, or gestures; for numbers the one that their takes belong to.
    var categories: [[Text]]

    /// The column that holds the values of a continuous output, which is also what the studio calls its knob.
    func targetColumn(_ output: Int) -> Text { models[output] + "/" + knobs[output]! }

    /// Names for a new project.
    init(_ setup: WekinatorSetup) {
        columns = ProjectNames.columns(setup.inputNames.count)
        models = ProjectNames.keys(setup.outputs.map { $0.name })
        knobs = []
        categories = []
        for (i, output) in setup.outputs.enumerated() {
            let model = models[i]
            switch output.kind {
            case .categories(let count), .gestures(let count):
                knobs.append(nil)
                categories.append((0..<count).map { model + "-" + Text($0 + 1) })
            case .continuous:
                knobs.append("knob-" + Text(i + 1))
                categories.append([model + "-taught"])
            }
        }
    }

    init(columns: [Text]) {
        self.columns = columns
        models = []
        knobs = []
        categories = []
    }

    /// The columns of so many inputs: the studio's controls, the first that a document has not.
    static func columns(_ count: Int, in document: Document = Document()) -> [Text] {
        var columns: [Text] = []
        var number = 1
        while columns.count < count {
            let name = "control-" + Text(number)
            if !document.has("controls", name) { columns.append(name) }
            number += 1
        }
        return columns
    }

    /// The keys by which weights name an output: the one of its number, or those of its classes from class 0 on.
    func keys(_ output: Int) -> [UInt32] {
        if knobs[output] != nil { return [targetColumn(output).key] }
        return [zero(output).key] + categories[output].map { $0.key }
    }

    /// The record of class 0, which need not be there.
    func zero(_ output: Int) -> Text { models[output] + "-0" }

    /// The record that takes of a number belong to.
    func taught(_ output: Int) -> Text { models[output] + "-taught" }

    /// Keys for names, each once: what a key cannot have becomes a hyphen, and what is double gets a number.
    static func keys(_ names: [Text]) -> [Text] {
        var keys: [Text] = []
        for name in names {
            let stem = key(name)
            var key = stem
            var number = 2
            while keys.contains(key) {
                key = stem + "-" + Text(number)
                number += 1
            }
            keys.append(key)
        }
        return keys
    }

    private static func key(_ name: Text) -> Text {
        var bytes: [UInt8] = []
        for byte in name.utf8.prefix(40) {
            switch byte {
            case 97...122, 48...57: bytes.append(byte)
            case 65...90: bytes.append(byte + 32)
            default: if bytes.last != 45 { bytes.append(45) }
            }
        }
        return bytes.isEmpty ? "x" : Text(utf8: bytes)
    }
}
