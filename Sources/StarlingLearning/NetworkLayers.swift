import StarlingMath

/// A network taken apart, for formats of other programs: inputs scaled, one layer of hyperbolic tangents, a linear layer.
///
///     unit = tanh(sum of hidden x (input - mean) x scale, + bias)
///     output = centre + spread x (sum of outgoing x unit, + bias)
public struct NetworkLayers: Equatable, Sendable {
    /// The mean of each input, and one divided by its deviation.
    public var means: [Float], scales: [Float]
    /// For each unit a weight for each input, and its bias.
    public var hidden: [[Float]], hiddenBiases: [Float]
    /// For each output a weight for each unit, and its bias.
    public var outgoing: [[Float]], outgoingBiases: [Float]
    /// What makes an output of what the network says.
    public var centres: [Float], spreads: [Float]

    /// Layers from their numbers; all lists must fit each other.
    public init(
        means: [Float], scales: [Float], hidden: [[Float]], hiddenBiases: [Float], outgoing: [[Float]],
        outgoingBiases: [Float], centres: [Float], spreads: [Float]
    ) {
        self.means = means
        self.scales = scales
        self.hidden = hidden
        self.hiddenBiases = hiddenBiases
        self.outgoing = outgoing
        self.outgoingBiases = outgoingBiases
        self.centres = centres
        self.spreads = spreads
    }

    /// The layers of a continuous network's weights; nil for weights of another kind or task.
    public init?(_ weights: Weights) {
        guard weights.model == Network.info.id, weights.task == .continuous,
            let layers = weights.withView({ view in NetworkShape(view).map { NetworkLayers(view, $0) } })
        else { return nil }
        self = layers
    }

    private init(_ view: WeightsView, _ shape: NetworkShape) {
        let parameters = view.body + shape.headCount
        let inputs = 0..<shape.inputCount
        let units = 0..<shape.unitCount
        let outputs = 0..<shape.outputCount
        means = inputs.map { view.means[$0] }
        scales = inputs.map { view.scales[$0] }
        hidden = units.map { unit in inputs.map { parameters[$0 * shape.unitCount + unit] } }
        hiddenBiases = units.map { parameters[shape.unitBiases + $0] }
        outgoing = outputs.map { output in units.map { parameters[shape.outputWeights + $0 * shape.outputWidth + output] } }
        outgoingBiases = outputs.map { parameters[shape.outputBiases + $0] }
        centres = outputs.map { view.body[shape.centres + $0] }
        spreads = outputs.map { view.body[shape.centres + shape.outputCount + $0] }
    }

    /// The layers as weights that run like any others; nil where there are too many units or a number is beyond all bounds.
    ///
    /// They know nothing of the examples they came from: they answer without novelty, and the map is a point.
    public func weights(outputKeys: [UInt32]) -> Weights? {
        let shape = NetworkShape(
            inputCount: means.count, unitCount: roundedUpToFour(max(hidden.count, 1)), outputCount: outgoing.count)
        guard shape.unitCount <= Network.mostUnits, outputKeys.count == outgoing.count else { return nil }
        var parameters = [Float](repeating: 0, count: shape.parameterCount)
        for (unit, incoming) in hidden.enumerated() {
            for (input, weight) in incoming.enumerated() { parameters[input * shape.unitCount + unit] = weight }
            parameters[shape.unitBiases + unit] = hiddenBiases[unit]
        }
        for (output, weights) in outgoing.enumerated() {
            for (unit, weight) in weights.enumerated() { parameters[shape.outputWeights + unit * shape.outputWidth + output] = weight }
            parameters[shape.outputBiases + output] = outgoingBiases[output]
        }
        let body = [Float(bitPattern: UInt32(shape.unitCount)), Float(bitPattern: 1)] + centres + spreads + parameters + parameters
        let none = [Float](repeating: 0, count: means.count)
        // Words of version 1, which had neither calibration nor novelty.
        var head: [UInt32] = [
            WeightsHeader.magic, 1, UInt32(Network.info.id), UInt32(Task.continuous.rawValue), UInt32(means.count),
            UInt32(outgoing.count),
        ]
        head.append(UInt32(WeightsHeader.wordCount + outputKeys.count + 4 * means.count + body.count))
        let words = (head + outputKeys).map { Float(bitPattern: $0) } + means + scales + none + none + body
        return Weights(checking: words)
    }
}
