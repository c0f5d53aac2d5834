import StarlingDSP
import StarlingMath

/// The frequency below which 85 % of the spectrum's magnitude lies.
///
/// Silence gives 0 Hz. Cost: two additions a bin.
final class Rolloff: Feature {
    static let info = FeatureInfo(
        id: 8, name: "rolloff", label: "Upper edge",
        help: """
            Where the sound's high end stops: nearly all of it lies below. It rises with breath, hiss and hard strokes \
            even where the brightness hardly moves.
            """,
        reference: "librosa.feature.spectral_rolloff(roll_percent=0.85, center=False)",
        outputs: [
            ParameterInfo(
                "rolloff", label: "Upper edge", unit: .hertz, range: 0...96_000, default: 0,
                help: "The frequency in hertz below which 85 % of the sound lies; 0 for silence.")
        ])

    private let share: Float = 0.85
    private let hertzPerBin: Float

    init(_ setup: FeatureSetup) { hertzPerBin = setup.sampleRate / Float(setup.frameSize) }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let magnitude = frame.magnitude
        var total = 0.0
        for k in 0..<frame.binCount { total += Double(magnitude[k]) }
        let wanted = Double(share) * total
        var bin = 0
        var passed = Double(magnitude[0])
        while passed < wanted, bin + 1 < frame.binCount {
            bin += 1
            passed += Double(magnitude[bin])
        }
        output[0] = Float(bin) * hertzPerBin
    }
}
