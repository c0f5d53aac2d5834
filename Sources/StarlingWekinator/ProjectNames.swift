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

    /// The column that holds the values of a continuous output.
    func targetColumn(_ output: Int) -> Text { models[output] + "/" + knobs[output]! }

    /// Names for a new project.
    init(_ setup: WekinatorSetup) {
        columns = ProjectNames.keys(setup.inputNames)
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
                knobs.append("value")
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
