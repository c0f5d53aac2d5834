import StarlingLearning
import StarlingMath

/// One model at work: a predictor whose outputs are matched to the plan's by key, and what becomes of its answers.
final class RunningModel {
    /// Certainties and values follow the prediction with this time constant, so that single frames do not flicker.
    private static let smoothing: Seconds = 0.04
    /// The gate closes this far below the loudness at which it opens.
    private static let gateHysteresis: Decibels = 6
    /// Gestures are followed for so long into a silence: it may be a part of them.
    private static let longestSilence: Seconds = 0.5

    private(set) var key: UInt32 = 0
    private var predictor: Predictor
    private var isLoaded = false
    private var isOpen = false
    private var hasHeard = false
    private var label = -1
    private var decision = Decision()
    private var spotting = Spotting()
    private var silence: Seconds = 0
    private let inputs = Floats(Plan.Limit.inputs)
    private let predicted = Floats(Plan.Limit.outputs * Task.gestureValues)
    private let smoothed = Floats(Plan.Limit.outputs)
    private let thresholds = Floats(Plan.Limit.outputs)
    private let outputOf = UnsafeMutablePointer<Int>.allocate(capacity: Plan.Limit.outputs)
    private let coefficient: Float
    private let hopSeconds: Seconds

    init(_ predictor: Predictor, hopSeconds: Seconds) {
        self.predictor = predictor
        self.hopSeconds = hopSeconds
        coefficient = 1 - fastExp(-hopSeconds / Self.smoothing)
        outputOf.update(repeating: -1, count: Plan.Limit.outputs)
        reset()
    }

    deinit { outputOf.deallocate() }

    /// Takes a predictor with new weights and gives its own for it.
    func take(_ other: inout Predictor, plan: PlanView.Model) {
        swap(&predictor, &other)
        isLoaded = true
        matchOutputs(plan)
    }

    /// Follows a change of plan.
    func adopt(_ plan: PlanView.Model) {
        if plan.key != key {
            key = plan.key
            isLoaded = false
            reset()
        }
        // Weights for other columns wait silently until training for the new columns is done.
        if isLoaded, predictor.inputCount != plan.inputCount { isLoaded = false }
        decision.hysteresis = plan.hysteresis
        decision.hold = plan.hold
        if plan.task == .categories {
            for category in 0..<plan.categoryCount { thresholds[category] = plan.threshold(category) }
        }
        matchOutputs(plan)
    }

    /// Changes places with another: what each has learned goes with it.
    func exchange(with other: RunningModel) {
        swap(&key, &other.key)
        swap(&predictor, &other.predictor)
        swap(&isLoaded, &other.isLoaded)
        reset()
        other.reset()
    }

    private func matchOutputs(_ plan: PlanView.Model) {
        for output in 0..<plan.outputCount {
            outputOf[output] = -1
            guard isLoaded, predictor.task == plan.task else { continue }
            let wanted = plan.outputName(output)
            for own in 0..<predictor.outputCount where predictor.outputKey(own) == wanted { outputOf[output] = own }
        }
    }

    /// Runs the model once: inputs from the bus, outputs to the bus.
    func run(_ bus: UnsafeMutablePointer<Float>, plan: PlanView.Model, loudness: Decibels) {
        isOpen = loudness >= (isOpen ? plan.gate - Self.gateHysteresis : plan.gate)
        for i in 0..<plan.inputCount { inputs[i] = bus[plan.input(i)] }
        if isLoaded { locate(bus + plan.firstSlot) }
        switch plan.task {
        case .categories: runCategories(bus, plan)
        case .continuous: runContinuous(bus, plan)
        case .gestures: runGestures(bus, plan)
        }
    }

    private func locate(_ slots: UnsafeMutablePointer<Float>) {
        let position = predictor.mapPosition(inputs: inputs.pointer)
        slots[ModelSlot.mapX] = position.x
        slots[ModelSlot.mapY] = position.y
        let novelty = isOpen ? predictor.novelty(inputs: inputs.pointer) : 0
        slots[ModelSlot.novelty] = flushed(slots[ModelSlot.novelty] + coefficient * (novelty - slots[ModelSlot.novelty]))
    }

