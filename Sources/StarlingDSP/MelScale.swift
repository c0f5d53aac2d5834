import StarlingMath

/// Slaney's mel scale: even steps in hertz below 1 kHz, even ratios above, as the ear hears pitch distance.
///
/// Reference: M. Slaney, Auditory Toolbox (Interval Research 1998-010); librosa's default (`htk=False`).
public enum MelScale {
    private static let hertzPerMel = 200.0 / 3
    private static let logarithmicFrom = 1000.0
    private static let logarithmicStep = ExactMath.logarithm(6.4) / 27

    /// The mel of a frequency from 0 Hz on.
    public static func mel(hertz: Double) -> Double {
        guard hertz >= logarithmicFrom else { return hertz / hertzPerMel }
        return logarithmicFrom / hertzPerMel + ExactMath.logarithm(hertz / logarithmicFrom) / logarithmicStep
    }

    /// The frequency in hertz of a mel from 0 on.
    public static func hertz(mel: Double) -> Double {
        let above = mel - logarithmicFrom / hertzPerMel
        guard above >= 0 else { return mel * hertzPerMel }
        return logarithmicFrom * ExactMath.exponential(above * logarithmicStep)
    }
}
