/// The parabola through three values at -1, 0 and 1: where between samples a peak or a dip lies.
///
/// Reference: J. Smith, Spectral Audio Signal Processing, "Quadratic interpolation of spectral peaks".
public struct Parabola {
    /// The place of the highest or lowest point, within -1...1; 0 where the three values lie on a line.
    public let offset: Float
    /// The value there.
    public let value: Float

    /// The parabola through the values before, at and after a peak or dip.
    public init(_ before: Float, _ middle: Float, _ after: Float) {
        let slope = (after - before) * 0.5
        let bend = before - 2 * middle + after
        let place = bend == 0 ? 0 : -slope / bend
        offset = place >= -1 && place <= 1 ? place : 0
        value = middle + 0.5 * slope * offset
    }
}
