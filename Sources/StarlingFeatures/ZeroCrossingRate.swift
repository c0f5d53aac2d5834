import StarlingDSP
import StarlingMath

/// How often the samples of the frame change sign, as a share of all samples.
///
/// Zero counts as positive, so that silence gives 0. Cost: one comparison a sample.
final class ZeroCrossingRate: Feature {
    static let info = FeatureInfo(
        id: 5, name: "zero-crossing-rate", label: "Noisiness",
        help: """
            How often the wave crosses its middle, from 0 to 1 crossing a sample. Tones and vowels stay below 0.1; \
            breath, hiss (s) and cymbals reach 0.3 and more. Good for telling noise from tone.
            """,
        reference: "librosa.feature.zero_crossing_rate(center=False)",
        isBasic: true,
        outputs: [
            ParameterInfo(
                "zero-crossing-rate", label: "Noisiness", unit: .ratio, range: 0...1, default: 0,
                help: "How often the wave crosses its middle: near 0 for tones, 0.3 and more for hiss.")
        ])

    private let frameSize: Int

    init(frameSize: Int) { self.frameSize = frameSize }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let samples = frame.samples
        var crossings = SIMD4<Float>.zero
        let last = frameSize - 4  // the last four samples have three neighbours
        for i in stride(from: 0, to: last, by: 4) {
            let changes = (samples.lanes(at: i) .< 0) .^ (samples.lanes(at: i + 1) .< 0)
            crossings += SIMD4<Float>.zero.replacing(with: 1, where: changes)
        }
        var total = crossings.total
        for i in last..<frameSize - 1 where (samples[i] < 0) != (samples[i + 1] < 0) { total += 1 }
        output[0] = total / Float(frameSize)
    }
}
