import StarlingMath

/// The discrete Fourier transform of complex numbers, unscaled: X[k] = sum of x[n] e^(-2 pi i k n / size).
///
/// Method: Stockham's self-sorting transform in steps of radix 4 and, where the size asks for it, one of radix 2.
/// Reference: C. Van Loan, Computational Frameworks for the Fast Fourier Transform (SIAM 1992), section 1.7.
final class ComplexFFT<Scalar: TransformScalar> where SIMD4<Scalar>: BitwiseCopyable {
    let size: Int
    private let w1, w2, w3: ComplexNumbers<Scalar>  // e^(-2 pi i j p / size) for j = 1, 2, 3
    private let scratch: ComplexNumbers<Scalar>

    /// Takes tables and scratch for a power of two from 32 on.
    init(size: Int) {
        precondition(size >= 32 && size & (size - 1) == 0, "a complex transform's size must be a power of two from 32 on")
        self.size = size
        w1 = ComplexNumbers<Scalar>(circle: size / 4, cyclesPerStep: -1 / Double(size))
        w2 = ComplexNumbers<Scalar>(circle: size / 4, cyclesPerStep: -2 / Double(size))
        w3 = ComplexNumbers<Scalar>(circle: size / 4, cyclesPerStep: -3 / Double(size))
        scratch = ComplexNumbers<Scalar>(size)
    }

    /// Transforms `input` into `output`, which must be different memory; `input` is kept.
    func transform(_ input: SplitComplex<Scalar>, into output: SplitComplex<Scalar>) {
        // Each step moves the numbers to the other place, so the first is chosen for the last to end in `output`.
        let steps = (size.trailingZeroBitCount + 1) / 2
        var target = steps & 1 == 1 ? output : scratch.numbers
        var other = steps & 1 == 1 ? scratch.numbers : output
        firstStep(input, into: target)
        var groups = 4
        while groups * 4 <= size {
            step(target, into: other, groups: groups)
            swap(&target, &other)
            groups *= 4
        }
        if groups < size { lastStep(target, into: other) }
    }

    /// Radix 4 with one group: four neighbouring butterflies in the lanes, turned on writing.
    private func firstStep(_ x: SplitComplex<Scalar>, into y: SplitComplex<Scalar>) {
        let quarter = size / 4
        let (w1, w2, w3) = (self.w1.numbers, self.w2.numbers, self.w3.numbers)
        for p in stride(from: 0, to: quarter, by: 4) {
            let r = butterfly(x, at: p, apart: quarter)
            storeTurned(
                r.0, r.1 * ComplexLanes(w1, at: p), r.2 * ComplexLanes(w2, at: p), r.3 * ComplexLanes(w3, at: p),
                y, at: 4 * p)
        }
    }

    /// Radix 4 with `groups` (at least 4) transforms side by side in the lanes.
    private func step(_ x: SplitComplex<Scalar>, into y: SplitComplex<Scalar>, groups: Int) {
        let quarter = size / 4
        let (w1, w2, w3) = (self.w1.numbers, self.w2.numbers, self.w3.numbers)
        for start in stride(from: 0, to: quarter, by: groups) {
            let t1 = ComplexLanes(repeating: w1, at: start)
            let t2 = ComplexLanes(repeating: w2, at: start)
            let t3 = ComplexLanes(repeating: w3, at: start)
            for q in stride(from: 0, to: groups, by: 4) {
                let r = butterfly(x, at: start + q, apart: quarter)
                let place = 4 * start + q
                r.0.store(y, at: place)
                (r.1 * t1).store(y, at: place + groups)
                (r.2 * t2).store(y, at: place + 2 * groups)
                (r.3 * t3).store(y, at: place + 3 * groups)
            }
        }
    }

    /// Radix 2; here all twiddle factors are 1.
    private func lastStep(_ x: SplitComplex<Scalar>, into y: SplitComplex<Scalar>) {
        let half = size / 2
        for q in stride(from: 0, to: half, by: 4) {
            let a = ComplexLanes(x, at: q)
            let b = ComplexLanes(x, at: q + half)
            (a + b).store(y, at: q)
            (a - b).store(y, at: q + half)
        }
    }
}

/// Four transforms of length 4, one in each lane, of numbers that lie `quarter` apart.
@inline(__always) private func butterfly<Scalar: TransformScalar>(
    _ x: SplitComplex<Scalar>, at index: Int, apart quarter: Int
) -> (ComplexLanes<Scalar>, ComplexLanes<Scalar>, ComplexLanes<Scalar>, ComplexLanes<Scalar>)
where SIMD4<Scalar>: BitwiseCopyable {
    let a = ComplexLanes(x, at: index)
    let b = ComplexLanes(x, at: index + quarter)
    let c = ComplexLanes(x, at: index + 2 * quarter)
    let d = ComplexLanes(x, at: index + 3 * quarter)
    let (even, evenDifference) = (a + c, a - c)
    let (odd, oddDifference) = (b + d, (b - d).timesI)
    return (even + odd, evenDifference - oddDifference, even - odd, evenDifference + oddDifference)
}

/// Writes sixteen numbers lane by lane: the first lanes of all four, then the second ones, and so on.
@inline(__always) private func storeTurned<Scalar: TransformScalar>(
    _ a: ComplexLanes<Scalar>, _ b: ComplexLanes<Scalar>, _ c: ComplexLanes<Scalar>, _ d: ComplexLanes<Scalar>,
    _ y: SplitComplex<Scalar>, at index: Int
) where SIMD4<Scalar>: BitwiseCopyable {
    storeTurned(a.real, b.real, c.real, d.real, y.real + index)
    storeTurned(a.imaginary, b.imaginary, c.imaginary, d.imaginary, y.imaginary + index)
}

@inline(__always) private func storeTurned<Scalar: TransformScalar>(
    _ a: SIMD4<Scalar>, _ b: SIMD4<Scalar>, _ c: SIMD4<Scalar>, _ d: SIMD4<Scalar>, _ y: UnsafeMutablePointer<Scalar>
) where SIMD4<Scalar>: BitwiseCopyable {
    y.setLanes(SIMD4(a[0], b[0], c[0], d[0]), at: 0)
    y.setLanes(SIMD4(a[1], b[1], c[1], d[1]), at: 4)
    y.setLanes(SIMD4(a[2], b[2], c[2], d[2]), at: 8)
    y.setLanes(SIMD4(a[3], b[3], c[3], d[3]), at: 12)
}
