import StarlingDSP
import StarlingMath

/// The level of the frame: its root mean square in dB, 0 dB for a square wave at full scale.
///
/// Silence gives -100 dB. Cost: one multiplication a sample.
final class Loudness: Feature {
    static let info = FeatureInfo(
        id: 1, name: "loudness", label: "Loudness",
        help: """
            How strong the sound is. A whisper near the microphone is about -50 dB, speech -25 dB, and the \
            loudest a recording can be 0 dB. Good for swells, accents and for telling sound from silence.
            """,
        reference: "20 log10 of librosa.feature.rms(center=False)",
        isBasic: true,
        outputs: [
            ParameterInfo(
                "loudness", label: "Loudness", unit: .decibels, range: -100...0, default: -100,
                help: "How strong the sound is; -100 dB is silence, 0 dB as loud as can be.")
        ])

    private let frameSize: Int

    init(frameSize: Int) { self.frameSize = frameSize }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let meanSquare = dot(frame.samples, frame.samples, count: frameSize) / Float(frameSize)
        output[0] = clamp(decibels(amplitude: meanSquare.squareRoot()), -100, 0)
    }
}
