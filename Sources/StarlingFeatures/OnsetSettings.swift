import StarlingMath

/// In what the beginning of a sound is seen.
public enum OnsetFunction: UInt8, Sendable, CaseIterable {
    /// The rise of the partials, the change of colour and the complex domain together.
    case combined
    /// The rise of the bands alone (spectral flux).
    case flux
    /// The rise of the level.
    case energy
    /// The rise of the high frequencies.
    case high
    /// What the phases and magnitudes of the last two frames did not let expect (rectified complex domain).
    case complex

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .combined: "combined"
        case .flux: "flux"
        case .energy: "energy"
        case .high: "high"
        case .complex: "complex"
        }
    }

    /// How strong a beginning is at least.
    var least: Float {
        switch self {
        case .combined: 0.43
        case .flux: 0.8
        case .energy, .high: 2
        case .complex: 12
        }
    }
}

/// What counts as a beginning.
public struct OnsetSettings: Sendable, Equatable {
    /// In what it is seen.
    public var function: OnsetFunction
    /// How many times as strong as usual it must be: 1 as measured to be best, more for fewer, less for more.
    public var threshold: Float
    /// For how long after one there is no other.
    public var refractorySeconds: Seconds

    public init(function: OnsetFunction = .combined, threshold: Float = 1, refractorySeconds: Seconds = 0.07) {
        (self.function, self.threshold, self.refractorySeconds) = (function, threshold, refractorySeconds)
    }
}
