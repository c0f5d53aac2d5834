import StarlingMath

/// How a mapping goes from its source's range to its destination's: from 0 to 1, never falling.
public enum MappingCurve: UInt32, Sendable, CaseIterable {
    /// Evenly.
    case linear
    /// Slowly, then fast: (16^x - 1) / 15.
    case exponential
    /// Fast, then slowly: the inverse of exponential, log2(1 + 15 x) / 4.
    case logarithmic
    /// Gently at both ends: x² (3 - 2 x).
    case sCurve

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .linear: "linear"
        case .exponential: "exponential"
        case .logarithmic: "logarithmic"
        case .sCurve: "s-curve"
        }
    }

    /// The name for people.
    public var label: StaticString {
        switch self {
        case .linear: "Even"
        case .exponential: "Late"
        case .logarithmic: "Early"
        case .sCurve: "Soft ends"
        }
    }

    /// Where the curve is at `x` 0...1.
    public func value(_ x: Float) -> Float {
        switch self {
        case .linear: x
        case .exponential: (fastExp2(4 * x) - 1) * (1 / 15)
        case .logarithmic: fastLog2(1 + 15 * x) * 0.25
        case .sCurve: x * x * (3 - 2 * x)
        }
    }
}
