import StarlingDSP
import StarlingMath

/// How far the spectrum is from what the two frames before let expect: each partial going on at its speed and strength.
///
/// Only bins that grow count, so that endings are not beginnings. From 0, all as expected, to 100, nothing.
/// Cost: a dozen operations and two roots a bin.
/// Reference: S. Dixon, Onset detection revisited (DAFx 2006), rectified complex domain.
final class ComplexDomain {
    private let count: Int
    /// The last bins, and their directions in the last frame and the one before.
    private let last, direction, earlier: ComplexNumbers<Double>

    init(_ setup: FeatureSetup) {
        count = setup.frameSize / 2 + 1
        last = ComplexNumbers(count)
        direction = ComplexNumbers(count)
        earlier = ComplexNumbers(count)
    }

    func reset() {
        for numbers in [last.numbers, direction.numbers, earlier.numbers] {
            numbers.real.update(repeating: 0, count: count)
            numbers.imaginary.update(repeating: 0, count: count)
        }
    }

    /// Takes the next frame in.
    func next(_ bins: SplitComplex<Double>) -> Float {
        let (x, d, e) = (last.numbers, direction.numbers, earlier.numbers)
        var surprise = 0.0, total = 1e-4 * Double(count)
        for k in 0..<count {
            let (re, im) = (bins.real[k], bins.imaginary[k])
            let magnitude = (re * re + im * im).squareRoot()
            let before = (x.real[k] * x.real[k] + x.imaginary[k] * x.imaginary[k]).squareRoot()
            total += max(magnitude, before)
            if magnitude >= before {
                // The direction turned on by as much as it had turned.
                let turn = (d.real[k] * e.real[k] + d.imaginary[k] * e.imaginary[k], d.imaginary[k] * e.real[k] - d.real[k] * e.imaginary[k])
                let away = (re - (x.real[k] * turn.0 - x.imaginary[k] * turn.1), im - (x.real[k] * turn.1 + x.imaginary[k] * turn.0))
                surprise += (away.0 * away.0 + away.1 * away.1).squareRoot()
            }
            let scale = magnitude > 1e-9 ? 1 / magnitude : 0
            (e.real[k], e.imaginary[k]) = (d.real[k], d.imaginary[k])
            (d.real[k], d.imaginary[k]) = (re * scale, im * scale)
            (x.real[k], x.imaginary[k]) = (re, im)
        }
        return clamp(Float(100 * surprise / total), 0, 200)
    }
}
