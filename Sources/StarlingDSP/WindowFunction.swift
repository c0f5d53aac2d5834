import StarlingMath

/// The weighting of a frame before its transform, in the periodic form that spectra want.
///
/// Reference: F. Harris, On the use of windows for harmonic analysis (Proc. IEEE 66, 1978); SciPy's
/// `get_window` gives the same numbers.
public enum WindowFunction: UInt8, Sendable, CaseIterable {
    case rectangular, hann, hamming, blackman

    /// The weights for `count` samples; the symmetric form, as for filters, ends where it begins.
    public func weights(count: Int, isSymmetric: Bool = false) -> [Double] {
        (0..<count).map { weight(cycles: Double($0) / Double(isSymmetric ? count - 1 : count)) }
    }

    private func weight(cycles: Double) -> Double {
        let first = ExactMath.cosine(cycles: cycles)
        let second = ExactMath.cosine(cycles: 2 * cycles)
        switch self {
        case .rectangular: return 1
        case .hann: return 0.5 - 0.5 * first
        case .hamming: return 0.54 - 0.46 * first
        case .blackman: return 0.42 - 0.5 * first + 0.08 * second
        }
    }
}
