import StarlingLearning
import StarlingMath
import StarlingProject

/// One output's model as a file of its own: a small project with that output alone, its examples and its weights.
extension Wekinator {
    /// Writes a model: `number, path`.
    func saveModel(_ arguments: ControlArguments) {
        guard let number = arguments.anyNumber(0), 1...outputs.count ~= number, let path = arguments.text(1) else {
            return complain("/wekinator/control/saveModelToFile needs an output's number, from 1, and a path.")
        }
        let output = outputs[number - 1]
        guard let words = output.weights?.words else {
            return complain(Text("Output ") + Text(number) + Text(" has no model yet: train it first."))
        }
        do throws(StarlingError) {
            var part = Document()
            let model = keeper.names.models[number - 1]
            // Everything but the other outputs' models, and what refers to those.
            let others = keeper.names.models.filter { $0 != model }
            _ = try part.apply(Command("Copy", keeper.document.everything))
            _ = try part.apply(Command("Leave out", others.map { Change(delete: "models", $0) }))
            let blobs = keeper.blobs
            let file = try ProjectFile.write(
                part, weights: [ModelWeights(model: model, bytes: words.withUnsafeBytes { Array($0) })]
            ) { name in blobs.first { $0.name == name }?.bytes }
            guard host.write(file, to: path) else { return complain(Text("Cannot write ") + path + Text(".")) }
            host.tell(.news, Text("Saved the model of output ") + Text(number) + Text("."))
        } catch {
            complain(Text("Cannot save the model: ") + error.sentence)
        }
    }

    /// Reads a model: `number, path`, and whether the examples come too: `WITHDATA` or `WITHOUTDATA`.
    func loadModel(_ arguments: ControlArguments) {
        guard let number = arguments.anyNumber(0), 1...outputs.count ~= number, let path = arguments.text(1) else {
            return complain("/wekinator/control/loadModelFromFile needs an output's number, from 1, and a path.")
        }
        guard let bytes = host.read(path) else { return complain(Text("Cannot read ") + path + Text(".")) }
        do throws(StarlingError) {
            let contents = try ProjectFile.read(bytes)
            let other = try Wekinator(contents: contents, host: WekinatorHost())
            guard other.outputs.count == 1, let weights = other.weights(of: 0) else {
                throw StarlingError("the file holds no trained model of one output")
            }
            let output = outputs[number - 1]
            let inputs = other.outputs[0].inputs(of: other.setup.inputNames.count)
            let earlier = output.setup.inputs
            output.setup.inputs = inputs
            guard inputs.allSatisfy({ $0 < setup.inputNames.count }), other.outputs[0].setup.classCount == output.setup.classCount,
                adopt(weights, for: number - 1)
            else {
                output.setup.inputs = earlier
                throw StarlingError("its inputs, classes or task are not those of this output")
            }
            output.setup.inputs = other.outputs[0].setup.inputs
            if arguments.text(2) == "WITHDATA" { addExamples(of: other, to: number - 1) }
            keeper.isChanged = true
            host.tell(.news, Text("Loaded a model for output ") + Text(number) + Text("."))
        } catch {
            complain(Text("Cannot load ") + path + Text(": ") + error.sentence)
        }
    }

    private func addExamples(of other: Wekinator, to output: Int) {
        guard other.store.inputCount == store.inputCount else { return }
        stopAll()
        round += 1
        let kept = outputs.map { ($0.value, $0.isRecording) }
        for (i, other) in outputs.enumerated() { other.isRecording = i == output }
        takeLabels = []
        for row in 0..<other.store.count {
            for i in 0..<store.inputCount { frame[i] = other.store.inputs[row * store.inputCount + i] }
            outputs[output].value = other.store.outputs[row]
            if !outputs[output].value.isNaN { recordFrame() }
        }
        keeper.end(at: now)
        for (i, output) in outputs.enumerated() { (output.value, output.isRecording) = kept[i] }
    }
}

extension Document {
    /// The changes that make this document from an empty one.
    var everything: [Change] {
        Schema.tables.flatMap { table in
            ids(Text(table.name)).flatMap { id in
                table.fields.compactMap { field in
                    value(Text(table.name), id, Text(field.name)).map { Change(Text(table.name), id, Text(field.name), $0) }
                }
            }
        }
    }
}
