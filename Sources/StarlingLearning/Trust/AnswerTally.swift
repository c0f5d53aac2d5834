/// The error over some answers of a kind: the share of wrong categories, or the root mean square error of the targets in
/// units of their deviation.
struct AnswerTally {
    private let examples: Examples
    private let deviations: [Float]
    private var tally = ErrorTally()

    /// A tally without answers yet. `deviations` of the targets; not needed for categories.
    init(_ examples: Examples, deviations: [Float]) {
        self.examples = examples
        self.deviations = deviations
    }

    /// Counts the answer to an example; a missing target counts for nothing.
    mutating func add(_ row: Int, _ outputs: UnsafePointer<Float>) {
        if examples.task.hasCategories {
            return tally.add(isWrong: indexOfLargest(outputs, count: examples.outputCount) != examples.category(row))
        }
        for i in 0..<examples.outputCount where deviations[i] > 0 {
            let error = (outputs[i] - examples.outputs[row * examples.outputCount + i]) / deviations[i]
            if !error.isNaN { tally.add(square: error * error) }
        }
    }

    /// The error so far; nil without answers.
    var error: Float? { tally.error(examples.task) }
}

extension Examples {
    /// The deviation of each target; of little use for categories.
    var outputDeviations: [Float] {
        var scaling = Scaling(columns: outputWidth)
        if count == 0 { return scaling.deviations }
        scaling.add(outputs, rows: 0..<count)
        scaling.finish()
        return scaling.deviations
    }
}
