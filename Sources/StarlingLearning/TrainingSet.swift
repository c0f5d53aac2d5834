/// The examples of one training: measured, and split into those to learn from and those held out.
final class TrainingSet {
    let examples: Examples
    /// Rows of `examples`: first those to learn from, then those held out.
    let order: [Int]
    let trainingCount: Int
    private(set) var inputScaling: Scaling
    private(set) var outputScaling: Scaling
    private var measured = 0

    init(_ examples: Examples, seed: UInt64) {
        self.examples = examples
        let heldOut = Split.heldOut(examples, seed: seed)
        var order: [Int] = []
        order.reserveCapacity(heldOut.count)
        for row in heldOut.indices where !heldOut[row] { order.append(row) }
        trainingCount = order.count
        for row in heldOut.indices where heldOut[row] { order.append(row) }
        self.order = order
        inputScaling = Scaling(columns: examples.inputCount)
        outputScaling = Scaling(columns: examples.outputWidth)
    }

    /// Some examples of another set, with the measures of all.
    private init(_ other: TrainingSet, training: [Int], heldOut: [Int]) {
        examples = other.examples.rows(training + heldOut)
        order = Array(0..<examples.count)
        trainingCount = training.count
        inputScaling = other.inputScaling
        outputScaling = other.outputScaling
    }

    /// A set of at most `most` of these examples, fairly chosen: see `Thinning`. Itself where it has no more.
    func thinned(toAtMost most: Int) -> TrainingSet {
        if count <= most { return self }
        let (training, heldOut) = (Array(order[..<trainingCount]), Array(order[trainingCount...]))
        let kept = Thinning.fair(training, of: examples, atMost: max(1, most * trainingCount / count))
        return TrainingSet(
            self, training: kept, heldOut: Thinning.fair(heldOut, of: examples, atMost: most - kept.count))
    }

    var count: Int { order.count }

    /// Measures means, deviations and ranges; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        let costOfRow = 4 * (examples.inputCount + examples.outputWidth)
        let end = min(count, measured + max(1, work / costOfRow))
        inputScaling.add(examples.inputs, rows: measured..<end)
        outputScaling.add(examples.outputs, rows: measured..<end)
        work -= (end - measured) * costOfRow
        measured = end
        if measured < count { return true }
        inputScaling.finish()
        outputScaling.finish()
        return false
    }

    /// How much an example of each category counts, so that all categories together count alike.
    ///
    /// Without balance every example counts 1. The mean over all examples is 1 either way.
    func categoryWeights(balanced: Bool) -> [Float] {
        let counts = examples.categoryCounts
        let present = counts.filter { $0 > 0 }.count
        return counts.map { balanced && $0 > 0 ? Float(count) / Float(present * $0) : 1 }
    }
}
