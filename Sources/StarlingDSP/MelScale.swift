import StarlingMath

/// A mel scale: frequencies as far apart as the ear hears them.
public enum MelScale: Sendable {
    /// Even steps in hertz below 1 kHz, even ratios above.
    ///
    /// Reference: M. Slaney, Auditory Toolbox (Interval Research 1998-010); librosa's default (`htk=False`).
    case slaney
    /// The logarithm of 1 + hertz / 700.
    ///
    /// Reference: S. Young et al., The HTK Book; librosa's `htk=True`. Others give the mel another size, with the same bands.
    case htk

    private static let hertzPerMel = 200.0 / 3
    private static let logarithmicFrom = 1000.0
    private static let logarithmicStep = ExactMath.logarithm(6.4) / 27
    private static let htkStep = 1127.010_48

    /// The mel of a frequency from 0 Hz on.
    public func mel(hertz: Double) -> Double {
        if self == .htk { return Self.htkStep * ExactMath.logarithm(1 + hertz / 700) }
        guard hertz >= Self.logarithmicFrom else { return hertz / Self.hertzPerMel }
        return Self.logarithmicFrom / Self.hertzPerMel
            + ExactMath.logarithm(hertz / Self.logarithmicFrom) / Self.logarithmicStep
    }

    /// The frequency in hertz of a mel from 0 on.
    public func hertz(mel: Double) -> Double {
        if self == .htk { return 700 * (ExactMath.exponential(mel / Self.htkStep) - 1) }
        let above = mel - Self.logarithmicFrom / Self.hertzPerMel
        guard above >= 0 else { return mel * Self.hertzPerMel }
        return Self.logarithmicFrom * ExactMath.exponential(above * Self.logarithmicStep)
    }

    /// The corners of `bandCount` overlapping bands between two frequencies: the lower end, the centres, the upper end.
    public func corners(bandCount: Int, from lowest: Double, to highest: Double) -> [Double] {
        let (bottom, top) = (mel(hertz: lowest), mel(hertz: highest))
        return (0..<bandCount + 2).map { hertz(mel: bottom + (top - bottom) * Double($0) / Double(bandCount + 1)) }
    }
}
