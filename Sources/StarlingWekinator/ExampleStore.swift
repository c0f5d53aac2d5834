import StarlingLearning
import StarlingMath

/// All examples of the supervised outputs: a frame of inputs, and a value or nothing for each output.
struct ExampleStore {
    let inputCount: Int
    let outputCount: Int
    /// Frame after frame.
    private(set) var inputs: [Float] = []
    /// A number for each output of each frame; NaN where nothing was recorded for it.
    private(set) var outputs: [Float] = []
    /// For each frame the take it belongs to.
    private(set) var takes: [Int32] = []

    init(inputCount: Int, outputCount: Int) {
        self.inputCount = inputCount
        self.outputCount = outputCount
    }

    var count: Int { takes.count }

    mutating func append(_ input: UnsafePointer<Float>, outputs values: UnsafePointer<Float>, take: Int) {
        inputs.append(contentsOf: UnsafeBufferPointer(start: input, count: inputCount))
        outputs.append(contentsOf: UnsafeBufferPointer(start: values, count: outputCount))
        takes.append(Int32(truncatingIfNeeded: take))
    }

    mutating func removeAll() { self = ExampleStore(inputCount: inputCount, outputCount: outputCount) }

    /// Forgets what was recorded for an output; the frames stay.
    mutating func clear(output: Int) {
        for row in 0..<count { outputs[row * outputCount + output] = .nan }
    }

    /// How many frames say something about an output.
    func count(output: Int) -> Int {
        (0..<count).reduce(0) { $0 + (outputs[$1 * outputCount + output].isNaN ? 0 : 1) }
    }

    /// What a model can learn about an output from some of the inputs.
    ///
    /// - Throws: a sentence where a number is beyond all bounds.
    ///
    /// Numbers are learned as positions in their range, and classes from `firstClass` on: as the studio learns them, so
    /// that the same examples become the same model in both.
    func dataset(
        output: Int, of setup: OutputSetup, inputs chosen: [Int], firstClass: Int
    ) throws(StarlingError) -> Dataset {
        let dataset = Dataset(
            inputCount: chosen.count, outputCount: max(setup.classCount - firstClass, 1), task: setup.task)
        let row = Floats(chosen.count)
        var target: Float = 0
        // Takes are numbered from 0, as training divides them by their numbers.
        var take = -1
        var latest: Int32 = -1
        for i in 0..<count {
            target = outputs[i * outputCount + output]
            if target.isNaN { continue }
            if takes[i] != latest { (take, latest) = (take + 1, takes[i]) }
            for (place, input) in chosen.enumerated() { row[place] = inputs[i * inputCount + input] }
            if setup.task == .categories {
                try dataset.append(row.pointer, category: Int(target) - firstClass, take: take)
            } else {
                target = setup.position(target)
                try dataset.append(row.pointer, targets: &target, take: take)
            }
        }
        return dataset
    }
}
