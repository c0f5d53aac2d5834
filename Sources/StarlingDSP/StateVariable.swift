import StarlingMath

/// Four filters of second order, or one or two in stereo, that may be moved at every sample-frame.
///
/// Integrated by the trapezoidal rule; its energy stays bounded however fast it is moved. What passes above the cutoff is
/// `input - width * band - low`. What is kept waits for three operations on the frame before, and not for the division.
/// Reference: A. Wishnick, "Time-varying filters for musical applications", DAFx 2014.
@frozen public struct StateVariable: Sendable {
    /// What the two integrators keep.
    public var first = Lanes.zero
    public var second = Lanes.zero

    /// A filter at rest.
    public init() {}

    /// What passes below the cutoff and around it, for the tangent of the cutoff in half turns and the resonance's width
    /// (2 is none, 1.414 a Butterworth filter) as a share of it.
    @inlinable @inline(__always) public mutating func next(
        _ input: Lanes, tangent: Lanes, width: Lanes
    ) -> (low: Lanes, band: Lanes) {
        let keep = 1 / (1 + tangent * (tangent + width))
        let through = keep * tangent
        let difference = input - second
        let band = keep * first + through * difference
        let rise = through * first + (through * tangent) * difference
        first = (keep + keep - 1) * first + (through + through) * difference
        let low = second + rise
        second = low + rise
        return (low, band)
    }

    /// The same in stereo, with one cutoff and width for both sides.
    @inlinable @inline(__always) public mutating func next(
        _ input: SIMD2<Float>, tangent: Float, width: Float
    ) -> (low: SIMD2<Float>, band: SIMD2<Float>) {
        let (low, band) = next(
            Lanes(lowHalf: input, highHalf: .zero), tangent: Lanes(repeating: tangent), width: Lanes(repeating: width))
        return (low.lowHalf, band.lowHalf)
    }

    /// Takes what is too small to hear out of the memory; once a tick is enough.
    public mutating func flush() { (first, second) = (flushed(first), flushed(second)) }
}
