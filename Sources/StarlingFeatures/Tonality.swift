import StarlingDSP
import StarlingMath

/// How tone-like the spectrum is: its flatness and its crest.
///
/// Flatness is the geometric over the arithmetic mean of the power, where no bin counts less than 1e-10; silence
/// therefore gives 1. Crest is the largest magnitude over the mean, in dB; silence gives 0. Cost: a logarithm a bin.
final class Tonality: Feature {
    static let info = FeatureInfo(
        id: 9, name: "tonality", label: "Noise or tone",
        help: """
            Whether energy is spread evenly, as in wind, breath and snares, or stands in peaks, as in song and strings. \
            Flatness rises towards noise, crest towards a single tone.
            """,
        reference: """
            librosa.feature.spectral_flatness(power=2, amin=1e-10, center=False); crest: Peeters 2004, 6.4, in dB
            """,
        outputs: [
            ParameterInfo(
                "flatness", label: "Flatness", unit: .ratio, range: 0...1, default: 1,
                help: "From a pure tone (0) to white noise (about 0.6) and silence (1)."),
            ParameterInfo(
                "crest", label: "Peakedness", unit: .decibels, range: 0...80, default: 0,
                help: "How far the strongest frequency stands out: 10 dB for noise, 35 dB for a whistle."),
        ])

    private let least: Float = 1e-10

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let power = frame.power
        var logarithms = 0.0
        var total = 0.0
        for k in 0..<frame.binCount {
            let bounded = max(power[k], least)
            logarithms += Double(fastLog2(bounded))
            total += Double(bounded)
        }
        let count = Double(frame.binCount)
        let ratio = fastExp2(Float(logarithms / count) - fastLog2(Float(total / count)))
        output[0] = clamp(ratio, 0, 1)
        output[1] = crest(frame)
    }

    private func crest(_ frame: Frame) -> Decibels {
        let magnitude = frame.magnitude
        let mean = sum(magnitude, count: frame.binCount) / Float(frame.binCount)
        var largest: Float = 0
        for k in 0..<frame.binCount where magnitude[k] > largest { largest = magnitude[k] }
        return mean > 0 ? clamp(decibels(amplitude: largest / mean), 0, 80) : 0
    }
}
