import StarlingMath

/// The squared magnitudes of a frame's Fourier transform, unscaled, behind a window function.
///
/// Worked out in double precision: a band 120 dB below the strongest one still has its level right, which single
/// precision would not give. Cost: a transform of the frame.
/// Reference: `abs(numpy.fft.rfft(window * frame)) ** 2`.
public final class PowerSpectrum {
    /// The length of the frame: a power of two within `transformSizes`.
    public let frameSize: Int
    /// How many bins there are: half the frame size and one. Bin k lies at k * sampleRate / frameSize hertz.
    public let binCount: Int

    private let fft: RealFFT<Double>
    private let weights, weighted: Numbers<Double>
    /// The bins of the latest frame.
    package let bins: ComplexNumbers<Double>

    /// Takes tables and memory for frames of `frameSize` samples.
    public init(frameSize: Int, window: WindowFunction, isSymmetric: Bool = false) {
        self.frameSize = frameSize
        fft = RealFFT(size: frameSize)
        binCount = fft.binCount
        weights = Numbers(frameSize)
        for (i, weight) in window.weights(count: frameSize, isSymmetric: isSymmetric).enumerated() { weights.pointer[i] = weight }
        weighted = Numbers(frameSize)
        bins = ComplexNumbers(binCount)
    }

    /// Writes the `binCount` powers of `frameSize` samples.
    public func apply(_ frame: UnsafePointer<Float>, into powers: UnsafeMutablePointer<Float>) {
        let (w, y) = (weights.pointer, weighted.pointer)
        for i in stride(from: 0, to: frameSize, by: 4) {
            y.setLanes(SIMD4<Double>(frame.lanes(at: i)) * w.lanes(at: i), at: i)
        }
        let z = bins.numbers
        fft.forward(y, into: z)
        for k in 0..<binCount { powers[k] = Float(z.real[k] * z.real[k] + z.imaginary[k] * z.imaginary[k]) }
    }
}
