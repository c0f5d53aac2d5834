import StarlingMath

/// What the waves of the wavetable synthesiser are made of: four sets of eight spectra, each a way from one sound to another.
///
/// All partials begin at phase 0, so that waves between two spectra have what lies between. Every wave has an RMS of 0.5.
struct MorphSpectra {
    static let setCount = 4
    /// How many waves a set has.
    static let waveCount = 8
    /// How many partials a wave has at most.
    static let partialCount = 256
    private let vowels = VowelTable()

    /// The amplitudes of a set's wave, partial by partial.
    func amplitudes(set: Int, wave: Int) -> [Float] {
        let place = Float(wave) / Float(Self.waveCount - 1)
        let raw = (1...Self.partialCount).map { partial in
            switch set {
            case 0: soft(Float(partial), place)
            case 1: classic(partial, place)
            case 2: vocal(Float(partial), place)
            default: metallic(Float(partial), place)
            }
        }
        let power = raw.reduce(0) { $0 + $1 * $1 }
        return raw.map { $0 * (0.5 / power).squareRoot() }
    }

    /// From a sine over a flute and an organ to a reed: partials that fall ever less steeply, odd ones first.
    private func soft(_ partial: Float, _ place: Float) -> Float {
        let isEven = (partial * 0.5).rounded() * 2 == partial
        return fastExp2((1 - partial) * (4.5 - 4.1 * place.squareRoot())) * (isEven ? 0.25 + 0.75 * place : 1)
    }

    /// Triangle, sawtooth, square and a narrow pulse.
    private func classic(_ partial: Int, _ place: Float) -> Float {
        let n = Float(partial)
        let odd: Float = partial & 1 == 1 ? 1 : 0
        let corners = [odd / (n * n), 1 / n, 1.27 * odd / n, 1.9 * fastSine(cycles: 0.05 * n).magnitude / n]
        let at = place * 3
        let first = min(Int(at), 2)
        return corners[first] + (at - Float(first)) * (corners[first + 1] - corners[first])
    }

    /// A throat at a low note, from a over e, i and o to u.
    private func vocal(_ partial: Float, _ place: Float) -> Float {
        var sum: Float = 0.015
        for index in 0..<VowelTable.formantCount {
            let (frequency, gain) = vowels.formant(index, vowel: 4 * place)
            let distance = (partial * 130 - frequency) / (0.8 * Vowel.width[index] + 20)
            sum += gain / (1 + distance * distance)
        }
        return sum / partial.squareRoot()
    }

    /// Partials in ever closer combs, with gaps as plates and bars have them.
    private func metallic(_ partial: Float, _ place: Float) -> Float {
        let comb = 0.5 + 0.5 * fastSine(cycles: 0.25 + (partial - 1) * (0.145 + 0.29 * place))
        let tooth = comb * comb * comb
        return tooth * fastExp2(-0.75 * fastLog2(partial)) + (partial == 1 ? 0.3 : 0)
    }
}
