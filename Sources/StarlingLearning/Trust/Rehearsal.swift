import StarlingMath

/// Learns from some examples and answers for others: the one step all validation is made of. Sliced.
///
/// It trains without map, novelty or calibration: what is asked is the kind itself.
final class Rehearsal {
    /// The examples to be asked, and the answers to them so far.
    let asked: [Int]
    private(set) var answered = 0

    private let examples: Examples
    private let trainer: Trainer
    private let runner: Runner
    private var words: Floats?
    private let outputs: Floats
    private var costOfAnswer: Int

    /// A rehearsal of a kind; `learned` must not be empty.
    init(
        _ examples: Examples, learned: [Int], asked: [Int], model: ModelInfo, settings: [Float], seed: UInt64
    ) {
        self.examples = examples
        self.asked = asked
        trainer = Trainer(model: model, settings: settings, seed: seed, depth: .bare)
        trainer.start(Dataset(examples.rows(learned)), outputKeys: (0..<examples.outputCount).map { UInt32($0) })
        runner = model.makeRunner(maximumInputs: examples.inputCount, maximumOutputs: examples.outputCount)
        outputs = Floats(examples.outputCount)
        costOfAnswer = 64 * examples.inputCount
    }

    /// How far it is, 0...1.
    var progress: Float {
        let share = Float(answered) / Float(max(asked.count, 1))
        return 0.9 * (words == nil ? trainer.progress : 1) + 0.1 * share
    }

    /// Works on and gives each answer out once: the row of the example and what the kind says; says whether there is more.
    func step(_ work: inout Int, _ answer: (Int, UnsafePointer<Float>) -> Void) -> Bool {
        while words == nil {
            if work <= 0 { return true }
            if trainer.step(&work) { continue }
            attach(trainer.weights!)
        }
        while answered < asked.count {
            if work <= 0 { return true }
            let row = asked[answered]
            examples.inputs.withUnsafeBufferPointer {
                runner.run($0.baseAddress! + row * examples.inputCount, into: outputs.pointer)
            }
            answer(row, outputs.pointer)
            answered += 1
            work -= costOfAnswer
        }
        return false
    }

    private func attach(_ weights: Weights) {
        let words = Floats(weights.words)
        let isSound = WeightsView(words.pointer, count: words.count).map { runner.attach($0) } ?? false
        precondition(isSound, "a training gives sound weights")
        costOfAnswer = max(costOfAnswer, words.count)
        self.words = words
    }
}
