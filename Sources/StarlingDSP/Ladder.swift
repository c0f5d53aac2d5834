import StarlingMath

/// The transistor ladder: four equal low-passes in a row whose end is fed back to their beginning, in stereo.
///
/// The loop has no delay: its linear part is solved for each sample-frame, so that the resonance is in tune at every cutoff.
/// The difference that enters the ladder is bent by a tanh, which also bounds the resonance: from a feedback of 4 on the
/// filter sings by itself.
/// References: T. Stilson and J. Smith, "Analyzing the Moog VCF", ICMC 1996; V. Zavalishin, "The art of VA filter design", 2012.
@frozen public struct Ladder: Sendable {
    @usableFromInline var states = (SIMD2<Float>.zero, SIMD2<Float>.zero, SIMD2<Float>.zero, SIMD2<Float>.zero)

    /// A ladder at rest.
    public init() {}

    /// The next frame: `shares` of what passes below, around and above the cutoff.
    ///
    /// `tangent` is that of the cutoff in half turns, `feedback` 0...4.4. What feedback takes from the bass is given back by half.
    @inlinable @inline(__always) public mutating func next(
        _ input: SIMD2<Float>, tangent: Float, feedback: Float, shares: Lanes
    ) -> SIMD2<Float> {
        let rest = 1 / (1 + tangent)
        let share = tangent * rest
        let (square, cubic) = (share * share, share * share * share)
        let kept = rest * (cubic * states.0 + square * states.1 + share * states.2 + states.3)
        // The bend begins at four times full scale, or chords would growl.
        let difference = (input * (0.25 + 0.125 * feedback) - feedback * kept) / (1 + feedback * square * square)
        let entering = Self.bent(difference)
        let one = Self.pass(entering, &states.0, share)
        let two = Self.pass(one, &states.1, share)
        let three = Self.pass(two, &states.2, share)
        let four = Self.pass(three, &states.3, share)
        let around = 4 * (two - three - three + four)
        let above = entering - 4 * one + 6 * two - 4 * three + four
        return 4 * (shares[0] * four + shares[1] * around + shares[2] * above)
    }

    @inlinable @inline(__always) static func pass(
        _ input: SIMD2<Float>, _ state: inout SIMD2<Float>, _ share: Float
    ) -> SIMD2<Float> {
        let rise = (input - state) * share
        let output = rise + state
        state = output + rise
        return output
    }

    /// A tanh by a quotient of polynomials, level and flat from 3 on.
    @inlinable @inline(__always) public static func bent(_ x: SIMD2<Float>) -> SIMD2<Float> {
        let limited = SIMD2(clamp(x[0], -3, 3), clamp(x[1], -3, 3))
        let square = limited * limited
        return limited * (27 + square) / (27 + 9 * square)
    }

    /// Takes what is too small to hear out of the memory; once a tick is enough.
    public mutating func flush() {
        let low = flushed(Lanes(lowHalf: states.0, highHalf: states.1))
        let high = flushed(Lanes(lowHalf: states.2, highHalf: states.3))
        states = (low.lowHalf, low.highHalf, high.lowHalf, high.highHalf)
    }
}
