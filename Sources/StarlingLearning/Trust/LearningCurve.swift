/// One point of a learning curve: how well a kind does that has learned from some of the examples.
public struct CurvePoint: Sendable, Equatable {
    /// From how many examples it learned, in the mean over the repetitions.
    public let examples: Int
    /// The error on examples held out, as `Trainer.heldOutError` gives it.
    public let error: Float
    /// The error on the very examples it learned from.
    public let trainingError: Float
}

/// Learns from a fifth to all of the takes and asks for others, so that one sees whether more would help. Sliced.
///
/// Three times, another fifth of the units (`Examples.units`) is held out and the others are taught little by little, each
/// share holding the smaller ones. Cost: 15 trainings on 2/5 of the examples in the mean.
final class LearningCurve {
    private let examples: Examples
    private let model: ModelInfo
    private let settings: [Float]
    private let seed: UInt64
    private let ranks: [Int]
    private let unitCounts: [Int]
    private let deviations: [Float]
    private var round = 0
    private var rehearsal: Rehearsal?
    private var heldOut: [AnswerTally]
    private var training: [AnswerTally]
    private var learnedCounts: [Int]

    static let shares: [Float] = [0.2, 0.4, 0.6, 0.8, 1]
    private static let repetitions = 3
    private static let parts = 5
    /// Of those held out and of those learned from: enough to tell one per cent.
    private static let mostAsked = 300
    /// How many trainings it takes.
    static let trainingCount = shares.count * repetitions

    init(_ examples: Examples, deviations: [Float], model: ModelInfo, settings: [Float], seed: UInt64) {
        self.examples = examples
        self.deviations = deviations
        self.model = model
        self.settings = settings
        self.seed = seed
        (ranks, unitCounts) = examples.unitRanks(seed: seed)
        let tally = AnswerTally(examples, deviations: deviations)
        heldOut = LearningCurve.shares.map { _ in tally }
        training = heldOut
        learnedCounts = LearningCurve.shares.map { _ in 0 }
    }

    /// How far it is, 0...1.
    var progress: Float { (Float(round) + (rehearsal?.progress ?? 0)) / Float(Self.trainingCount) }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while round < Self.trainingCount {
            if work <= 0 { return true }
            let share = round / Self.repetitions
            if rehearsal == nil { rehearsal = begin(share: share, part: round % Self.repetitions) }
            if let rehearsal {
                let isUnfinished = rehearsal.step(&work) { row, outputs in
                    if isHeldOut(row, part: round % Self.repetitions) {
                        heldOut[share].add(row, outputs)
                    } else {
                        training[share].add(row, outputs)
                    }
                }
                if isUnfinished { return true }
            }
            rehearsal = nil
            round += 1
        }
        return false
    }

    /// The points from few examples to many; shares without anything to learn or to ask are left out.
    var points: [CurvePoint] {
        Self.shares.indices.compactMap { share in
            guard let error = heldOut[share].error, let trainingError = training[share].error else { return nil }
            let count = learnedCounts[share] / Self.repetitions
            return CurvePoint(examples: count, error: error, trainingError: trainingError)
        }
    }

    private func begin(share: Int, part: Int) -> Rehearsal? {
        let learned = ranks.indices.filter { isLearned($0, share: Self.shares[share], part: part) }
        let asked = ranks.indices.filter { isHeldOut($0, part: part) }
        learnedCounts[share] += learned.count
        if learned.isEmpty || asked.isEmpty { return nil }
        return Rehearsal(
            examples, learned: learned, asked: someOf(asked) + someOf(learned), model: model, settings: settings,
            seed: seed)
    }

    private func someOf(_ rows: [Int]) -> [Int] {
        // Gestures are asked as a whole.
        if examples.task == .gestures { return rows }
        let step = (rows.count + Self.mostAsked - 1) / Self.mostAsked
        return stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    }

    private func isHeldOut(_ row: Int, part: Int) -> Bool { ranks[row] % Self.parts == part }

    private func isLearned(_ row: Int, share: Float, part: Int) -> Bool {
        if isHeldOut(row, part: part) { return false }
        let count = unitCounts[examples.stratum(row)]
        func heldOutBelow(_ rank: Int) -> Int { (rank - part + Self.parts - 1) / Self.parts }
        let others = count - heldOutBelow(count)
        let place = ranks[row] - heldOutBelow(ranks[row])
        return Float(place) < (share * Float(others)).rounded(.up)
    }
}
