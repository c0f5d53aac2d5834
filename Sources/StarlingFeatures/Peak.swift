import StarlingDSP
import StarlingMath

/// The highest sample of the frame, and the highest point of the curve through its samples (true peak), in dB.
///
/// The curve is found by four times oversampling with 16 taps a point; its error is at most 0.02 dB up to 0.4 of the sample
/// rate. It is known to 9 samples before the end of the frame.
/// Silence gives -100 dB. Samples are limited to full scale before, so the peak is at most 0 dB and the true peak a
/// few decibels more. Cost: 48 multiplications a sample.
final class Peak: Feature {
    static let info = FeatureInfo(
        id: 14, name: "peak", label: "Peak",
        help: """
            The highest point of the wave in the last moment. At 0 dB the microphone is too loud: turn it down. Follows \
            hits and plosives faster than Loudness.
            """,
        reference: "numpy.abs(frame).max(); true peak: ITU-R BS.1770-4, annex 2, by scipy.signal.resample(x, 4 * len(x))",
        outputs: [
            ParameterInfo(
                "peak", label: "Peak", unit: .decibels, range: -100...0, default: -100,
                help: "The highest sample; 0 dB is as high as can be."),
            ParameterInfo(
                "true-peak", label: "True peak", unit: .decibels, range: -100...12, default: -100,
                help: "The highest point between the samples too; above 0 dB a loudspeaker may distort."),
        ])

    private let frameSize, hopSize: Int
    private let interpolator = PeakInterpolator()
    private let hopPeaks: SlidingMaximum

    init(_ setup: FeatureSetup) {
        frameSize = setup.frameSize
        hopSize = setup.hopSize
        hopPeaks = SlidingMaximum(length: max(1, setup.frameSize / setup.hopSize))
    }

    override var reach: Int { hopSize + interpolator.tapCount }

    override func reset() { hopPeaks.reset() }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let samples = frame.samples
        var highest: Float = 0
        for i in 0..<frameSize where samples[i].magnitude > highest { highest = samples[i].magnitude }
        let between = interpolator.highest(frame.latest(hopSize + interpolator.tapCount), count: hopSize)
        let truePeak = max(hopPeaks.next(between), highest)
        output[0] = clamp(decibels(amplitude: highest), -100, 0)
        output[1] = clamp(decibels(amplitude: truePeak), -100, 12)
    }
}
