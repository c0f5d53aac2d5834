import StarlingMath

/// Reads examples as models see them: standardised, at the places of a training set's order.
final class RowReader {
    let set: TrainingSet
    /// Mean and one divided by deviation of each input.
    private let means: Floats
    private let scales: Floats
    /// The centre of each output, and its spread, as weights carry them: mean and deviation of a target; 0 and 1 for
    /// a category, 0 and 0 for one without examples.
    let centres: [Float]
    let spreads: [Float]

    init(_ set: TrainingSet) {
        self.set = set
        means = Floats(set.inputScaling.means)
        scales = Floats(set.inputScaling.scales)
        let counts = set.examples.categoryCounts
        let isCategories = set.examples.task == .categories
        centres = isCategories ? counts.map { _ in 0 } : set.outputScaling.means
        spreads = isCategories ? counts.map { $0 > 0 ? 1 : 0 } : set.outputScaling.deviations
    }

    var inputCount: Int { self.set.examples.inputCount }
    var outputCount: Int { self.set.examples.outputCount }

    /// The inputs at a place.
    func readInputs(_ place: Int, into row: UnsafeMutablePointer<Float>) {
        let start = set.order[place] * inputCount
        set.examples.inputs.withUnsafeBufferPointer { inputs in
            for i in 0..<inputCount { row[i] = standardised(inputs[start + i], mean: means[i], scale: scales[i]) }
        }
    }

    /// What is wanted at a place: 1 for the category and 0 for the others, or standardised targets, NaN where missing.
    func readOutputs(_ place: Int, into row: UnsafeMutablePointer<Float>) {
        let source = set.order[place]
        if set.examples.task == .categories {
            for i in 0..<outputCount { row[i] = 0 }
            row[set.examples.category(source)] = 1
            return
        }
        for i in 0..<outputCount {
            row[i] = (set.examples.outputs[source * outputCount + i] - centres[i]) * set.outputScaling.scales[i]
        }
    }

    /// The category at a place.
    func category(_ place: Int) -> Int { set.examples.category(set.order[place]) }
}
