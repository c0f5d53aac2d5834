import StarlingMath

/// Runs the kinds whose outputs are weighted sums of terms. Cost: terms x outputs, and for radial ones inputs x centres.
///
/// Categories get the softmax of the sums, or, of radial basis functions, their shares of what is above 0.
final class LinearRunner: Runner {
    private let isRadial: Bool
    private let inputs: Floats
    private let terms: Floats
    private let raw: Floats
    private let scratch: Floats
    private var view: WeightsView?
    private var layout = LinearLayout(basis: .polynomial(degree: 1), inputCount: 1, outputCount: 1)

    init(isRadial: Bool, maximumInputs: Int, maximumOutputs: Int) {
        self.isRadial = isRadial
        inputs = Floats(maximumInputs)
        terms = Floats(isRadial ? Basis.mostCentres : max(Basis.mostProducts, maximumInputs))
        raw = Floats(roundedUpToFour(maximumOutputs))
        scratch = Floats(isRadial ? VarianceView.most + 4 : 0)
    }

    override func attach(_ view: WeightsView) -> Bool {
        self.view = nil
        guard let layout = LinearLayout(view, isRadial: isRadial) else { return false }
        self.layout = layout
        self.view = view
        return true
    }

    override func run(_ values: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let view else { return }
        for i in 0..<layout.inputCount { inputs[i] = view.standardised(values[i], i) }
        layout.fill(view.body, inputs.pointer, into: terms.pointer)
        let weights = view.body + layout.weights
        raw.pointer.update(from: weights + layout.termCount * layout.outputWidth, count: layout.outputWidth)
        addProduct(
            into: raw.pointer, rows: 1, width: layout.outputWidth, depth: layout.termCount,
            .rows(terms.pointer, width: layout.termCount), weights)
        let centres = view.body + layout.centres
        let spreads = centres + layout.outputCount
        if view.task == .categories { finishCertainties(raw.pointer, spreads) }
        for i in 0..<layout.outputCount { outputs[i] = centres[i] + spreads[i] * raw[i] }
    }

    private func finishCertainties(_ values: UnsafeMutablePointer<Float>, _ spreads: UnsafePointer<Float>) {
        if isRadial {
            applyShares(values, spreads: spreads, count: layout.outputCount)
        } else {
            applySoftmax(values, spreads: spreads, count: layout.outputCount)
        }
    }

    override var certainty: Float {
        guard let view, layout.varianceCount > 0 else { return 1 }
        return VarianceView(words: view.body + layout.variance, count: layout.varianceCount)
            .certainty(terms.pointer, scratch: scratch.pointer)
    }
}

/// Turns values into certainties that sum to 1, each its share of what is above 0; a category with spread 0 gets none.
func applyShares(_ values: UnsafeMutablePointer<Float>, spreads: UnsafePointer<Float>, count: Int) {
    var total: Float = 0
    for i in 0..<count {
        values[i] = spreads[i] > 0 && values[i] > 0 ? values[i] : 0
        total += values[i]
    }
    if !(total > 1e-6) {
        for i in 0..<count { values[i] = spreads[i] }
        total = 0
        for i in 0..<count { total += spreads[i] }
    }
    for i in 0..<count { values[i] /= total }
}
