import StarlingMath

/// The numbers of a dataset as a value: copies are free until one of them is changed.
struct Examples {
    let inputCount: Int
    let task: Task
    var outputCount: Int
    var secondsPerRow: Seconds = 0.01
    /// Row after row, `inputCount` numbers each.
    private(set) var inputs: [Float] = []
    /// Row after row, `outputWidth` numbers each; a missing target is NaN.
    private(set) var outputs: [Float] = []
    var takes: [Int32] = []

    init(inputCount: Int, outputCount: Int, task: Task) {
        self.inputCount = inputCount
        self.outputCount = outputCount
        self.task = task
    }

    var count: Int { takes.count }
    /// One number, the category, or a number for each target.
    var outputWidth: Int { task.hasCategories ? 1 : outputCount }

    func category(_ row: Int) -> Int { Int(outputs[row]) }

    /// How many examples each category has; for targets no numbers.
    var categoryCounts: [Int] {
        var counts = [Int](repeating: 0, count: task.hasCategories ? outputCount : 0)
        if !task.hasCategories { return counts }
        outputs.withUnsafeBufferPointer { outputs in
            for category in outputs { counts[Int(category)] += 1 }
        }
        return counts
    }

    /// Takes room at once, so that appending never has to move what there is.
    mutating func reserve(_ count: Int) {
        inputs.reserveCapacity(count * inputCount)
        outputs.reserveCapacity(count * outputWidth)
        takes.reserveCapacity(count)
    }

    mutating func append(_ input: UnsafePointer<Float>, outputs output: UnsafePointer<Float>, take: Int) {
        inputs.append(contentsOf: UnsafeBufferPointer(start: input, count: inputCount))
        outputs.append(contentsOf: UnsafeBufferPointer(start: output, count: outputWidth))
        takes.append(Int32(truncatingIfNeeded: take))
    }

    mutating func removeAll(where isRemoved: (Int) -> Bool) {
        let kept = (0..<count).filter { !isRemoved(Int(takes[$0])) }
        if kept.count < count { self = rows(kept) }
    }

    /// The chosen rows, in the order given.
    func rows(_ chosen: [Int]) -> Examples {
        var result = Examples(inputCount: inputCount, outputCount: outputCount, task: task)
        result.secondsPerRow = secondsPerRow
        result.reserve(chosen.count)
        for row in chosen { result.append(self, row: row) }
        return result
    }

    /// Adds a row of other examples of the same shape.
    mutating func append(_ other: Examples, row: Int) {
        inputs += other.inputs[row * inputCount..<(row + 1) * inputCount]
        outputs += other.outputs[row * outputWidth..<(row + 1) * outputWidth]
        takes.append(other.takes[row])
    }
}
