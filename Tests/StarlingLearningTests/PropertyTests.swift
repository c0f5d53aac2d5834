import Foundation
import StarlingLearning
import StarlingMath
import Testing

/// What must hold for every kind in the catalogue, whatever is taught, edited, set, asked or loaded.
///
/// A thousand cases by default; `STARLING_CASES=10000 swift test -c release --disable-testable-imports --filter
/// PropertyTests` tries them all. `STARLING_CASE=n` tries one. Each case is its seed, which a failure names.
@Suite struct PropertyTests {
    private static let parts = 8
    private static let caseCount = number("STARLING_CASES") ?? 1000
    private static let onlyCase = number("STARLING_CASE")

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(arguments: 0..<parts) func everyKindBehaves(part: Int) throws {
        for number in stride(from: part, to: Self.caseCount, by: Self.parts) where Self.onlyCase ?? number == number {
            let complaint = try complaint(seed: UInt64(number))
            #expect(complaint == nil, "case \(number): \(complaint ?? "")")
        }
    }

    /// Some edits, each followed by a training; nil where all went as it must.
    private func complaint(seed: UInt64) throws -> String? {
        var world = PropertyWorld(seed: seed)
        let name = "\(Text(world.kind.name)) \(world.task), \(world.dataset.inputCount) inputs"
        // A crash leaves nothing but the last words.
        if Self.onlyCase != nil { print("case \(seed): \(name)") }
        var earlier: Weights?
        for _ in 0...world.random.index(below: 3) {
            for _ in 0...world.random.index(below: 6) { world.edit() }
            if let mistake = world.mistakes.first { return "\(name): \(mistake)" }
            let settings = world.settings()
            let warm = world.random.index(below: 2) == 0 ? earlier : nil
            let trained = trained(&world, settings, seed: seed, warm: warm)
            if let complaint = trained.complaint { return "\(name): \(complaint), settings \(settings)" }
            guard let weights = trained.weights else { continue }
            if let complaint = complaintOfAnswers(weights, &world) { return "\(name): \(complaint), settings \(settings)" }
            earlier = weights
        }
        guard let earlier else { return nil }
        return complaintOfLoading(earlier, &world).map { "\(name): \($0)" }
    }

    // MARK: Training

    private func trained(
        _ world: inout PropertyWorld, _ settings: [Float], seed: UInt64, warm: Weights?
    ) -> (weights: Weights?, complaint: String?) {
        let dataset = world.dataset
        let trainer = Trainer(model: world.kind, settings: settings, seed: seed)
        trainer.start(dataset, outputKeys: dataset.keys, warm: warm)
        let slice = [3000, 200_000, 1 << 24][world.random.index(below: 3)]
        var progress: Float = 0
        while trainer.step(work: slice) {
            if !(trainer.progress >= progress && trainer.progress <= 1) { return (nil, "progress \(trainer.progress)") }
            if let left = trainer.workLeft, !(left >= 0 && left.isFinite) { return (nil, "work left \(left)") }
            progress = trainer.progress
        }
        if trainer.workLeft != 0 { return (nil, "work left at the end") }
        if (dataset.count == 0) != (trainer.weights == nil) { return (nil, "weights for \(dataset.count) examples") }
        for error in [trainer.trainingError, trainer.heldOutError] {
            if let error, !(error >= 0 && error.isFinite) { return (nil, "error \(error)") }
        }
        if world.random.index(below: 3) > 0 { return (trainer.weights, nil) }
        let again = Trainer(model: world.kind, settings: settings, seed: seed)
        again.start(dataset, outputKeys: dataset.keys, warm: warm)
        if again.finish() != trainer.weights { return (nil, "not the same when sliced by \(slice)") }
        return (trainer.weights, nil)
    }

    // MARK: Asking

    private func complaintOfAnswers(_ weights: Weights, _ world: inout PropertyWorld) -> String? {
        if Weights(checking: weights.words) != weights { return "its own weights are refused" }
        let model = predictor(weights)
        if (0..<model.outputCount).map(model.outputKey) != world.dataset.keys { return "keys are lost" }
        for _ in 0..<12 {
            let question = world.question()
            if let complaint = complaint(model, question, isTaught: true) { return "\(complaint) at \(question.prefix(16))" }
        }
        return nil
    }

    private func complaint(_ model: Predictor, _ inputs: [Float], isTaught: Bool) -> String? {
        var outputs = [Float](repeating: .nan, count: model.outputWidth)
        model.run(inputs: inputs, outputs: &outputs)
        if !outputs.allSatisfy({ $0.isFinite }) { return "not finite: \(outputs)" }
        let novelty = model.novelty(inputs: inputs)
        if !(novelty >= 0 && novelty <= 1) { return "novelty \(novelty)" }
        if !(model.certainty >= 0 && model.certainty <= 1) { return "certainty \(model.certainty)" }
        let place = model.mapPosition(inputs: inputs)
        if !(abs(place.x) <= 1 && abs(place.y) <= 1) { return "map \(place)" }
        if !(-1..<model.outputCount ~= model.spotted) { return "spotted \(model.spotted)" }
        switch model.task {
        case .categories:
            if !outputs.allSatisfy({ $0 >= 0 && $0 <= 1 }) { return "certainties \(outputs)" }
            if isTaught, abs(outputs.reduce(0, +) - 1) > 1e-4 { return "certainties sum to \(outputs.reduce(0, +))" }
        case .gestures:
            for gesture in stride(from: 0, to: outputs.count, by: Task.gestureValues) {
                let (certainty, phase, speed) = (outputs[gesture], outputs[gesture + 1], outputs[gesture + 2])
                if !(0...1 ~= certainty && 0...1 ~= phase && speed >= 0) { return "gesture \(certainty) \(phase) \(speed)" }
            }
        default: break
        }
        return nil
    }

    // MARK: Loading

    /// Whatever is refused leaves nothing; whatever passes answers within bounds.
    private func complaintOfLoading(_ weights: Weights, _ world: inout PropertyWorld) -> String? {
        let inputCount = weights.inputCount + 4
        let predictor = Predictor(
            wordCapacity: weights.words.count + 8, maximumInputs: inputCount,
            maximumOutputs: weights.outputKeys.count + 4)
        for _ in 0..<24 {
            let words = world.spoiled(weights.words)
            let isLoaded = predictor.load(words, count: words.count)
            if isLoaded != predictor.isLoaded { return "loaded in part" }
            if words.count != weights.words.count && isLoaded { return "took \(words.count) words for \(weights.words.count)" }
            if !isLoaded { continue }
            let question = (0..<inputCount).map { _ in world.random.normal() * 10 }
            if let complaint = complaint(predictor, question, isTaught: false) { return "hostile words: \(complaint)" }
        }
        return nil
    }
}
