/// What a model learns to answer.
public enum Task: UInt8, Sendable, CaseIterable {
    /// Which of several categories the input belongs to, as a certainty for each.
    case categories
    /// The values of one or several continuous targets.
    case continuous
    /// Which of several gestures is being made, how far it is and how fast: `Task.gestureValues` values for each.
    case gestures

    /// The word in files and on the command line.
    public var name: StaticString {
        switch self {
        case .categories: "categories"
        case .continuous: "continuous"
        case .gestures: "gestures"
        }
    }

    /// The task as a member of a set of bits.
    var bit: UInt8 { 1 << rawValue }

    /// Whether examples carry the number of a category or gesture, not targets.
    public var hasCategories: Bool { self != .continuous }

    /// The values a predictor gives for each gesture: certainty 0...1, phase 0...1, speed (1 is as taught).
    public static let gestureValues = 3

    /// How many values a predictor gives for each output.
    public var valuesPerOutput: Int { self == .gestures ? Task.gestureValues : 1 }
}

/// The largest problems that are taken on. Everything beyond is refused with a sentence.
public enum LearningLimits {
    /// Inputs of one model.
    public static let inputs = 1024
    /// Categories or targets of one model.
    public static let outputs = 256
    /// Examples of one dataset.
    public static let examples = 1 << 20
    /// Words of one model's weights, so that they fit where the audio thread runs them.
    public static let words = 524_288
    /// As many of them are left for a model kind's own: what stands before those (scaling, map, calibration and novelty)
    /// has at most 32,768.
    static let bodyWords = words - 32_768
    /// The largest magnitude of an input, a target or a weight. Squares and sums of such numbers stay finite.
    public static let magnitude: Float = 1e15
}

/// Whether a number is neither NaN nor infinite nor beyond `LearningLimits.magnitude`.
@inline(__always) func isUsable(_ x: Float) -> Bool { x.magnitude <= LearningLimits.magnitude }
