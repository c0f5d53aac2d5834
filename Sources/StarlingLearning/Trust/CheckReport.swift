/// How well a kind does on takes it has not seen, and where it errs.
public struct CheckReport: Sendable {
    /// All answers to examples that were not learned from, counted together.
    public internal(set) var evaluation: Evaluation
    /// The takes of which some examples were answered with another category, the worst first; empty for targets.
    public internal(set) var confused: [ConfusedTake] = []
    /// How each take did when it was not learned from, in the order of their numbers.
    public internal(set) var takes: [TakeResult] = []
    /// The errors from few examples to many; empty where there are too few, or it was not asked for.
    public internal(set) var curve: [CurvePoint] = []

    /// The error on the very examples that were learned from; nil without a curve. Never to be taken for how well it does.
    public var trainingError: Float? { curve.last?.trainingError }
}

/// A take of which examples were answered with another category than wanted.
public struct ConfusedTake: Sendable, Equatable {
    /// The number of the take.
    public let take: Int
    /// The category it was taught as, and the one it was answered with.
    public let wanted, answered: Int
    /// The share of the take's examples of that category so answered, 0...1.
    public let share: Float
}

/// How a take did when it was not learned from.
public struct TakeResult: Sendable, Equatable {
    /// The number of the take, and how many of its examples were asked for.
    public let take, exampleCount: Int
    /// The share of wrong categories, or the root mean square error in units of the targets' deviation.
    public let error: Float
}
