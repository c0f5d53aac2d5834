import StarlingMath

/// The sound that plays where none has been loaded: a sung c' that turns from a to o, a second and a half.
///
/// Reference: additive synthesis; amplitudes after the formants of `VowelTable`.
final class BuiltInSound: Sendable {
    static let rate: Hertz = 32_000
    static let count = 48_000
    static let root: NoteNumber = 60
    private static let partialCount = 14
    private let memory = Floats(count + 2 * SoundBank.margin)

    /// The only one there is: it is made when it is first asked for, at the cost of 700,000 sines.
    static let shared = BuiltInSound()

    private init() {
        let vowels = VowelTable()
        let samples = memory.pointer + SoundBank.margin
        for partial in 1...Self.partialCount {
            let (first, last) = (Self.strength(partial, vowels, 0), Self.strength(partial, vowels, 3))
            let cycles = Double(hertz(note: Self.root)) * Double(partial) / Double(Self.rate)
            // Phases that grow with the square of the number keep the peaks low.
            let start = Double(partial * partial) * 0.5 / Double(Self.partialCount) + 0.13
            for i in 0..<Self.count {
                let phase = start + cycles * Double(i)
                let strength = first + (last - first) * Float(i) / Float(Self.count)
                samples[i] += strength * fastSine(cycles: Float(phase - phase.rounded(.down)))
            }
        }
        for i in 0..<Self.count { samples[i] *= min(Float(i + 1) / 1_200, 1, Float(Self.count - i) / 3_200) }
    }

    private static func strength(_ partial: Int, _ vowels: VowelTable, _ vowel: Float) -> Float {
        let frequency = hertz(note: root) * Float(partial)
        var sum: Float = 0.02
        for i in 0..<VowelTable.formantCount {
            let formant = vowels.formant(i, vowel: vowel)
            let distance = (frequency - formant.frequency) / 160
            sum += formant.gain / (1 + distance * distance)
        }
        return 0.35 * sum / Float(partial).squareRoot()
    }

    /// The sound as an instrument reads it.
    var sound: BankedSound {
        BankedSound(
            samples: UnsafePointer(memory.pointer + SoundBank.margin), count: Self.count, rate: Self.rate, root: Self.root,
            loop: (12_000, 40_000), number: 0)
    }
}
