import StarlingMath

/// Learns from some examples and answers for others: the one step all validation is made of. Sliced.
///
/// It trains without map, novelty or calibration: what is asked is the kind itself.
final class Rehearsal {
    private let examples: Examples
    private let learned: [Int]
    private var gathered: Examples
    private let trainer: Trainer
    private let runner: Runner
    private let interview: Interview
    private var words: Floats?
    private var costOfRun: Int

    /// A rehearsal of a kind; `learned` must not be empty.
    init(
        _ examples: Examples, learned: [Int], asked: [Int], model: ModelInfo, settings: [Float], seed: UInt64
    ) {
        self.examples = examples
        trainer = Trainer(model: model, settings: settings, seed: seed, depth: .bare)
        self.learned = learned
        gathered = examples.rows([])
        gathered.reserve(learned.count)
        runner = model.makeRunner(maximumInputs: examples.inputCount, maximumOutputs: examples.outputCount)
        interview = Interview(examples, asked: asked)
        costOfRun = 64 * examples.inputCount
    }

    /// How far it is, 0...1.
    var progress: Float { 0.9 * (words == nil ? trainer.progress : 1) + 0.1 * interview.progress }

    /// Works on and gives each answer out once: the row of the example and what the kind says; says whether there is more.
    func step(_ work: inout Int, _ answer: (Int, UnsafePointer<Float>) -> Void) -> Bool {
        if gathered.count < learned.count && !gather(&work) { return true }
        while words == nil {
            if work <= 0 { return true }
            if trainer.step(&work) { continue }
            // A kind that cannot learn this has nothing to answer.
            guard let weights = trainer.weights else { return false }
            attach(weights)
        }
        let runner = runner
        let model = Interview.Model(run: runner.run, spotted: { runner.spotted }, reset: runner.reset)
        return interview.step(&work, costOfRun: costOfRun, model, answer)
    }

    /// Copies the examples to learn from, and starts with all of them; says whether it has.
    private func gather(_ work: inout Int) -> Bool {
        while work > 0 && gathered.count < learned.count {
            gathered.append(examples, row: learned[gathered.count])
            work -= 4 * examples.inputCount
        }
        if gathered.count < learned.count { return false }
        trainer.start(Dataset(gathered), outputKeys: (0..<examples.outputCount).map { UInt32($0) })
        return true
    }

    private func attach(_ weights: Weights) {
        let words = Floats(weights.words)
        let isSound = WeightsView(words.pointer, count: words.count).map { runner.attach($0) } ?? false
        precondition(isSound, "a training gives sound weights")
        runner.prepare(secondsPerRun: 0)
        runner.reset()
        costOfRun = max(costOfRun, words.count)
        self.words = words
    }
}
