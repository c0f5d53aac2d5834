import StarlingMath

/// Examples: feature vectors, each with its category or targets and the take it came from.
///
/// For gestures the examples of a take are the rows of one performance, in the order of time; their category is the gesture.
/// Appending costs one copy of the numbers. A training works on the examples as they were when it started; while it
/// does, the first change copies them all: with very many, call `Trainer.stop` before.
public final class Dataset {
    /// How many numbers one feature vector has.
    public let inputCount: Int
    /// Whether examples carry a category or targets.
    public let task: Task
    private(set) var examples: Examples

    /// An empty dataset.
    ///
    /// - Parameters:
    ///   - inputCount: Numbers of a feature vector, 1...`LearningLimits.inputs`.
    ///   - outputCount: Categories or targets, 1...`LearningLimits.outputs`.
    public init(inputCount: Int, outputCount: Int, task: Task) {
        precondition(1...LearningLimits.inputs ~= inputCount, "a dataset has 1 to 1024 inputs")
        precondition(1...LearningLimits.outputs ~= outputCount, "a dataset has 1 to 256 outputs")
        self.inputCount = inputCount
        self.task = task
        examples = Examples(inputCount: inputCount, outputCount: outputCount, task: task)
    }

    /// A dataset of given examples.
    init(_ examples: Examples) {
        inputCount = examples.inputCount
        task = examples.task
        self.examples = examples
    }

    /// The time between two rows of a take; only gestures have a sense of it. Above 0; 0.01 at first.
    public var secondsPerRow: Seconds {
        get { examples.secondsPerRow }
        set {
            precondition(newValue > 0 && newValue <= 3600, "rows lie more than 0 and at most 3600 seconds apart")
            examples.secondsPerRow = newValue
        }
    }

    /// How many examples there are.
    public var count: Int { examples.count }
    /// How many categories or targets there are.
    public var outputCount: Int { examples.outputCount }

    /// Takes room for as many examples, so that adding them never moves those that are there, which for a hundred
    /// thousand would take longer than a slice of training may.
    public func reserve(_ count: Int) { examples.reserve(min(count, LearningLimits.examples)) }

    /// Adds a category or gesture behind the others; at most `LearningLimits.outputs` in all.
    public func addCategory() {
        precondition(task.hasCategories, "a dataset of targets has no categories")
        precondition(outputCount < LearningLimits.outputs, "a dataset has at most 256 categories")
        examples.outputCount += 1
    }

    /// Adds an example of a category, or the next row of a gesture's take.
    ///
    /// - Throws: a sentence where the category is not in 0..<`outputCount`, an input is NaN, infinite
    ///   or beyond `LearningLimits.magnitude`, or the dataset is full. Nothing is added then.
    public func append(_ inputs: UnsafePointer<Float>, category: Int, take: Int) throws(StarlingError) {
        precondition(task.hasCategories, "examples of this dataset carry targets")
        guard 0..<outputCount ~= category else {
            throw StarlingError(
                Text("The category is number ") + Text(category) + Text(", but there are ")
                    + Text(outputCount) + Text(" categories, counted from 0. Add the category first."))
        }
        var output = Float(category)
        try append(inputs, outputs: &output, take: take)
    }

    /// Adds an example with the targets to learn; otherwise as `append(_:category:take:)`.
    ///
    /// A target that is NaN is missing: the example teaches the others. At least one must be there.
    public func append(
        _ inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>, take: Int
    ) throws(StarlingError) {
        precondition(task == .continuous, "examples of this dataset carry a category")
        try append(inputs, outputs: targets, take: take)
    }

    /// Removes the examples of a take; takes without examples are ignored.
    public func remove(take: Int) { examples.removeAll { $0 == take } }

    /// Removes all examples.
    public func removeAll() { examples.removeAll { _ in true } }

    /// The feature vector of example `row`.
    public func inputs(_ row: Int) -> ArraySlice<Float> {
        examples.inputs[row * inputCount..<(row + 1) * inputCount]
    }
    /// The targets of example `row`, NaN where missing; for categories the one number of the category.
    public func outputs(_ row: Int) -> ArraySlice<Float> {
        examples.outputs[row * examples.outputWidth..<(row + 1) * examples.outputWidth]
    }
    /// The take of example `row`.
    public func take(_ row: Int) -> Int { Int(examples.takes[row]) }

    private func append(
        _ inputs: UnsafePointer<Float>, outputs: UnsafePointer<Float>, take: Int
    ) throws(StarlingError) {
        guard count < LearningLimits.examples else {
            throw StarlingError("The dataset is full at 1048576 examples. Delete takes that are no longer needed.")
        }
        try check(inputs, count: inputCount, name: "Input ")
        try checkOutputs(outputs, count: examples.outputWidth)
        examples.append(inputs, outputs: outputs, take: take)
    }

    private func check(_ values: UnsafePointer<Float>, count: Int, name: StaticString) throws(StarlingError) {
        for i in 0..<count where !isUsable(values[i]) { throw refusal(values[i], i, name) }
    }

    /// Missing targets pass, as long as one is there.
    private func checkOutputs(_ values: UnsafePointer<Float>, count: Int) throws(StarlingError) {
        var present = 0
        for i in 0..<count where !values[i].isNaN {
            if !isUsable(values[i]) { throw refusal(values[i], i, "Target ") }
            present += 1
        }
        if present == 0 {
            throw StarlingError("The example has no targets, but must have at least one. Leave this example out.")
        }
    }

    private func refusal(_ value: Float, _ index: Int, _ name: StaticString) -> StarlingError {
        StarlingError(
            Text(name) + Text(index + 1) + Text(" of the example is ") + Text(Double(value), decimals: 3)
                + Text(", but must be a number between -1e15 and 1e15. Leave this example out."))
    }
}
