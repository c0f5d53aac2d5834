import StarlingDSP
import StarlingMath

/// How the spectrum lies around its centroid: spread, skewness and kurtosis of frequency, each weighted by its magnitude.
///
/// Silence gives 0 for all three. Cost: three multiplications a bin.
final class SpectralShape: Feature {
    static let info = FeatureInfo(
        id: 7, name: "shape", label: "Shape",
        help: """
            How wide the sound's frequencies reach and to which side. A whistle is narrow, a chord wider, a hiss widest; \
            skewness is positive where most lies low with a tail of high frequencies, kurtosis is high for a single peak.
            """,
        reference: """
            G. Peeters, A large set of audio features for sound description (IRCAM 2004), 6.1; spread: \
            librosa.feature.spectral_bandwidth(p=2, center=False)
            """,
        outputs: [
            ParameterInfo(
                "spread", label: "Spread", unit: .hertz, range: 0...20_000, default: 0,
                help: "How far, in hertz, frequencies lie from the brightness: small for a tone, large for noise."),
            ParameterInfo(
                "skewness", label: "Skewness", range: -100...100, default: 0,
                help: "To which side of the brightness the spectrum has its tail; above 0 towards high frequencies."),
            ParameterInfo(
                "kurtosis", label: "Kurtosis", range: 0...10_000, default: 0,
                help: "How peaked the spectrum is: about 1.8 for white noise, much more for a tone."),
        ])

    private let frequencies: Floats

    init(_ setup: FeatureSetup) { frequencies = Floats(setup.binFrequencies) }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let magnitude = frame.magnitude
        let total = Double(sum(magnitude, count: frame.binCount))
        let moments = total > 0 ? centralMoments(magnitude, frame.binCount, total: total) : .zero
        let spread = moments[0].squareRoot()
        // A spectrum in one bin has no shape.
        let hasShape = spread > 1e-3
        output[0] = clamp(Float(spread), 0, 20_000)
        output[1] = hasShape ? clamp(Float(moments[1] / (moments[0] * spread)), -100, 100) : 0
        output[2] = hasShape ? clamp(Float(moments[2] / (moments[0] * moments[0])), 0, 10_000) : 0
    }

    /// The second, third and fourth moment about the mean frequency.
    private func centralMoments(_ magnitude: UnsafePointer<Float>, _ binCount: Int, total: Double) -> SIMD3<Double> {
        let hertz = frequencies.pointer
        let mean = Double(dot(magnitude, hertz, count: binCount)) / total
        var moments = SIMD3<Double>.zero
        for k in 0..<binCount {
            let distance = Double(hertz[k]) - mean
            let square = distance * distance
            moments += SIMD3(square, square * distance, square * square) * (Double(magnitude[k]) / total)
        }
        return moments
    }
}
