import StarlingMath

/// How the modes of a struck thing lie: twelve frequencies as multiples of the note's.
///
/// Bars have six modes that bend them, then six that twist them; these are multiples of the first, as in a uniform bar.
/// References, unless said below: N. Fletcher and T. Rossing, "The Physics of Musical Instruments", 2nd ed. 1998.
enum Material {
    static let modeCount = 12
    /// Marimba, metal bar, bell, tine, skin: the values of the parameter from 0 to 4.
    static let ratios: [[Float]] = [
        // A tuned wooden bar (appendix "Modal frequency ratios" of the Csound manual); the first twist of a marimba's bars is
        // 1.95 on average from C3 to D5 (measured by J. La Favre, "First torsional mode in a 5-octave marimba").
        [1, 3.932, 9.538, 16.688, 24.566, 31.147, 1.95, 3.9, 5.85, 7.8, 9.75, 11.7],
        // A thin uniform bar: squares of the zeros of cos x cosh x - 1; twists of one six times as long as it is wide.
        [1, 2.757, 5.404, 8.933, 13.344, 18.638, 3.62, 7.24, 10.86, 14.48, 18.1, 21.72],
        // A well-tuned church bell: prime, hum, tierce, quint, nominal, tenth, eleventh, twelfth, upper octave, upper
        // eleventh, upper sixth, triple octave (T. Rossing and R. Perrin, "Vibrations of bells", Applied Acoustics 20, 1987).
        [1, 0.5, 1.2, 1.5, 2, 2.5, 2.667, 3, 4, 5.333, 6.667, 8],
        // A stiff string: n (1 + 0.0012 n^2)^0.5, less the first one's share.
        [1, 2.004, 3.014, 4.036, 5.071, 6.125, 7.199, 8.297, 9.422, 10.577, 11.764, 12.988],
        // An ideal membrane: zeros of Bessel functions as multiples of the first.
        [1, 1.593, 2.136, 2.295, 2.653, 2.917, 3.156, 3.5, 3.598, 3.647, 4.059, 4.132],
    ]
}

/// All materials as one run of octaves, and the modes between two of them.
final class MaterialTable: @unchecked Sendable {
    private let octaves: Floats

    init() { octaves = Floats(Material.ratios.flatMap { $0.map(fastLog2) }) }

    /// The ratio of a mode in octaves at a place 0...4 among the materials.
    func octave(_ mode: Int, material: Float) -> Float {
        let place = clamp(material, 0, Float(Material.ratios.count - 1))
        let first = min(Int(place), Material.ratios.count - 2)
        let at = first * Material.modeCount + mode
        return octaves[at] + (place - Float(first)) * (octaves[at + Material.modeCount] - octaves[at])
    }
}
