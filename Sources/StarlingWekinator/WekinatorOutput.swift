import StarlingLearning
import StarlingMath

/// One supervised output as it runs: its value, its model, and whether it takes part.
final class WekinatorOutput {
    var setup: OutputSetup
    /// The value that was last set or predicted.
    var value: Float
    var isRecording = true
    var isRunning = true
    /// The certainties of all classes at the last run.
    private(set) var certainties: Floats
    private(set) var weights: Weights?
    private var predictor: Predictor?
    /// Which output of the model each class is, or the number; -1 for classes that it does not know.
    private var places: [Int] = []
    /// The inputs that the weights take.
    private var weightsInputs: [Int] = []
    private var row: Floats
    private var answers: Floats

    init(_ setup: OutputSetup, inputCount: Int) {
        self.setup = setup
        row = Floats(max(inputCount, 1))
        answers = Floats(1)
        certainties = Floats(setup.classCount)
        value = setup.classCount > 0 ? 1 : setup.startValue
    }

    /// Makes room for so many inputs.
    func makeRoom(_ inputCount: Int) { row = Floats(max(inputCount, 1)) }

    /// Whether there is something to run.
    var isTrained: Bool { predictor != nil }

    /// The inputs to learn from.
    func inputs(of count: Int) -> [Int] { setup.inputs ?? Array(0..<count) }

    /// Takes weights in, whose outputs are found by these keys: one, or one a class from class 0 on. Says false where they
    /// do not fit the output.
    @discardableResult
    func adopt(_ weights: Weights, inputs: [Int], keys: [UInt32]) -> Bool {
        let known = weights.outputKeys
        let places = keys.map { known.firstIndex(of: $0) ?? -1 }
        guard weights.inputCount == inputs.count, weights.task == setup.task, places.contains(where: { $0 >= 0 }) else { return false }
        let predictor = Predictor(wordCapacity: weights.words.count, maximumInputs: inputs.count, maximumOutputs: known.count)
        guard weights.words.withUnsafeBufferPointer({ predictor.load($0.baseAddress!, count: $0.count) }) else { return false }
        self.predictor = predictor
        self.weights = weights
        self.places = places
        answers = Floats(known.count)
        weightsInputs = inputs
        return true
    }

    /// Works out the value for a frame; takes no memory. Without a model, or out of use, the last value stays; certainties
    /// that are sent are those of the frame all the same.
    func run(_ inputs: UnsafePointer<Float>) {
        guard isRunning || setup.sendsDistribution, let predictor else { return }
        for (place, input) in weightsInputs.enumerated() { row[place] = inputs[input] }
        predictor.run(inputs: row.pointer, outputs: answers.pointer)
        guard setup.classCount > 0 else { return value = setup.value(answers[places[0]]) }
        var best = -1
        for (i, place) in places.enumerated() {
            certainties[i] = place < 0 ? 0 : answers[place]
            if place >= 0, best < 0 || certainties[i] > certainties[best] { best = i }
        }
        if isRunning { value = Float(best) }
    }

    /// Takes what another model says: a number; or a class from 0 on, -1 for none, and the certainties of those.
    func take(_ values: UnsafePointer<Float>, certaintyCount: Int, firstClass: Int) {
        guard setup.classCount > 0 else { return value = setup.corrected(values[0]) }
        value = values[0] < 0 ? 0 : values[0] + Float(firstClass)
        for i in 0..<certaintyCount where firstClass + i < setup.classCount { certainties[firstClass + i] = values[1 + i] }
    }
}

extension OutputSetup {
    /// The value before anything was set: the minimum of a number.
    fileprivate var startValue: Float {
        if case .continuous(let minimum, _, _, _) = kind { minimum } else { 0 }
    }
}
