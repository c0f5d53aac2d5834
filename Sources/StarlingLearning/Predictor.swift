import StarlingMath

/// Runs weights, of whatever model kind, in the audio thread.
///
/// All memory is taken in `init`; `load`, `run`, `novelty` and `mapPosition` neither allocate, lock nor throw.
public final class Predictor {
    private let memory: Floats
    private let cleaned: Floats
    private let scratch: Floats
    private let runners: [Runner]
    private let models: [UInt16]
    /// For each kind its tasks as a set of bits.
    private let taskBits: [UInt8]
    private var runner: Runner?
    private var view: WeightsView?
    private let maximumInputs: Int
    private let maximumOutputs: Int
    private var secondsPerRun: Seconds = 0

    /// A predictor without weights.
    ///
    /// - Parameters:
    ///   - wordCapacity: The longest weights that can be loaded, in words.
    ///   - maximumInputs: The most inputs, at most `LearningLimits.inputs`.
    ///   - maximumOutputs: The most outputs, at most `LearningLimits.outputs`.
    public init(wordCapacity: Int, maximumInputs: Int, maximumOutputs: Int) {
        memory = Floats(wordCapacity)
        cleaned = Floats(maximumInputs)
        scratch = Floats(roundedUpToFour(maximumInputs))
        runners = ModelCatalogue.all.map {
            $0.makeRunner(maximumInputs: maximumInputs, maximumOutputs: maximumOutputs)
        }
        models = ModelCatalogue.all.map { $0.id }
        taskBits = ModelCatalogue.all.map { $0.taskBits }
        self.maximumInputs = maximumInputs
        self.maximumOutputs = maximumOutputs
    }

    /// Copies weights in and runs them from now on. Cost: one copy of the words and one pass over them.
    ///
    /// Everything is checked, on the copy, so that neither damaged nor hostile words nor a writer in
    /// another thread can do harm. Where anything is wrong the answer is false and the predictor is empty.
    public func load(_ words: UnsafePointer<Float>, count: Int) -> Bool {
        unload()
        guard count > 0, count <= memory.count else { return false }
        UnsafeMutableRawPointer(memory.pointer).copyMemory(from: words, byteCount: count * 4)
        guard let loaded = WeightsView(memory.pointer, count: count),
            loaded.inputCount <= maximumInputs, loaded.outputCount <= maximumOutputs
        else { return false }
        for i in models.indices where models[i] == loaded.model && taskBits[i] & loaded.task.bit != 0 {
            guard runners[i].attach(loaded) else { return false }
            runners[i].prepare(secondsPerRun: secondsPerRun)
            runners[i].reset()
            runner = runners[i]
            view = loaded
        }
        return view != nil
    }

    /// Forgets the weights.
    public func unload() {
        runner = nil
        view = nil
    }

    /// Whether there are weights to run.
    public var isLoaded: Bool { view != nil }
    /// How many inputs the weights take; 0 without weights.
    public var inputCount: Int { view?.inputCount ?? 0 }
    /// How many outputs the weights have; 0 without weights.
    public var outputCount: Int { view?.outputCount ?? 0 }
    /// How many values `run` gives: `outputCount`, for gestures `Task.gestureValues` times as many.
    public var outputWidth: Int { outputCount * (task?.valuesPerOutput ?? 1) }
    /// What the weights answer; nil without weights.
    public var task: Task? { view?.task }
    /// The caller's name of an output in 0..<`outputCount`.
    public func outputKey(_ output: Int) -> UInt32 { view?.key(output) ?? 0 }

    /// Says how many seconds lie between two runs; gestures are then followed in the time in which they were taught.
    ///
    /// 0, as at first, or anything that is no time, means as many as between the rows of the takes. Forgets earlier runs.
    public func prepare(secondsPerRun: Seconds) {
        self.secondsPerRun = secondsPerRun
        runner?.prepare(secondsPerRun: secondsPerRun)
        runner?.reset()
    }

    /// Forgets earlier runs, as after a silence; models of categories and targets remember none.
    public func reset() { runner?.reset() }

    /// How far the target of an output may be from the value of the last run, as a standard deviation in the target's unit.
    ///
    /// 0 where the kind of model does not know it.
    public func spread(_ output: Int) -> Float { runner?.spread(output) ?? 0 }

    /// The gesture that was recognised at the last run, 0..<`outputCount`, or -1.
    public var spotted: Int { runner?.spotted ?? -1 }

    /// Works out `outputWidth` values from `inputCount` inputs; does nothing without weights.
    ///
    /// Categories: a certainty 0...1 for each, 1 in sum, calibrated where the training got so far: of ten answers given
    /// with .8, eight are right. Continuous: the values. Gestures: certainty, phase and speed of each, one gesture after
    /// the other. An input that is NaN or infinite counts as the mean of the examples.
    public func run(inputs: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>) {
        guard let runner, let view else { return }
        clean(inputs, view)
        runner.run(cleaned.pointer, into: outputs)
        view.calibration?.apply(outputs)
    }

    /// How unlike everything that was taught the inputs are: 0 like it, 1 unlike anything; 0 without weights.
    ///
    /// Half of what is like the examples gets at most 0.1, and 19 of 20 at most 0.5: as far from the examples as they are
    /// from those of other takes. Cost: at most about 3 us.
    public func novelty(inputs: UnsafePointer<Float>) -> Float {
        guard let view, let novelty = view.novelty else { return 0 }
        clean(inputs, view)
        return novelty.novelty(cleaned.pointer, means: view.means, scratch: scratch.pointer)
    }

    private func clean(_ inputs: UnsafePointer<Float>, _ view: WeightsView) {
        let cleaned = cleaned.pointer
        for i in 0..<view.inputCount { cleaned[i] = inputs[i].isFinite ? inputs[i] : view.means[i] }
    }

    /// How far the answer of the last `run` can be trusted, 0...1, by a kind that knows its own variance; otherwise 1.
    ///
    /// 1 is as sure as can be, 0 no better than the mean of the targets. Only `gp` knows it.
    /// Cost: with 500 examples about 30 us; so ask for it no more often than it is shown or used.
    public var certainty: Float { runner?.certainty ?? 1 }

    /// Where inputs lie on the map of examples, each coordinate -1...1; the middle without weights.
    ///
    /// All examples of the training lie within; other inputs are limited to the edge.
    public func mapPosition(inputs: UnsafePointer<Float>) -> (x: Float, y: Float) {
        guard let view else { return (0, 0) }
        var x: Float = 0
        var y: Float = 0
        for i in 0..<view.inputCount where inputs[i].isFinite {
            let z = view.standardised(inputs[i], i)
            x += z * view.mapX[i]
            y += z * view.mapY[i]
        }
        return (clamp(x, -1, 1), clamp(y, -1, 1))
    }
}
