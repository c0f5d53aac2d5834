import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

extension Exchange {
    /// The project as a model set: networks where outputs are numbers, examples where they are classes.
    public mutating func rapidLib() throws(StarlingError) -> JSON {
        var models: [JSON] = []
        for (i, output) in setup.outputs.enumerated() {
            let which = output.inputs ?? Array(setup.inputNames.indices)
            if output.classCount > 0 {
                if output.model != "knn" { notices.append(output.name + Text(" is learned by ") + output.model + Text(", which RapidLib does not have; its examples went out as kNN.")) }
                models.append(nearest(i, which))
            } else if let layers = network(of: i) {
                models.append(network(layers, which))
            } else {
                notices.append(output.name + Text(" is no network and no class, or is not trained, and was left out."))
            }
        }
        guard !models.isEmpty else { throw StarlingError("there is nothing in this project that RapidLib can hold") }
        notices.append("Takes, ranges and addresses are not in a model set and were not carried over.")
        let metadata = JSON.object([
            .init("creator", .text("Starling")), .init("inputNames", .list(setup.inputNames.map { .text($0) })),
            .init("numInputs", .number(Double(setup.inputNames.count))), .init("numOutputs", .number(Double(models.count))),
            .init("version", .text("v0.1.1")),
        ])
        return .object([.init("metadata", metadata), .init("modelSet", .list(models))])
    }

    private func head(_ type: Text, _ which: [Int]) -> [JSON.Member] {
        [
            .init("modelType", .text(type)), .init("inputNames", .list(which.map { .text(setup.inputNames[$0]) })),
            .init("whichInputs", .list(which.map { .number(Double($0)) })), .init("numInputs", .number(Double(which.count))),
        ]
    }

    private func nearest(_ output: Int, _ which: [Int]) -> JSON {
        let width = setup.inputNames.count
        var list: [JSON] = []
        for row in 0..<examples.count {
            let value = examples.outputs[row * setup.outputs.count + output]
            if value.isNaN { continue }
            list.append(.object([
                .init("class", .shortest(value)), .init("features", .list(which.map { .shortest(examples.inputs[row * width + $0]) })),
            ]))
        }
        return .object(head("kNN Classificiation", which) + [.init("k", .shortest(setup.outputs[output].settings.first ?? 1)), .init("examples", .list(list))])
    }

    private func network(_ layers: NetworkLayers, _ which: [Int]) -> JSON {
        let outgoing = layers.outgoing[0]
        let threshold = layers.outgoingBiases[0] - outgoing.reduce(0, +)
        var nodes = [
            JSON.object(
                [.init("name", .text("Linear Node 0"))]
                    + outgoing.enumerated().map { .init("Node " + Text($0 + 1), .shortest(2 * $1)) } + [.init("Threshold", .shortest(threshold))])
        ]
        for (unit, incoming) in layers.hidden.enumerated() {
            nodes.append(
                .object(
                    [.init("name", .text("Sigmoid Node " + Text(unit + 1)))]
                        + incoming.enumerated().map { .init("Attrib " + setup.inputNames[which[$0]], .shortest(layers.scales[$0] == 0 ? 0 : 2 * $1)) }
                        + [.init("Threshold", .shortest(2 * layers.hiddenBiases[unit]))]))
        }
        return .object(
            head("Neural Network", which) + [
                .init("numHiddenLayers", .number(1)), .init("numHiddenNodes", .number(Double(layers.hidden.count))),
                .init("numHiddenOutputs", .number(1)), .init("inBases", .list(layers.means.map { .shortest($0) })),
                .init("inRanges", .list(layers.scales.map { .shortest($0 == 0 ? 1 : 1 / $0) })),
                .init("outBase", .shortest(layers.centres[0])), .init("outRange", .shortest(layers.spreads[0])), .init("nodes", .list(nodes)),
            ])
    }
}
