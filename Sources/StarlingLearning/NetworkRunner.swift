import StarlingMath

/// Runs a network for one feature vector. Cost: about 1 us for 33 inputs, 64 units and 16 outputs.
final class NetworkRunner: Runner {
    private let inputs: Floats
    private let units = Floats(Network.mostUnits)
    private let raw: Floats
    private var view: WeightsView?
    private var shape = NetworkShape(inputCount: 1, unitCount: 4, outputCount: 1)

    init(maximumInputs: Int, maximumOutputs: Int) {
        inputs = Floats(maximumInputs)
        raw = Floats(roundedUpToFour(maximumOutputs))
    }

    override func attach(_ view: WeightsView) -> Bool {
        self.view = nil
        guard let shape = NetworkShape(view) else { return false }
        self.shape = shape
        self.view = view
        return true
    }

    override func run(_ values: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let view else { return }
        for i in 0..<shape.inputCount { inputs[i] = view.standardised(values[i], i) }
        let parameters = view.body + shape.headCount
        respond(
            shape, parameters, inputs: inputs.pointer, inputWidth: shape.inputCount, rows: 1, units: units.pointer)
        combine(shape, parameters, units: units.pointer, rows: 1, outputs: raw.pointer)
        let centres = view.body + shape.centres
        let spreads = centres + shape.outputCount
        if view.task == .categories { applySoftmax(raw.pointer, spreads: spreads, count: shape.outputCount) }
        for i in 0..<shape.outputCount { outputs[i] = centres[i] + spreads[i] * raw[i] }
    }
}

extension NetworkShape {
    /// The shape of a network's words; nil where they are not complete and right.
    init?(_ view: WeightsView) {
        guard view.bodyCount > 2, let units = checkedCount(view.body, 0, atMost: Network.mostUnits), units % 4 == 0,
            checkedCount(view.body, 1, atMost: Network.mostRounds) != nil
        else { return nil }
        self.init(inputCount: view.inputCount, unitCount: units, outputCount: view.outputCount)
        guard view.bodyCount == wordCount, areUsable(view.body + 2, count: wordCount - 2) else { return nil }
        if view.task == .continuous { return }
        // Certainties stay certainties: centres 0, spreads 0 or 1, at least one of them 1.
        let centres = view.body + self.centres
        var present = 0
        for i in 0..<outputCount {
            let spread = centres[outputCount + i]
            guard centres[i] == 0, spread == 0 || spread == 1 else { return nil }
            if spread == 1 { present += 1 }
        }
        if present == 0 { return nil }
    }
}
