import StarlingMath

/// A stereo filter of second order that may be moved at every sample-frame.
///
/// Integrated by the trapezoidal rule; its energy stays bounded however fast it is moved. What passes above the cutoff is
/// `input - width * band - low`.
/// Reference: A. Wishnick, "Time-varying filters for musical applications", DAFx 2014.
@frozen public struct StateVariable: Sendable {
    @usableFromInline var first = SIMD2<Float>.zero
    @usableFromInline var second = SIMD2<Float>.zero

    /// A filter at rest.
    public init() {}

    /// What passes below the cutoff and around it, for the tangent of the cutoff in half turns and the resonance's width
    /// (2 is none, 1.414 a Butterworth filter) as a share of it.
    @inlinable @inline(__always) public mutating func next(
        _ input: SIMD2<Float>, tangent: Float, width: Float
    ) -> (low: SIMD2<Float>, band: SIMD2<Float>) {
        let band = (first + tangent * (input - second)) / (1 + tangent * (tangent + width))
        let low = second + tangent * band
        first = band + band - first
        second = low + low - second
        return (low, band)
    }

    /// Takes what is too small to hear out of the memory; once a tick is enough.
    public mutating func flush() {
        let all = flushed(Lanes(lowHalf: first, highHalf: second))
        (first, second) = (all.lowHalf, all.highHalf)
    }
}
