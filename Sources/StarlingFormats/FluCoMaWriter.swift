import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

extension Exchange {
    /// The inputs of all examples as a data set.
    public func dataSet() -> JSON { points(examples.inputs, width: setup.inputNames.count) { .shortest($0) } }

    /// The targets of all examples as a data set; nil where there are none.
    public func targetSet() -> JSON? {
        guard setup.outputs.allSatisfy({ $0.classCount == 0 && !$0.isGestures }), !examples.outputs.contains(where: { $0.isNaN }) else { return nil }
        return points(examples.outputs, width: setup.outputs.count) { .shortest($0) }
    }

    /// The classes of the first output that has any as a label set; nil where there are none.
    public mutating func labelSet() -> JSON? {
        guard let output = setup.outputs.firstIndex(where: { $0.classCount > 0 }) else { return nil }
        if setup.outputs.count > 1 { notices.append(Text("A label set holds one output: that is ") + setup.outputs[output].name + Text(".")) }
        let values = (0..<examples.count).map { examples.outputs[$0 * setup.outputs.count + output] }
        return points(values, width: 1) { .text($0.isNaN ? "" : Text(shortest: $0)) }
    }

    private func points(_ values: [Float], width: Int, _ json: (Float) -> JSON) -> JSON {
        let members = (0..<examples.count).map { row in
            JSON.Member("row-" + Text(row + 1), .list((0..<width).map { json(values[row * width + $0]) }))
        }
        return .object([.init("cols", .number(Double(width))), .init("data", .object(members))])
    }

    /// The networks of all continuous outputs as one, which takes inputs as they come.
    public mutating func fluCoMaNetwork() throws(StarlingError) -> JSON {
        var parts: [(layers: NetworkLayers, inputs: [Int])] = []
        for (i, output) in setup.outputs.enumerated() {
            if let layers = network(of: i) {
                parts.append((layers, output.inputs ?? Array(setup.inputNames.indices)))
            } else {
                notices.append(output.name + Text(" is no trained network of numbers and was left out."))
            }
        }
        guard !parts.isEmpty else { throw StarlingError("there is no trained network of numbers in this project") }
        let unitCount = parts.reduce(0) { $0 + $1.layers.hidden.count }
        var first = FluCoMaLayer(rows: setup.inputNames.count, columns: unitCount, activation: 3)
        var last = FluCoMaLayer(rows: unitCount, columns: parts.count, activation: 0)
        var place = 0
        for (output, part) in parts.enumerated() {
            let layers = part.layers
            for unit in layers.hidden.indices {
                first.biases[place] = layers.hiddenBiases[unit]
                for (i, input) in part.inputs.enumerated() {
                    // The scaling of inputs goes into the weights.
                    let weight = layers.hidden[unit][i] * layers.scales[i]
                    first.weights[input][place] = weight
                    first.biases[place] -= weight * layers.means[i]
                }
                last.weights[place][output] = layers.spreads[0] * layers.outgoing[0][unit]
                place += 1
            }
            last.biases[output] = layers.centres[0] + layers.spreads[0] * layers.outgoingBiases[0]
        }
        return .object([.init("layers", .list([first.json, last.json]))])
    }
}
