import StarlingMath

/// The kinds of numbers that can be transformed: `Float` for speed, `Double` where bins 120 dB apart matter.
///
/// Where this stands, `SIMD4<Scalar>: BitwiseCopyable` stands too: it lets four numbers be read and written at once.
package typealias TransformScalar = BinaryFloatingPoint & SIMDScalar & BitwiseCopyable

/// Where a run of complex numbers lies: real and imaginary parts in runs of their own.
package struct SplitComplex<Scalar: TransformScalar> where SIMD4<Scalar>: BitwiseCopyable {
    /// The real parts.
    package let real: UnsafeMutablePointer<Scalar>
    /// The imaginary parts.
    package let imaginary: UnsafeMutablePointer<Scalar>

    /// The same numbers with real and imaginary parts exchanged: a forward transform of these is an inverse one.
    var exchanged: SplitComplex { SplitComplex(real: imaginary, imaginary: real) }
}

/// Memory for numbers, taken once at setup.
final class Numbers<Scalar: TransformScalar> {
    /// The first number; valid as long as this object lives.
    let pointer: UnsafeMutablePointer<Scalar>

    /// Takes `count` zeros, and a few more so that four at a time can be worked on to the end.
    init(_ count: Int) {
        let room = (count + 3) & ~3
        pointer = .allocate(capacity: room)
        pointer.initialize(repeating: 0, count: room)
    }

    deinit { pointer.deallocate() }
}

/// Memory for complex numbers, taken once at setup.
package final class ComplexNumbers<Scalar: TransformScalar> where SIMD4<Scalar>: BitwiseCopyable {
    private let real, imaginary: Numbers<Scalar>

    /// Takes `count` complex zeros, and a few more so that four at a time can be worked on to the end.
    package init(_ count: Int) {
        real = Numbers(count)
        imaginary = Numbers(count)
    }

    /// Takes `count` numbers of magnitude 1, each a step further round the circle; angles are in cycles.
    convenience init(circle count: Int, cyclesPerStep: Double, from start: Double = 0) {
        self.init(count)
        for i in 0..<count {
            let angle = start + Double(i) * cyclesPerStep
            real.pointer[i] = Scalar(ExactMath.cosine(cycles: angle))
            imaginary.pointer[i] = Scalar(ExactMath.sine(cycles: angle))
        }
    }

    /// Where the numbers lie; valid as long as this object lives.
    package var numbers: SplitComplex<Scalar> { SplitComplex(real: real.pointer, imaginary: imaginary.pointer) }
}
