import StarlingLearning
import StarlingMath

/// LEARN on the audio thread: runs each model of the plan over the bus once a hop.
///
/// Training happens elsewhere; here trained weights arrive as blobs and are run. A new blob is read into the
/// spare of two predictors and takes over at the next hop, so there is always a model playing.
final class LearnStage {
    private let models: [RunningModel]

    init(wordCapacity: Int, hopSeconds: Seconds) {
        models = (0..<Plan.Limit.models).map { _ in
            RunningModel(wordCapacity: wordCapacity, hopSeconds: hopSeconds)
        }
    }

    /// Takes weights for the model with a key; false if no model of the plan has it or the blob is not valid.
    func load(_ words: UnsafePointer<Float>, count: Int, key: UInt32, plan: PlanView) -> Bool {
        for index in 0..<plan.modelCount where plan.model(index).key == key {
            return models[index].load(words, count: count, plan: plan.model(index))
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

/// One model at work: two predictors of which one plays, outputs matched to the plan's by key, smoothed.
private final class RunningModel {
    /// Certainties follow the prediction with this time constant, so that single frames do not flicker.
    private static let smoothing: Seconds = 0.04
    /// Another category must lead by this much before the label changes.
    private static let lead: Float = 0.08
    /// The gate closes this far below the loudness at which it opens.
    private static let gateHysteresis: Decibels = 6

    private(set) var key: UInt32 = 0
    private var active: Predictor
    private var spare: Predictor
    private var isLoaded = false
    private var isOpen = false
    private var hasHeard = false
    private var label = -1
    private let inputs = Floats(Plan.Limit.inputs)
    private let predicted = Floats(Plan.Limit.outputs)
    private let smoothed = Floats(Plan.Limit.outputs)
    private let outputOf = UnsafeMutablePointer<Int>.allocate(capacity: Plan.Limit.outputs)
    private let coefficient: Float

    init(wordCapacity: Int, hopSeconds: Seconds) {
        active = RunningModel.predictor(wordCapacity)
        spare = RunningModel.predictor(wordCapacity)
        coefficient = 1 - fastExp(-hopSeconds / Self.smoothing)
        outputOf.update(repeating: -1, count: Plan.Limit.outputs)
    }

    deinit { outputOf.deallocate() }

    private static func predictor(_ wordCapacity: Int) -> Predictor {
        Predictor(
            wordCapacity: wordCapacity, maximumInputs: Plan.Limit.inputs, maximumOutputs: Plan.Limit.outputs)
    }

    func load(_ words: UnsafePointer<Float>, count: Int, plan: PlanView.Model) -> Bool {
        guard spare.load(words, count: count), spare.inputCount == plan.inputCount else { return false }
        swap(&active, &spare)
        isLoaded = true
        matchOutputs(plan)
        return true
    }

    func adopt(_ plan: PlanView.Model) {
        if plan.key != key {
            key = plan.key
            isLoaded = false
            reset()
        }
        // Weights for other columns wait silently until training for the new columns is done.
        if isLoaded, active.inputCount != plan.inputCount { isLoaded = false }
        matchOutputs(plan)
    }

    func exchange(with other: RunningModel) {
        swap(&key, &other.key)
        swap(&active, &other.active)
        swap(&spare, &other.spare)
        swap(&isLoaded, &other.isLoaded)
        reset()
        other.reset()
    }

    private func matchOutputs(_ plan: PlanView.Model) {
        let isFollowing = plan.drive == Drive.follow.rawValue
        for slot in 0..<plan.outputCount {
            let wanted = plan.outputName(slot)
            outputOf[slot] = -1
            guard isLoaded, (active.task == .continuous) == isFollowing else { continue }
            for output in 0..<active.outputCount where active.outputKey(output) == wanted {
                outputOf[slot] = output
            }
        }
    }

    func run(_ bus: UnsafeMutablePointer<Float>, plan: PlanView.Model, loudness: Decibels) {
        isOpen = loudness >= (isOpen ? plan.gate - Self.gateHysteresis : plan.gate)
        for i in 0..<plan.inputCount { inputs[i] = bus[plan.input(i)] }
        if isLoaded {
            let position = active.mapPosition(inputs: inputs.pointer)
            bus[plan.firstSlot + ModelSlot.mapX] = position.x
            bus[plan.firstSlot + ModelSlot.mapY] = position.y
        }
        if isLoaded, isOpen { predict(plan) }
        if plan.drive == Drive.follow.rawValue {
            writeFollowed(bus, plan: plan)
        } else {
            writeCategories(bus, plan: plan)
        }
    }

    private func predict(_ plan: PlanView.Model) {
        active.run(inputs: inputs.pointer, outputs: predicted.pointer)
        for slot in 0..<plan.outputCount {
            let value = outputOf[slot] >= 0 ? predicted[outputOf[slot]] : 0
            smoothed[slot] = hasHeard ? flushed(smoothed[slot] + coefficient * (value - smoothed[slot])) : value
        }
        hasHeard = true
    }

    private func writeFollowed(_ bus: UnsafeMutablePointer<Float>, plan: PlanView.Model) {
        bus[plan.firstSlot + ModelSlot.label] = -1
        bus[plan.firstSlot + ModelSlot.certainty] = isLoaded && isOpen ? 1 : 0
        for slot in 0..<plan.followedCount {
            bus[plan.firstCategorySlot + slot] =
                hasHeard && outputOf[slot] >= 0 ? clamp(smoothed[slot], 0, 1) : ModelSlot.unknown
        }
    }

    private func writeCategories(_ bus: UnsafeMutablePointer<Float>, plan: PlanView.Model) {
        let isDeciding = isLoaded && isOpen && plan.categoryCount > 0
        if isDeciding { decide(plan) } else { label = -1 }
        bus[plan.firstSlot + ModelSlot.label] = Float(label)
        bus[plan.firstSlot + ModelSlot.certainty] = label >= 0 ? smoothed[label] : 0
        for slot in 0..<plan.categoryCount {
            bus[plan.firstCategorySlot + slot] = isDeciding ? smoothed[slot] : 0
        }
    }

    private func decide(_ plan: PlanView.Model) {
        var best = 0
        for slot in 1..<max(plan.categoryCount, 1) where smoothed[slot] > smoothed[best] { best = slot }
        let isLabelStanding = label >= 0 && label < plan.categoryCount
        if !isLabelStanding || smoothed[best] > smoothed[label] + Self.lead { label = best }
    }

    func reset() {
        smoothed.clear()
        isOpen = false
        hasHeard = false
        label = -1
    }
}
