import StarlingMath

/// The first coefficients of the discrete cosine transform of type II, orthonormal or unscaled.
///
/// Cost: inputCount x outputCount multiplications. Reference: `scipy.fft.dct(type=2, norm="ortho")`, or `norm=None`.
public final class CosineTransform {
    /// How many numbers go in.
    public let inputCount: Int
    /// How many coefficients come out, from the lowest on.
    public let outputCount: Int
    private let rows: Floats

    /// Takes the table for `outputCount` coefficients (at most `inputCount`) of `inputCount` numbers.
    public init(inputCount: Int, outputCount: Int, isOrthonormal: Bool = true) {
        precondition(0 < outputCount && outputCount <= inputCount, "a cosine transform gives at most as many numbers as go in")
        self.inputCount = inputCount
        self.outputCount = outputCount
        rows = Floats(inputCount * outputCount)
        for k in 0..<outputCount {
            let scale = isOrthonormal ? ((k == 0 ? 1 : 2) / Double(inputCount)).squareRoot() : 2
            for n in 0..<inputCount {
                let cycles = Double(k * (2 * n + 1)) / Double(4 * inputCount)
                rows[k * inputCount + n] = Float(scale * ExactMath.cosine(cycles: cycles))
            }
        }
    }

    /// Transforms `inputCount` numbers into `outputCount` coefficients.
    public func apply(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) {
        for k in 0..<outputCount { output[k] = dot(rows.pointer + k * inputCount, input, count: inputCount) }
    }
}
