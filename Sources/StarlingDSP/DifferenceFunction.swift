import StarlingMath

/// How much the latest stretch of a sound differs from what was a while before: the sum of squared differences.
///
/// d(lag) = sum over j of (x[j] - x[j - lag])^2, over the latest `termCount` samples for every lag; it is 0 at a period
/// of the sound. Looking back from the newest samples follows a change sooner than looking forward from the oldest.
/// Cost: three real transforms of `frameSize`. Reference: A. de Cheveigne and H. Kawahara, YIN, a fundamental
/// frequency estimator for speech and music (JASA 111, 2002), equation 6.
public final class DifferenceFunction {
    /// How many samples are looked at: a power of two within `transformSizes`.
    public let frameSize: Int
    /// How many lags there are, from 0 samples on.
    public let lagCount: Int
    /// How many terms each sum has: `frameSize - lagCount`.
    public let termCount: Int

    private let fft: RealFFT<Float>
    private let backwards, latest, products: Floats
    private let spectrum, latestSpectrum: ComplexNumbers<Float>

    /// Takes memory for frames of `frameSize` samples and fewer lags than that.
    public init(frameSize: Int, lagCount: Int) {
        precondition(0 < lagCount && lagCount < frameSize, "there must be fewer lags than samples")
        self.frameSize = frameSize
        self.lagCount = lagCount
        termCount = frameSize - lagCount
        fft = RealFFT(size: frameSize)
        backwards = Floats(frameSize)
        latest = Floats(frameSize)
        products = Floats(frameSize)
        spectrum = ComplexNumbers(fft.binCount)
        latestSpectrum = ComplexNumbers(fft.binCount)
    }

    /// Writes d(0)...d(lagCount - 1) of `frameSize` samples, and gives the power of the latest `termCount` without DC.
    ///
    /// All differences are raised by a millionth of the frame's energy, which hides rounding errors: they would look like
    /// a period where a loud sound has just ended.
    public func apply(_ frame: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) -> Float {
        turnRound(frame)
        correlate()
        subtractProducts(into: output)
        return dot(latest.pointer, latest.pointer, count: termCount) / Float(termCount)
    }

    /// d = energy of the latest stretch + energy of the one a lag before - 2 x product of both.
    private func subtractProducts(into output: UnsafeMutablePointer<Float>) {
        let (x, entering) = (backwards.pointer, backwards.pointer + termCount)
        let products = products.pointer
        let roundOff = 1e-6 * dot(x, x, count: frameSize)
        // The earlier energy is carried from lag to lag; in double, for what enters and leaves must cancel.
        let latest = Double(dot(x, x, count: termCount))
        var earlier = latest
        for lag in 0..<lagCount {
            output[lag] = max(Float(latest + earlier) - 2 * products[lag], 0) + roundOff
            earlier += Double(entering[lag]) * Double(entering[lag]) - Double(x[lag]) * Double(x[lag])
        }
    }

    /// Turns the frame round, the newest sample first. Differences do not see DC, but it would cost precision.
    private func turnRound(_ frame: UnsafePointer<Float>) {
        let mean = sum(frame + lagCount, count: termCount) / Float(termCount)
        for i in stride(from: 0, to: frameSize, by: 4) {
            backwards.pointer.setLanes((frame.lanes(at: frameSize - 4 - i) - mean).mirrored, at: i)
        }
        latest.pointer.update(from: backwards.pointer, count: termCount)
    }

    /// products[lag] = sum over j of x[j] x[j - lag], over the latest samples: a product of spectra.
    private func correlate() {
        let (all, part) = (spectrum.numbers, latestSpectrum.numbers)
        fft.forward(backwards.pointer, into: all)
        fft.forward(latest.pointer, into: part)
        for k in stride(from: 0, to: fft.binCount, by: 4) {
            (ComplexLanes(all, at: k) * ComplexLanes(part, at: k).conjugate).store(all, at: k)
        }
        fft.inverse(all, into: products.pointer)
    }
}
