import StarlingMath

/// The ear's weighting of loudness measurement: a shelf for the head and a high-pass, K-weighting.
///
/// In double precision, so that the low corner stays right at 192 kHz. Cost: ten multiplications a sample.
/// Reference: Recommendation ITU-R BS.1770-4, annex 1; coefficients for other sample rates than 48 kHz after B. De Man,
/// Evaluation of implementations of the EBU R128 loudness measurement (AES 2018).
public struct KWeighting {
    private var shelf: Biquad
    private var highPass: Biquad

    /// A filter at rest for a sample rate.
    public init(sampleRate: Hertz) {
        let gain = ExactMath.power(10, 3.999843853973347 / 20)
        let middle = ExactMath.power(gain, 0.4996667741545416)
        let k = ExactMath.tangent(cycles: 1681.974450955533 / Double(sampleRate) / 2)
        let kq = k / 0.7071752369554196
        let a0 = 1 + kq + k * k
        shelf = Biquad(
            b: ((gain + middle * kq + k * k) / a0, 2 * (k * k - gain) / a0, (gain - middle * kq + k * k) / a0),
            a: (2 * (k * k - 1) / a0, (1 - kq + k * k) / a0))
        let h = ExactMath.tangent(cycles: 38.13547087602444 / Double(sampleRate) / 2)
        let hq = h / 0.5003270373238773
        let c0 = 1 + hq + h * h
        highPass = Biquad(b: (1, -2, 1), a: (2 * (h * h - 1) / c0, (1 - hq + h * h) / c0))
    }

    /// The weighted sample.
    @inline(__always) public mutating func process(_ sample: Float) -> Double {
        highPass.process(shelf.process(Double(sample)))
    }
}

/// A second-order filter, transposed direct form II, in double precision.
private struct Biquad {
    let b: (Double, Double, Double)
    let a: (Double, Double)
    private var first = 0.0
    private var second = 0.0

    init(b: (Double, Double, Double), a: (Double, Double)) {
        self.b = b
        self.a = a
    }

    @inline(__always) mutating func process(_ x: Double) -> Double {
        let y = b.0 * x + first
        first = b.1 * x - a.0 * y + second
        second = b.2 * x - a.1 * y
        // Silence would otherwise leave ever smaller numbers, which are slow.
        if first.magnitude < 1e-30 { first = 0 }
        if second.magnitude < 1e-30 { second = 0 }
        return y
    }
}
