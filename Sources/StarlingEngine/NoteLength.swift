import StarlingMath

/// How long a step is, as musicians write it; `t` is a triplet, of which three have the time of two.
public enum NoteLength: UInt32, Sendable, CaseIterable {
    case quarter, quarterTriplet, eighth, eighthTriplet, sixteenth, sixteenthTriplet, thirtySecond, thirtySecondTriplet

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .quarter: "1/4"
        case .quarterTriplet: "1/4t"
        case .eighth: "1/8"
        case .eighthTriplet: "1/8t"
        case .sixteenth: "1/16"
        case .sixteenthTriplet: "1/16t"
        case .thirtySecond: "1/32"
        case .thirtySecondTriplet: "1/32t"
        }
    }

    /// Whether three of them have the time of two; triplets do not swing.
    public var isTriplet: Bool { rawValue & 1 == 1 }

    /// In beats, of which each is a quarter.
    public var beats: Double {
        let straight = 1 / Double(1 << (rawValue >> 1))
        return isTriplet ? straight * 2 / 3 : straight
    }

    /// The length of this name; a sixteenth where there is none.
    static func named(_ name: Text?) -> NoteLength { allCases.first { name == Text($0.name) } ?? .sixteenth }
}

/// When a pattern begins and ends after it was asked to: at the next of these.
public enum Quantum: UInt32, Sendable, CaseIterable {
    case now, step, beat, bar

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .now: "now"
        case .step: "step"
        case .beat: "beat"
        case .bar: "bar"
        }
    }

    /// The quantum of this name; a bar where there is none.
    static func named(_ name: Text?) -> Quantum { allCases.first { name == Text($0.name) } ?? .bar }
}
