import StarlingLearning
import StarlingMath

/// Examples on their way in or out of a project.
public struct WekinatorExamples: Equatable, Sendable {
    /// A recording of a gesture.
    public struct Recording: Equatable, Sendable {
        /// The gesture from 0, counted through all outputs that are gestures.
        public var gesture: Int
        /// Its frames, row by row.
        public var frames: [Float]

        /// A recording from its parts.
        public init(gesture: Int, frames: [Float]) {
            self.gesture = gesture
            self.frames = frames
        }
    }

    /// Frame after frame, a number for each input.
    public var inputs: [Float] = []
    /// Frame after frame, a number for each output; NaN where nothing was recorded.
    public var outputs: [Float] = []
    /// For each frame the recording it belongs to.
    public var rounds: [Int] = []
    /// Recordings of gestures.
    public var recordings: [Recording] = []

    /// No examples.
    public init() {}
    /// How many frames there are.
    public var count: Int { rounds.count }
}

extension Wekinator {
    /// All examples.
    public var examples: WekinatorExamples {
        var examples = WekinatorExamples()
        examples.inputs = store.inputs
        examples.outputs = store.outputs
        examples.rounds = store.takes.map { Int($0) }
        var first = 0
        for matcher in matchers {
            guard let matcher else { continue }
            examples.recordings += matcher.all.map { .init(gesture: first + $0.gesture, frames: $0.frames) }
            first += matcher.gestureCount
        }
        return examples
    }

    /// Records examples as if they had come by OSC, 100 frames a second.
    public func add(_ examples: WekinatorExamples) {
        stopAll()
        let width = setup.inputNames.count
        let kept = outputs.map { ($0.value, $0.isRecording) }
        for row in 0..<examples.count {
            if row == 0 || examples.rounds[row] != examples.rounds[row - 1] {
                round += 1
                takeLabels = []
            }
            for i in 0..<width { frame[i] = examples.inputs[row * width + i] }
            for (i, output) in outputs.enumerated() {
                output.value = examples.outputs[row * outputs.count + i]
                output.isRecording = !output.value.isNaN
            }
            now += 0.01
            if outputs.contains(where: { $0.isRecording && !$0.setup.isGestures }) { recordFrame() }
        }
        keeper.end(at: now)
        for (i, output) in outputs.enumerated() { (output.value, output.isRecording) = kept[i] }
        for recording in examples.recordings where recording.frames.count >= width {
            startGestureRecording(recording.gesture)
            gestureFrames = recording.frames
            now += 0.01 * Double(recording.frames.count / width)
            stopRecording()
        }
    }

    /// The weights of an output, from 0, with its classes or its one number as keys; nil while it is not trained.
    ///
    /// A number is answered as a position in its range.
    public func weights(of output: Int) -> Weights? {
        guard let weights = outputs[output].weights else { return nil }
        let keys = keeper.names.keys(output)
        return weights.renamed { key in UInt32(keys.firstIndex(of: key) ?? 0xFFFF) }
    }

    /// Gives an output weights as `weights(of:)` has them; false where they do not fit it.
    public func adopt(_ weights: Weights, for output: Int) -> Bool {
        keeper.isChanged = true
        let keys = keeper.names.keys(output)
        let own = weights.renamed { key in key < keys.count ? keys[Int(key)] : key }
        return outputs[output].adopt(own, inputs: outputs[output].inputs(of: setup.inputNames.count), keys: keys)
    }
}
