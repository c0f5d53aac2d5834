import StarlingMath

/// How well answers met what was wanted, over examples that the model had not learned from.
public struct Evaluation: Sendable {
    /// Whether categories or targets were asked for.
    public let task: Task
    /// How many categories or targets there are.
    public let outputCount: Int
    /// How many examples were asked for.
    public private(set) var exampleCount = 0
    /// How often category `row` was answered with category `column`: row after row; empty for targets.
    public private(set) var confusion: [Int]

    /// How many examples had each target.
    private var counts: [Double]
    /// How far the certainties of categories could be believed; without answers for other tasks.
    public private(set) var reliability = Reliability()

    private var squaredErrors: [Double]
    private var sums: [Double]
    private var squares: [Double]

    /// An evaluation without examples yet.
    public init(task: Task, outputCount: Int) {
        self.task = task
        self.outputCount = outputCount
        confusion = [Int](repeating: 0, count: task.hasCategories ? outputCount * outputCount : 0)
        squaredErrors = [Double](repeating: 0, count: task == .continuous ? outputCount : 0)
        counts = squaredErrors
        sums = squaredErrors
        squares = squaredErrors
    }

    /// The share of examples for which the wanted category was the most certain one, 0...1; 0 without examples.
    public var accuracy: Float {
        let right = (0..<(confusion.isEmpty ? 0 : outputCount)).map { confusion[$0 * outputCount + $0] }.reduce(0, +)
        return exampleCount > 0 ? Float(right) / Float(exampleCount) : 0
    }

    /// The share of answers with a category that were right, 0...1; nil where it was never the answer.
    public func precision(_ category: Int) -> Float? {
        share(of: category, in: (0..<outputCount).map { confusion[$0 * outputCount + category] })
    }

    /// The share of a category's examples that were answered right, 0...1; nil where it had none.
    public func recall(_ category: Int) -> Float? {
        share(of: category, in: Array(confusion[category * outputCount..<(category + 1) * outputCount]))
    }

    private func share(of category: Int, in counts: [Int]) -> Float? {
        let total = counts.reduce(0, +)
        return total > 0 ? Float(counts[category]) / Float(total) : nil
    }

    /// The root mean square error of a target, in its own unit, over the examples that have it; 0 without any.
    public func rootMeanSquareError(_ target: Int) -> Float {
        counts[target] > 0 ? Float((squaredErrors[target] / counts[target]).squareRoot()) : 0
    }

    /// The share of a target's variance that is explained (R squared): 1 is perfect, 0 no better than always
    /// the mean, below 0 worse; nil where the target did not vary.
    public func explainedVariance(_ target: Int) -> Float? {
        let mean = sums[target] / max(counts[target], 1)
        let total = squares[target] - mean * sums[target]
        return total > 1e-12 * squares[target] ? Float(1 - squaredErrors[target] / total) : nil
    }

    /// Counts one example: what was wanted (a category, or for each target a number or NaN) and all outputs.
    public mutating func add(wanted: ArraySlice<Float>, outputs: [Float]) {
        exampleCount += 1
        if task.hasCategories {
            let answer = outputs.withUnsafeBufferPointer { indexOfLargest($0.baseAddress!, count: outputCount) }
            let category = Int(wanted.first!)
            confusion[category * outputCount + answer] += 1
            if task == .gestures { return }
            reliability.add(
                certainty: outputs[answer], ofWanted: outputs[category], isRight: answer == category)
            return
        }
        for target in 0..<outputCount {
            let value = Double(wanted[wanted.startIndex + target])
            if value.isNaN { continue }
            counts[target] += 1
            let error = Double(outputs[target]) - value
            squaredErrors[target] += error * error
            sums[target] += value
            squares[target] += value * value
        }
    }

    /// Asks weights for every given row of a dataset and counts the answers; for gestures one answer for each take.
    mutating func add(_ weights: Weights, on dataset: Dataset, rows: [Int]) {
        let predictor = Predictor(
            wordCapacity: weights.words.count, maximumInputs: dataset.inputCount, maximumOutputs: dataset.outputCount)
        let isLoaded = weights.words.withUnsafeBufferPointer { predictor.load($0.baseAddress!, count: $0.count) }
        precondition(isLoaded, "weights must have the shape of the dataset they are evaluated on")
        let interview = Interview(dataset.examples, asked: rows)
        let model = Interview.Model(
            run: { predictor.run(inputs: $0, outputs: $1) }, spotted: { predictor.spotted }, reset: predictor.reset)
        var work = Int.max
        _ = interview.step(&work, costOfRun: 0, model) { row, outputs in add(row, of: dataset.examples, outputs) }
    }

    /// Counts the answer to an example.
    mutating func add(_ row: Int, of examples: Examples, _ outputs: UnsafePointer<Float>) {
        let width = examples.outputWidth
        let all = Array(UnsafeBufferPointer(start: outputs, count: outputCount))
        add(wanted: examples.outputs[row * width..<(row + 1) * width], outputs: all)
    }
}

/// Evaluates weights on a dataset they have not learned from.
///
/// - Throws: a sentence where the weights have other inputs, outputs or another task than the dataset.
public func evaluate(_ weights: Weights, on dataset: Dataset) throws(StarlingError) -> Evaluation {
    guard weights.inputCount == dataset.inputCount, weights.task == dataset.task,
        weights.outputKeys.count == dataset.outputCount
    else {
        throw StarlingError(
            Text("The model has ") + Text(weights.inputCount) + Text(" inputs and ") + Text(weights.outputKeys.count)
                + Text(" outputs, but the examples have ") + Text(dataset.inputCount) + Text(" and ")
                + Text(dataset.outputCount) + Text(", or another task. Use examples like those it learned from."))
    }
    var evaluation = Evaluation(task: dataset.task, outputCount: dataset.outputCount)
    evaluation.add(weights, on: dataset, rows: Array(0..<dataset.count))
    return evaluation
}
