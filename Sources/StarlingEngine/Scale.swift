/// A choice among the twelve pitch classes, to which mapped pitches are drawn.
public enum Scale: UInt32, Sendable, CaseIterable {
    case chromatic, major, minor, harmonicMinor, dorian, mixolydian, pentatonic, minorPentatonic, blues, wholeTone, fifths

    /// The word in project documents.
    public var name: StaticString { record.name }
    /// The name for people.
    public var label: StaticString { record.label }

    /// The pitch classes of the scale on a root, 0 for C to 11 for B.
    func pitches(root: Int) -> PitchSet {
        let mask = record.mask << UInt32(root)
        return PitchSet(mask: (mask | mask >> 12) & 0xFFF)
    }

    /// Bit n of the mask stands for n semitones above the root.
    private var record: (name: StaticString, label: StaticString, mask: UInt32) {
        switch self {
        case .chromatic: ("chromatic", "Chromatic", 0b1111_1111_1111)
        case .major: ("major", "Major", 0b1010_1011_0101)
        case .minor: ("minor", "Minor", 0b0101_1010_1101)
        case .harmonicMinor: ("harmonic-minor", "Harmonic minor", 0b1001_1010_1101)
        case .dorian: ("dorian", "Dorian", 0b0110_1010_1101)
        case .mixolydian: ("mixolydian", "Mixolydian", 0b0110_1011_0101)
        case .pentatonic: ("pentatonic", "Pentatonic", 0b0010_1001_0101)
        case .minorPentatonic: ("minor-pentatonic", "Minor pentatonic", 0b0100_1010_1001)
        case .blues: ("blues", "Blues", 0b0100_1110_1001)
        case .wholeTone: ("whole-tone", "Whole tone", 0b0101_0101_0101)
        case .fifths: ("fifths", "Octaves and fifths", 0b0000_1000_0001)
        }
    }
}

/// Whole numbers that repeat every twelve: the notes of a scale; all of them are the steps of a staircase.
struct PitchSet {
    /// By how far another must be nearer before one that was settled on is left, in whole numbers: against flutter.
    static let hysteresis: Float = 0.3
    static let all = PitchSet(mask: 0xFFF)

    /// Bit n stands for the pitch class n, 0 for C.
    let mask: UInt32

    func contains(_ note: Int) -> Bool { mask >> UInt32((note % 12 + 12) % 12) & 1 == 1 }

    /// The nearest member to a number within ±1000; the lower of two that are as near. The set must not be empty.
    func nearest(to note: Float) -> Float {
        let middle = Int(note.rounded(.toNearestOrEven))
        for away in 0..<12 {
            let (below, above) = (middle - away, middle + away)
            let isAboveNearer = Float(above) - note < note - Float(below)
            if contains(above), isAboveNearer || !contains(below) { return Float(above) }
            if contains(below) { return Float(below) }
        }
        return note
    }

    /// The member to settle on, coming from `rest`: the nearest only once it is nearer by the hysteresis.
    @inline(never) func settled(_ note: Float, from rest: Float) -> Float {
        let nearest = nearest(to: note)
        return abs(note - rest) - abs(note - nearest) > Self.hysteresis ? nearest : rest
    }
}