    private func predict(_ plan: PlanView.Model) {
        predictor.run(inputs: inputs.pointer, outputs: predicted.pointer)
        for slot in 0..<plan.outputCount {
            let value = outputOf[slot] >= 0 ? predicted[outputOf[slot]] : 0
            smoothed[slot] = hasHeard ? flushed(smoothed[slot] + coefficient * (value - smoothed[slot])) : value
        }
        hasHeard = true
    }

    // MARK: Categories

    private func runCategories(_ bus: UnsafeMutablePointer<Float>, _ plan: PlanView.Model) {
        let isDeciding = isLoaded && isOpen && plan.categoryCount > 0
        if isDeciding {
            predict(plan)
            label = decision.decide(
                smoothed.pointer, count: plan.categoryCount, seconds: hopSeconds, thresholds: thresholds.pointer)
        } else {
            // What sounds next is not mixed with what sounded before.
            hasHeard = false
            decision.reset()
            label = -1
        }
        bus[plan.firstSlot + ModelSlot.label] = Float(label)
        bus[plan.firstSlot + ModelSlot.certainty] = label >= 0 ? smoothed[label] : 0
        for slot in 0..<plan.categoryCount {
            bus[plan.firstOutputSlot + slot] = isDeciding ? smoothed[slot] : 0
        }
    }

    // MARK: Continuous values

    private func runContinuous(_ bus: UnsafeMutablePointer<Float>, _ plan: PlanView.Model) {
        let isSaying = isLoaded && isOpen
        if isSaying { predict(plan) }
        bus[plan.firstSlot + ModelSlot.label] = -1
        bus[plan.firstSlot + ModelSlot.certainty] = isSaying ? predictor.certainty : 0
        for slot in 0..<plan.outputCount {
            bus[plan.firstOutputSlot + slot] =
                hasHeard && outputOf[slot] >= 0 ? value(slot, plan) : plan.restingValue(slot)
        }
    }

    private func value(_ slot: Int, _ plan: PlanView.Model) -> Float {
        let position = clamp(smoothed[slot], 0, 1)
        return slot < plan.followedCount ? position : plan.knob(slot - plan.followedCount).value(position: position)
    }

    // MARK: Gestures

    private func runGestures(_ bus: UnsafeMutablePointer<Float>, _ plan: PlanView.Model) {
        silence = isOpen ? 0 : min(silence + hopSeconds, 1)
        let isFollowing = isLoaded && silence < Self.longestSilence
        if isFollowing {
            predictor.run(inputs: inputs.pointer, outputs: predicted.pointer)
        } else if hasHeard {
            predictor.reset()
        }
        hasHeard = isFollowing
        var most: Float = 0
        for gesture in 0..<plan.categoryCount {
            let slots = bus + plan.firstOutputSlot + gesture * Task.gestureValues
            let isKnown = isFollowing && outputOf[gesture] >= 0
            for i in 0..<Task.gestureValues {
                slots[i] = isKnown ? flushed(predicted[outputOf[gesture] * Task.gestureValues + i]) : 0
            }
            most = max(most, slots[0])
        }
        spotting.pass(hopSeconds)
        if isFollowing { spot(plan) }
        bus[plan.firstSlot + ModelSlot.label] = Float(spotting.label)
        bus[plan.firstSlot + ModelSlot.certainty] = spotting.label >= 0 ? spotting.certainty : most
    }

    private func spot(_ plan: PlanView.Model) {
        let spotted = predictor.spotted
        guard spotted >= 0 else { return }
        for gesture in 0..<plan.categoryCount where outputOf[gesture] == spotted {
            // A hop less, so that the same gesture again is seen to be another.
            spotting.begin(
                gesture, certainty: predicted[spotted * Task.gestureValues], seconds: plan.pause - hopSeconds)
        }
    }

    /// Forgets what was heard, keeps what was learned.
    func reset() {
        smoothed.clear()
        predictor.reset()
        decision.reset()
        spotting = Spotting()
        silence = 1
        isOpen = false
        hasHeard = false
        label = -1
    }
}

/// The gesture that was recognised, as long as it is shown.
private struct Spotting {
    private(set) var label = -1
    private(set) var certainty: Float = 0
    private var left: Seconds = 0

    mutating func begin(_ gesture: Int, certainty: Float, seconds: Seconds) {
        label = gesture
        self.certainty = certainty
        left = seconds
    }

    mutating func pass(_ seconds: Seconds) {
        left -= seconds
        if left <= 0 { label = -1 }
    }
}
