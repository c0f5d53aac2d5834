import StarlingMath

/// How the modes of a struck thing lie: twelve frequencies as multiples of the note's.
///
/// References: N. Fletcher and T. Rossing, "The Physics of Musical Instruments", 2nd ed. 1998: tuned bars (marimba 1 : 4 : 10,
/// here with the free bar's higher modes), uniform free bars, church bells, and ideal membranes (zeros of Bessel functions).
enum Material {
    static let modeCount = 12
    /// Marimba, metal bar, bell, string-like tine, skin: the values of the parameter from 0 to 4.
    static let ratios: [[Float]] = [
        [1, 3.98, 9.9, 16.2, 24.1, 33.6, 2.01, 5.9, 12.4, 19.9, 28.5, 37.8],
        [1, 2.756, 5.404, 8.933, 13.345, 18.638, 2.02, 4.1, 7.1, 11.05, 15.9, 21.6],
        [1, 0.5, 1.2, 1.5, 2, 2.5, 2.66, 3, 4, 5.33, 6.67, 8.2],
        [1, 2, 3.01, 4.03, 5.07, 6.13, 7.2, 8.31, 9.45, 10.6, 11.8, 13],
        [1, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156, 3.5, 3.6, 3.652, 4.06, 4.154],
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
