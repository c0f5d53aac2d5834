import StarlingMath

/// Asks a model for examples one after the other, in slices; whole takes where it learned gestures.
///
/// A take of gestures is played from its beginning to its end, after a reset, and answered once: with the gesture
/// recognised last, or without one with that most certain in the mean.
final class Interview {
    /// How a model is asked.
    struct Model {
        /// Works out all values for the inputs.
        let run: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
        /// The gesture recognised at the last run, or -1.
        let spotted: () -> Int
        /// Forgets earlier runs.
        let reset: () -> Void
    }

    private let examples: Examples
    private let asked: [Int]
    private let values: Floats
    private let certainties: Floats
    private var rowsOfTake = 0
    private var spotted = -1
    private var next = 0

    /// An interview about some rows.
    init(_ examples: Examples, asked: [Int]) {
        self.examples = examples
        values = Floats(examples.outputCount * examples.task.valuesPerOutput)
        certainties = Floats(examples.outputCount)
        self.asked = examples.task == .gestures ? Self.inOrderOfTakes(examples, asked) : asked
    }

    /// How far it is, 0...1.
    var progress: Float { Float(next) / Float(max(asked.count, 1)) }

    /// Works on and gives each answer out once: the row, or a take's last one, and a number for each output. Says whether
    /// there is more to ask.
    func step(
        _ work: inout Int, costOfRun: Int, _ model: Model, _ answer: (Int, UnsafePointer<Float>) -> Void
    ) -> Bool {
        while next < asked.count {
            if work <= 0 { return true }
            let row = asked[next]
            examples.inputs.withUnsafeBufferPointer {
                model.run($0.baseAddress! + row * examples.inputCount, values.pointer)
            }
            work -= costOfRun
            next += 1
            if examples.task == .gestures { follow(row, model, answer) } else { answer(row, values.pointer) }
        }
        return false
    }

    private static func inOrderOfTakes(_ examples: Examples, _ rows: [Int]) -> [Int] {
        sortedPlaces(count: rows.count) {
            (examples.takes[rows[$0]], examples.category(rows[$0])) < (examples.takes[rows[$1]], examples.category(rows[$1]))
        }.map { rows[$0] }
    }

    /// Goes on in a take of gestures, and answers at its end.
    private func follow(_ row: Int, _ model: Model, _ answer: (Int, UnsafePointer<Float>) -> Void) {
        let now = model.spotted()
        if now >= 0 { spotted = now }
        rowsOfTake += 1
        for i in 0..<examples.outputCount { certainties[i] += values[i * Task.gestureValues] }
        if next < asked.count, examples.takes[asked[next]] == examples.takes[row],
            examples.category(asked[next]) == examples.category(row)
        {
            return
        }
        for i in 0..<examples.outputCount {
            certainties[i] = certainties[i] / Float(rowsOfTake) + (i == spotted ? 1 : 0)
        }
        answer(row, certainties.pointer)
        model.reset()
        certainties.clear()
        rowsOfTake = 0
        spotted = -1
    }
}
