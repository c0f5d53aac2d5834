import StarlingMath

/// Asks how likely an input is in each category, by normal densities. Cost: inputs x components, squared where full.
final class DensityRunner: Runner {
    private let inputs: Floats
    private let scratch: Floats
    private let logs = Floats(DensityLayout.mostComponents)
    private var view: WeightsView?
    private var layout = DensityLayout(inputCount: 1, componentCount: 1, isFull: false)

    init(maximumInputs: Int) {
        inputs = Floats(roundedUpToFour(maximumInputs))
        scratch = Floats(roundedUpToFour(maximumInputs))
    }

    override func attach(_ view: WeightsView) -> Bool {
        self.view = nil
        guard let layout = DensityLayout(view) else { return false }
        self.layout = layout
        self.view = view
        for i in layout.inputCount..<layout.width { inputs[i] = 0 }
        return true
    }

    override func run(_ values: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let view else { return }
        for i in 0..<layout.inputCount { inputs[i] = view.standardised(values[i], i) }
        layout.answer(
            view.body, inputs.pointer, scratch: scratch.pointer, logs: logs.pointer, into: outputs,
            outputCount: view.outputCount)
    }
}

extension DensityLayout {
    /// The shape of words from outside; nil where anything in them is wrong.
    init?(_ view: WeightsView) {
        let words = view.body
        guard view.task == .categories, view.bodyCount > 2,
            let components = checkedCount(words, 0, atMost: DensityLayout.mostComponents),
            let form = checkedCount(words, 1, atMost: 2),
            form == 1 || view.inputCount <= DensityLayout.mostFullInputs
        else { return nil }
        self.init(inputCount: view.inputCount, componentCount: components, isFull: form == 2)
        guard view.bodyCount == wordCount else { return nil }
        for i in categories..<offsets where wholeNumber(words, i) >= UInt32(view.outputCount) { return nil }
        // Bounds within which no sum of squares can become infinite.
        for i in offsets..<means where !(words[i].magnitude <= 1e6) { return nil }
        for i in means..<factors where !(words[i].magnitude <= 100) { return nil }
        for i in factors..<wordCount where !(words[i].magnitude <= 1e5) { return nil }
    }
}
