import StarlingMath

/// The examples as a network takes them: standardised, and shuffled so that every batch holds a mixture.
///
/// The examples held out stay behind the others.
final class NetworkRows {
    /// Standardised inputs, row after row, each filled up to a multiple of four with 0.
    let inputs: Floats
    /// What each output should be: 1 for the category and 0 for the others, or standardised targets, NaN where missing.
    let targets: Floats
    /// How much each example counts, 1 in the mean.
    let weights: Floats
    /// For each output whether some examples lack it.
    private(set) var isHoled: [Bool]

    private let shape: NetworkShape
    private let set: TrainingSet
    private let categoryWeights: [Float]
    private var order: [Int]
    private var random: SeededRandom
    private let means: Floats
    private let scales: Floats
    private var next = 0

    init(_ shape: NetworkShape, _ set: TrainingSet, balanced: Bool, seed: UInt64) {
        self.shape = shape
        self.set = set
        // Cleared row by row: at once would take too long.
        inputs = Floats(unset: set.count * shape.inputWidth)
        targets = Floats(unset: set.count * shape.outputWidth)
        weights = Floats(unset: set.count)
        isHoled = [Bool](repeating: false, count: shape.outputCount)
        categoryWeights = set.categoryWeights(balanced: balanced)
        means = Floats(set.inputScaling.means)
        scales = Floats(set.inputScaling.scales)
        random = SeededRandom(seed: seed)
        order = set.order
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && next < set.count {
            // Fisher and Yates, forwards: the order is drawn as far as it is needed.
            let end = next < set.trainingCount ? set.trainingCount : set.count
            order.swapAt(next, next + random.index(below: end - next))
            prepare(next, from: order[next])
            next += 1
            work -= 8 * (shape.inputCount + shape.outputWidth)
        }
        return next < set.count
    }

    private func prepare(_ place: Int, from row: Int) {
        prepareInputs(inputs.pointer + place * shape.inputWidth, row)
        let wanted = targets.pointer + place * shape.outputWidth
        wanted.update(repeating: 0, count: shape.outputWidth)
        if set.examples.task == .categories {
            wanted[set.examples.category(row)] = 1
            weights[place] = categoryWeights[set.examples.category(row)]
        } else {
            prepareTargets(wanted, row)
            weights[place] = 1
        }
    }

    private func prepareInputs(_ x: UnsafeMutablePointer<Float>, _ row: Int) {
        let first = row * shape.inputCount
        for i in 0..<shape.inputCount {
            x[i] = standardised(set.examples.inputs[first + i], mean: means[i], scale: scales[i])
        }
        for i in shape.inputCount..<shape.inputWidth { x[i] = 0 }
    }

    private func prepareTargets(_ wanted: UnsafeMutablePointer<Float>, _ row: Int) {
        let scaling = set.outputScaling
        for i in 0..<shape.outputCount {
            let target = set.examples.outputs[row * shape.outputCount + i]
            wanted[i] = (target - scaling.means[i]) * scaling.scales[i]
            if target.isNaN { isHoled[i] = true }
        }
    }
}
