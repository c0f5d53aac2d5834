import StarlingMath

/// The resonances of a throat that sings a vowel: frequency and strength of five formants.
///
/// The frequencies are rounded averages of men and women. The strengths are what each formant adds to the fall of the
/// source.
/// Reference: G. Peterson and H. Barney, "Control methods used in a study of the vowels", JASA 1952; J. Sundberg,
/// "The Science of the Singing Voice", 1987, for the formants that cluster above.
struct Vowel {
    /// Hz.
    let frequency: [Float]
    /// dB at the peak.
    let level: [Float]

    /// The width of each formant in Hz, the same for all vowels.
    static let width: [Float] = [90, 110, 150, 200, 260]

    /// a, e, i, o, u: the values of the parameter from 0 to 4.
    static let all: [Vowel] = [
        Vowel(frequency: [760, 1180, 2650, 3300, 4200], level: [0, -1, -4, -2, -10]),
        Vowel(frequency: [460, 2050, 2650, 3350, 4200], level: [0, -1, -3, -4, -10]),
        Vowel(frequency: [310, 2350, 3050, 3500, 4300], level: [0, -1, -2, -4, -10]),
        Vowel(frequency: [480, 840, 2550, 3200, 4100], level: [0, -3, -8, -7, -14]),
        Vowel(frequency: [330, 680, 2450, 3150, 4100], level: [0, -6, -12, -11, -18]),
    ]
}

/// All vowels as one run of numbers, and the formants between two of them.
final class VowelTable: @unchecked Sendable {
    /// How many formants a vowel has.
    static let formantCount = 5
    private let octaves: Floats
    private let levels: Floats

    init() {
        octaves = Floats(Vowel.all.flatMap { $0.frequency.map(fastLog2) })
        levels = Floats(Vowel.all.flatMap { $0.level })
    }

    /// Frequency in Hz and gain of a formant at a place 0...4 on the way from a to u.
    ///
    /// Frequencies move by equal intervals, levels by equal decibels.
    func formant(_ index: Int, vowel: Float) -> (frequency: Hertz, gain: Float) {
        let place = clamp(vowel, 0, Float(Vowel.all.count - 1))
        let first = min(Int(place), Vowel.all.count - 2)
        let at = first * Self.formantCount + index
        let (a, b) = (at, at + Self.formantCount)
        let share = place - Float(first)
        return (
            fastExp2(octaves[a] + share * (octaves[b] - octaves[a])),
            amplitude(decibels: levels[a] + share * (levels[b] - levels[a]))
        )
    }
}
