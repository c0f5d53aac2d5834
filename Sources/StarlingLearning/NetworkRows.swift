import StarlingMath

/// The examples as a network takes them: standardised, and shuffled so that every batch holds a mixture.
///
/// The examples held out stay behind the others.
final class NetworkRows {
    /// Standardised inputs, row after row.
    let inputs: Floats
    /// What each output should be: 1 for the category and 0 for the others, or standardised targets, NaN where missing.
    let targets: Floats
    /// How much each example counts, 1 in the mean.
    let weights: Floats

    private let shape: NetworkShape
    private let set: TrainingSet
    private let categoryWeights: [Float]
    private let order: [Int]
    private var next = 0

    init(_ shape: NetworkShape, _ set: TrainingSet, balanced: Bool, seed: UInt64) {
        self.shape = shape
        self.set = set
        inputs = Floats(set.count * shape.inputCount)
        targets = Floats(set.count * shape.outputWidth)
        weights = Floats(set.count)
        categoryWeights = set.categoryWeights(balanced: balanced)
        var random = SeededRandom(seed: seed)
        let training = shuffled(Array(set.order[..<set.trainingCount]), &random)
        order = training + shuffled(Array(set.order[set.trainingCount...]), &random)
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && next < set.count {
            prepare(next, from: order[next])
            next += 1
            work -= 8 * (shape.inputCount + shape.outputWidth)
        }
        return next < set.count
    }

    private func prepare(_ place: Int, from row: Int) {
        let scaling = set.inputScaling
        for i in 0..<shape.inputCount {
            inputs[place * shape.inputCount + i] = standardised(
                set.examples.inputs[row * shape.inputCount + i], mean: scaling.means[i], scale: scaling.scales[i])
        }
        let wanted = targets.pointer + place * shape.outputWidth
        if set.examples.task == .categories {
            wanted[set.examples.category(row)] = 1
            weights[place] = categoryWeights[set.examples.category(row)]
        } else {
            prepareTargets(wanted, row)
            weights[place] = 1
        }
    }

    private func prepareTargets(_ wanted: UnsafeMutablePointer<Float>, _ row: Int) {
        let scaling = set.outputScaling
        for i in 0..<shape.outputCount {
            let target = set.examples.outputs[row * shape.outputCount + i]
            wanted[i] = (target - scaling.means[i]) * scaling.scales[i]
        }
    }
}

/// The items in an order drawn by chance (Fisher and Yates).
func shuffled(_ items: [Int], _ random: inout SeededRandom) -> [Int] {
    var result = items
    for i in stride(from: items.count - 1, to: 0, by: -1) { result.swapAt(i, random.index(below: i + 1)) }
    return result
}
