import StarlingLearning
import StarlingMath

/// LEARN on the audio thread: runs each model of the plan over the bus once a hop.
///
/// Training happens elsewhere; here trained weights arrive as blobs and are run. A new blob is read into the one spare
/// predictor, which then changes places with that of its model: there is always a model playing, and memory for one
/// more than there may be models.
final class LearnStage {
    private let models: [RunningModel]
    private var spare: Predictor

    init(wordCapacity: Int, hopSeconds: Seconds) {
        models = (0..<Plan.Limit.models).map { _ in
            RunningModel(Self.predictor(wordCapacity, hopSeconds), hopSeconds: hopSeconds)
        }
        spare = Self.predictor(wordCapacity, hopSeconds)
    }

    private static func predictor(_ wordCapacity: Int, _ hopSeconds: Seconds) -> Predictor {
        let predictor = Predictor(
            wordCapacity: wordCapacity, maximumInputs: Plan.Limit.inputs, maximumOutputs: Plan.Limit.outputs)
        predictor.prepare(secondsPerRun: hopSeconds)
        return predictor
    }

    /// Takes weights for the model with a key; false if no model of the plan has it or the blob is not valid.
    func load(_ words: UnsafePointer<Float>, count: Int, key: UInt32, plan: PlanView) -> Bool {
        for index in 0..<plan.modelCount where plan.model(index).key == key {
            guard spare.load(words, count: count), spare.inputCount == plan.model(index).inputCount else { return false }
            models[index].take(&spare, plan: plan.model(index))
            return true
        }
        return false
    }

    /// Follows a change of plan: models keep their weights by key, outputs are found again by theirs.
    func adopt(_ plan: PlanView) {
        for index in 0..<plan.modelCount {
            let key = plan.model(index).key
            for other in index..<models.count where models[other].key == key && other != index {
                models[index].exchange(with: models[other])
            }
            models[index].adopt(plan.model(index))
        }
    }

    /// Runs every model: inputs from the bus, outputs to the bus.
    func hop(_ bus: UnsafeMutablePointer<Float>, plan: PlanView, loudness: Decibels) {
        for index in 0..<plan.modelCount {
            models[index].run(bus, plan: plan.model(index), loudness: loudness)
        }
    }

    /// Forgets what was heard, keeps what was learned.
    func reset() { for model in models { model.reset() } }
}
