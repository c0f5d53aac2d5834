import StarlingMath

/// All that a model kind is given to learn from.
struct Lesson {
    let set: TrainingSet
    /// A value for each setting of the kind, within its range.
    let settings: [Float]
    let seed: UInt64
    let outputKeys: [UInt32]
    /// Weights to start from where they fit; of any kind and shape.
    let earlier: Weights?

    /// The lesson with at most `most` examples, fairly chosen: see `Thinning`.
    func thinned(toAtMost most: Int) -> Lesson {
        Lesson(
            set: set.thinned(toAtMost: most), settings: settings, seed: seed, outputKeys: outputKeys, earlier: earlier)
    }
}

/// The part of a model kind that learns, in slices.
class Learner {
    /// Works for about `work` multiply-adds, which it takes off, and says whether there is more to do.
    func step(_ work: inout Int) -> Bool { false }

    /// The kind's own words of the best model so far; nil where it is still the one taken last.
    func takeNews() -> [Float]? { nil }
    /// How far the training is, 0...1.
    var progress: Float { 0 }
    /// Multiply-adds that are likely still to be done; by default what the progress lets expect, which is unknown as 0.
    var workLeft: Double { 0 }
    /// The error on the examples learned from; see `Trainer.trainingError`.
    var trainingError: Float? { nil }
    /// The error on the examples held out.
    var heldOutError: Float? { nil }
}

/// The error over some examples: the share of wrong categories, or the root mean square error of the
/// targets in units of their deviation.
struct ErrorTally {
    private var sum = 0.0
    private var count = 0.0

    /// Counts a category that was or was not the answer.
    mutating func add(isWrong: Bool) { add(square: isWrong ? 1 : 0) }
    /// Counts an error of one target, squared, in units of the target's variance; NaN where the target is missing.
    mutating func add(square: Float) {
        if square.isNaN { return }
        sum += Double(square)
        count += 1
    }

    func error(_ task: Task) -> Float? {
        if count == 0 { return nil }
        return Float(task.hasCategories ? sum / count : (sum / count).squareRoot())
    }
}

/// The index of the largest of some numbers; the first of equal ones.
func indexOfLargest(_ values: UnsafePointer<Float>, count: Int) -> Int {
    var best = 0
    for i in 1..<max(count, 1) where values[i] > values[best] { best = i }
    return best
}
