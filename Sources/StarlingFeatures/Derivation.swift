import StarlingMath

/// What is made of a value as it goes on: the kinds of derived features.
public enum DerivationKind: UInt8, Sendable, CaseIterable {
    case mean, deviation, minimum, maximum, slope, delta, acceleration, lag, smooth, euro, gate, scale

    /// The word in project documents.
    public var name: StaticString { words.name }
    /// The name for people.
    public var label: StaticString { words.label }
    /// What it does, in a musician's words.
    public var help: StaticString { words.help }
    /// The definition.
    public var reference: StaticString { words.reference }

    private typealias Words = (name: StaticString, label: StaticString, help: StaticString, reference: StaticString)

    private var words: Words {
        switch self {
        case .mean: ("mean", "On average", "Its mean over the last moments.", "numpy.mean over the window")
        case .deviation:
            ("deviation", "How much it varies", "How far it strays from its mean over the last moments.", "numpy.std over the window")
        case .minimum: ("minimum", "Its lowest", "The lowest it was in the last moments.", "numpy.min over the window")
        case .maximum: ("maximum", "Its highest", "The highest it was in the last moments.", "numpy.max over the window")
        case .slope:
            (
                "slope", "How fast it rises", "How much it rises in a second, by a straight line through the last moments.",
                "numpy.polyfit over the window, degree 1, per second"
            )
        case .delta: ("delta", "How it has changed", "Its change since a moment ago.", "x[n] - x[n - k]")
        case .acceleration:
            ("acceleration", "How its change changes", "Whether its change speeds up or slows down.", "x[n] - 2 x[n - k] + x[n - 2 k]")
        case .lag: ("lag", "A moment ago", "What it was a moment ago; several make a history.", "x[n - k]")
        case .smooth:
            ("smooth", "Smoothed", "It follows calmly, without trembling.", "One-pole filter: y += (1 - exp(-hop / time)) (x - y)")
        case .euro:
            (
                "euro", "Smoothed, yet quick", "Calm while it hardly moves, quick when it does.",
                "G. Casiez, N. Roussel and D. Vogel, 1 Euro Filter (CHI 2012), speed in source ranges a second"
            )
        case .gate:
            ("gate", "Held while quiet", "It stays where it was while the sound is quieter than a level.", "Sample and hold by loudness")
        case .scale:
            ("scale", "In my range", "From 0 to 1 over your own range, lowest to highest.", "(x - low) / (high - low), limited to 0...1")
        }
    }
}

/// How one derived feature is made.
public struct Derivation: Sendable {
    public var kind: DerivationKind
    /// The window, the distance in time or the time constant.
    public var seconds: Seconds
    /// For `euro` how many hertz its cutoff rises for a speed of one range a second; for `gate` the level in dB.
    public var amount: Float
    /// The source's range; for `scale` the player's.
    public var low, high: Float

    public init(kind: DerivationKind, seconds: Seconds, amount: Float, low: Float, high: Float) {
        (self.kind, self.seconds, self.amount, self.low, self.high) = (kind, seconds, amount, low, high)
    }

    /// The times there are, in seconds.
    public static let times: ClosedRange<Double> = 0.001...5
}
