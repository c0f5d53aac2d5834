/// Four complex numbers, real and imaginary parts apart.
struct ComplexLanes<Scalar: TransformScalar> where SIMD4<Scalar>: BitwiseCopyable {
    var real: SIMD4<Scalar>
    var imaginary: SIMD4<Scalar>

    @inline(__always) init(_ real: SIMD4<Scalar>, _ imaginary: SIMD4<Scalar>) {
        self.real = real
        self.imaginary = imaginary
    }

    /// The four numbers from `index` on.
    @inline(__always) init(_ numbers: SplitComplex<Scalar>, at index: Int) {
        self.init(numbers.real.lanes(at: index), numbers.imaginary.lanes(at: index))
    }

    /// One number, four times.
    @inline(__always) init(repeating numbers: SplitComplex<Scalar>, at index: Int) {
        self.init(SIMD4(repeating: numbers.real[index]), SIMD4(repeating: numbers.imaginary[index]))
    }

    /// Writes the four numbers from `index` on.
    @inline(__always) func store(_ numbers: SplitComplex<Scalar>, at index: Int) {
        numbers.real.setLanes(real, at: index)
        numbers.imaginary.setLanes(imaginary, at: index)
    }

    @inline(__always) var conjugate: ComplexLanes { ComplexLanes(real, -imaginary) }
    @inline(__always) var timesI: ComplexLanes { ComplexLanes(-imaginary, real) }
    @inline(__always) var mirrored: ComplexLanes { ComplexLanes(real.mirrored, imaginary.mirrored) }

    @inline(__always) static func + (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
        ComplexLanes(a.real + b.real, a.imaginary + b.imaginary)
    }
    @inline(__always) static func - (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
        ComplexLanes(a.real - b.real, a.imaginary - b.imaginary)
    }
    @inline(__always) static func * (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
        ComplexLanes(
            a.real * b.real - a.imaginary * b.imaginary,
            a.real * b.imaginary + a.imaginary * b.real)
    }
    @inline(__always) static func * (a: ComplexLanes, b: Scalar) -> ComplexLanes {
        ComplexLanes(a.real * b, a.imaginary * b)
    }
}
