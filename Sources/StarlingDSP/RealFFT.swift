import StarlingMath

/// The sizes of transforms there are: the powers of two within this range.
public let transformSizes = 64...8192

/// The discrete Fourier transform of real samples and its inverse.
///
/// Forward: X[k] = sum of x[n] e^(-2 pi i k n / size) for the bins k = 0...size/2. The inverse undoes it exactly
/// up to rounding. Bin k lies at k * sampleRate / size hertz. Memory is taken at setup; not for use from two
/// threads at once. Error: about 1e-7 (`Float`) or 1e-16 (`Double`) of the strongest bin. It is fast only within this
/// module, where the compiler makes a version for each kind of number.
///
/// Method: a complex transform of half the size on even and odd samples.
/// Reference: H. Sorensen et al., Real-valued fast Fourier transform algorithms (IEEE ASSP 35, 1987).
package final class RealFFT<Scalar: TransformScalar> where SIMD4<Scalar>: BitwiseCopyable {
    /// How many samples are transformed.
    package let size: Int
    /// How many bins come out: `size / 2 + 1`.
    package let binCount: Int

    private let half: Int
    private let complex: ComplexFFT<Scalar>
    private let circle: ComplexNumbers<Scalar>
    private let samples: ComplexNumbers<Scalar>
    private let spectrum: ComplexNumbers<Scalar>

    /// Takes tables and scratch for a power of two within `transformSizes`.
    package init(size: Int) {
        precondition(
            transformSizes.contains(size) && size & (size - 1) == 0,
            "a transform's size must be a power of two from 64 to 8192")
        self.size = size
        half = size / 2
        binCount = half + 1
        complex = ComplexFFT<Scalar>(size: half)
        // -i e^(-2 pi i k / size): a quarter turn back from the twiddle factor.
        circle = ComplexNumbers<Scalar>(circle: half / 2, cyclesPerStep: -1 / Double(size), from: -0.25)
        samples = ComplexNumbers<Scalar>(half + 1)
        spectrum = ComplexNumbers<Scalar>(half + 1)
    }

    /// Transforms `size` samples into `binCount` bins.
    package func forward(_ x: UnsafePointer<Scalar>, into bins: SplitComplex<Scalar>) {
        let (z, s) = (samples.numbers, spectrum.numbers)
        for i in stride(from: 0, to: half, by: 4) {
            let (a, b) = (x.lanes(at: 2 * i), x.lanes(at: 2 * i + 4))
            z.real.setLanes(SIMD4(lowHalf: a.evenHalf, highHalf: b.evenHalf), at: i)
            z.imaginary.setLanes(SIMD4(lowHalf: a.oddHalf, highHalf: b.oddHalf), at: i)
        }
        complex.transform(z, into: s)
        s.real[half] = s.real[0]
        s.imaginary[half] = s.imaginary[0]
        recombine(s, into: bins, sign: 1)
    }

    /// Transforms `binCount` bins back into `size` samples.
    ///
    /// The imaginary parts of the first and the last bin must be 0, as they are for real samples.
    package func inverse(_ bins: SplitComplex<Scalar>, into x: UnsafeMutablePointer<Scalar>) {
        let (z, s) = (samples.numbers, spectrum.numbers)
        recombine(bins, into: s, sign: -1)
        complex.transform(s.exchanged, into: z.exchanged)
        let scale = 1 / Scalar(half)
        for i in stride(from: 0, to: half, by: 4) {
            let (even, odd) = (z.real.lanes(at: i) * scale, z.imaginary.lanes(at: i) * scale)
            x.setLanes(SIMD4(even[0], odd[0], even[1], odd[1]), at: 2 * i)
            x.setLanes(SIMD4(even[2], odd[2], even[3], odd[3]), at: 2 * i + 4)
        }
    }

    /// Turns the spectrum of (even + i odd) samples into that of all samples (sign 1), or back (sign -1).
    private func recombine(_ from: SplitComplex<Scalar>, into to: SplitComplex<Scalar>, sign: Scalar) {
        let turn = circle.numbers
        for k in stride(from: 0, to: half / 2, by: 4) {
            let low = ComplexLanes(from, at: k)
            let high = ComplexLanes(from, at: half - k - 3).mirrored.conjugate
            let factor = ComplexLanes(turn.real.lanes(at: k), turn.imaginary.lanes(at: k) * sign)
            let even = (low + high) * 0.5
            let odd = (low - high) * 0.5 * factor
            (even + odd).store(to, at: k)
            (even - odd).conjugate.mirrored.store(to, at: half - k - 3)
        }
        to.real[half / 2] = from.real[half / 2]
        to.imaginary[half / 2] = -from.imaginary[half / 2]
    }
}
