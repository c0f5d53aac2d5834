import StarlingLearning
import StarlingMath
import StarlingProject

extension Wekinator {
    /// Takes in the examples and weights of a project.
    func load(_ contents: ProjectContents) {
        let blobs = contents.blobs.sorted { $0.name < $1.name }
        for id in keeper.document.ordered("takes") where !keeper.document.flag("takes", id, "muted") {
            guard let name = keeper.document.text("takes", id, "rows"), let blob = blobs.first(where: { $0.name == name }),
                let rows = try? Rows(reading: blob.bytes)
            else { continue }
            round += 1
            takeNumber += 1
            load(take: id, rows)
        }
        for part in contents.weights {
            guard part.bytes.count % 4 == 0 else { continue }
            let words = part.bytes.withUnsafeBytes { bytes in
                (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
            guard let weights = Weights(checking: words) else { continue }
            for place in outputs.indices where keeper.names.models[place] == part.model {
                outputs[place].adopt(weights, inputs: outputs[place].inputs(of: setup.inputNames.count), keys: keeper.names.keys(place))
            }
        }
    }


    private func load(take id: Text, _ rows: Rows) {
        let names = keeper.document.texts("takes", id, "columns")
        let columns = keeper.names.columns.map { names.firstIndex(of: $0) }
        guard !columns.contains(nil) else {
            return host.tell(.warning, Text("The take ") + id + Text(" lacks an input and is left out."))
        }
        var categories = [keeper.document.text("takes", id, "category") ?? ""]
        categories += keeper.document.ordered("labels", where: "take", is: id).compactMap { keeper.document.text("labels", $0, "category") }
        if let gesture = gesture(of: categories) {
            let frames = (0..<rows.rowCount).flatMap { row in columns.map { rows.values[row * rows.columnCount + $0!] } }
            matchers[gesture.output]?.add(frames, gesture: gesture.gesture, take: round)
            return
        }
        let labels = outputs.indices.map { label($0, categories, take: id) }
        let targets = outputs.indices.map { i in
            keeper.names.knobs[i] == nil ? nil : names.firstIndex(of: keeper.names.targetColumn(i))
        }
        for row in 0..<rows.rowCount {
            let start = row * rows.columnCount
            for (i, column) in columns.enumerated() { frame[i] = rows.values[start + column!] }
            for i in outputs.indices { line[i] = targets[i].map { rows.values[start + $0] } ?? labels[i] }
            store.append(frame.pointer, outputs: line.pointer, take: takeNumber)
        }
    }

    private func gesture(of categories: [Text]) -> (output: Int, gesture: Int)? {
        for (i, output) in outputs.enumerated() where output.setup.isGestures {
            if let place = keeper.names.categories[i].firstIndex(where: { categories.contains($0) }) { return (i, place) }
        }
        return nil
    }

    /// What a whole take says about an output: its class, or one target; NaN where it says nothing.
    private func label(_ output: Int, _ categories: [Text], take id: Text) -> Float {
        if outputs[output].setup.classCount > 0 {
            if categories.contains(keeper.names.zero(output)) { return 0 }
            return keeper.names.categories[output].firstIndex { categories.contains($0) }.map { Float($0 + 1) } ?? .nan
        }
        guard keeper.names.knobs[output] != nil else { return .nan }
        let column = keeper.names.targetColumn(output)
        let targets = keeper.document.numbers("takes", id, "targets")
        if let place = keeper.document.texts("takes", id, "parameters").firstIndex(of: column), place < targets.count {
            return Float(targets[place])
        }
        return keeper.document.preset(column, of: categories).map { Float($0) } ?? .nan
    }
}

extension Document {
    /// What the preset of one of these categories says about a parameter; nil where none does.
    fileprivate func preset(_ parameter: Text, of categories: [Text]) -> Double? {
        for category in categories {
            for id in ordered("presets", where: "category", is: category) where text("presets", id, "parameter") == parameter {
                return number("presets", id, "value")
            }
        }
        return nil
    }
}
