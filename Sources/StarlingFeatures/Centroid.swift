import StarlingDSP
import StarlingMath

/// The spectral centroid: the mean frequency of the frame, each weighted by its magnitude.
///
/// Silence gives 0 Hz. Cost: one multiplication a bin.
final class Centroid: Feature {
    static let info = FeatureInfo(
        id: 2, name: "centroid", label: "Brightness",
        help: """
            How bright the sound is: the frequency around which its energy is spread. A hum or a dark vowel (oo) lies at \
            a few hundred hertz, a bright one (ee) at 2 kHz, hiss (s) above 5 kHz. Silence gives 0.
            """,
        reference: "librosa.feature.spectral_centroid(center=False)",
        isBasic: true,
        outputs: [
            ParameterInfo(
                "centroid", label: "Brightness", unit: .hertz, range: 20...20_000, default: 20, curve: .logarithmic,
                help: "How bright the sound is, in hertz: low for a hum, high for a hiss, 0 for silence.")
        ])

    private let frequencies: Floats

    init(_ setup: FeatureSetup) { frequencies = Floats(setup.binFrequencies) }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let total = sum(frame.magnitude, count: frame.binCount)
        let weighted = dot(frame.magnitude, frequencies.pointer, count: frame.binCount)
        output[0] = total > 0 ? weighted / total : 0
    }
}
