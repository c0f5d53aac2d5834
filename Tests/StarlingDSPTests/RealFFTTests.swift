import Foundation
import StarlingDSP
import StarlingMath
import Testing

/// The transform by its definition, in double precision with the platform's sine and cosine.
private func definition(_ samples: [Double], bin: Int) -> (real: Double, imaginary: Double) {
    var sum = (real: 0.0, imaginary: 0.0)
    for (n, x) in samples.enumerated() {
        let angle = -2 * Double.pi * Double(bin * n % samples.count) / Double(samples.count)
        sum.real += x * cos(angle)
        sum.imaginary += x * sin(angle)
    }
    return sum
}

private func noise(_ count: Int, seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Double(random.bipolar()) }
}

/// The largest error over some bins, relative to the root of the frame's energy.
private func forwardError<Scalar: TransformScalar>(
    _ type: Scalar.Type, size: Int, seed: UInt64
) -> Double where SIMD4<Scalar>: BitwiseCopyable {
    let samples = noise(size, seed: seed)
    let fft = RealFFT<Scalar>(size: size)
    let bins = ComplexNumbers<Scalar>(fft.binCount)
    fft.forward(samples.map { Scalar($0) }, into: bins.numbers)
    let scale = samples.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let some = Array(stride(from: 0, to: fft.binCount, by: max(1, size / 128))) + [size / 4, size / 2]
    return some.map { bin in
        let expected = definition(samples, bin: bin)
        let (real, imaginary) = (Double(bins.numbers.real[bin]), Double(bins.numbers.imaginary[bin]))
        return hypot(real - expected.real, imaginary - expected.imaginary) / scale
    }.max()!
}

private let allSizes = [64, 128, 256, 512, 1024, 2048, 4096, 8192]

@Test(arguments: allSizes) func forwardTransformFollowsItsDefinition(size: Int) {
    #expect(forwardError(Float.self, size: size, seed: 1) < 1e-6)
    #expect(forwardError(Double.self, size: size, seed: 2) < 1e-13)
}

@Test(arguments: allSizes) func inverseTransformUndoesTheForwardOne(size: Int) {
    let samples = noise(size, seed: 3).map { Float($0) }
    let fft = RealFFT<Float>(size: size)
    let bins = ComplexNumbers<Float>(fft.binCount)
    var back = [Float](repeating: 0, count: size)
    fft.forward(samples, into: bins.numbers)
    fft.inverse(bins.numbers, into: &back)
    let error = zip(samples, back).map { abs($0 - $1) }.max()!
    #expect(error < 1e-6)
}

@Test func powerSpectrumKeepsFaintBandsBesideLoudOnes() {
    // A tone at full scale, and one 140 dB below it where the window has long died away.
    let (size, loud, faint) = (1024, 32, 400)
    let frame = (0..<size).map { n -> Float in
        Float(cos(2 * Double.pi * Double(loud * n) / Double(size)))
    }
    let quiet = (0..<size).map { n in Float(1e-7 * cos(2 * Double.pi * Double(faint * n) / Double(size))) }
    let spectrum = PowerSpectrum(frameSize: size, window: .hann)
    var powers = [Float](repeating: 0, count: spectrum.binCount)
    spectrum.apply(zip(frame, quiet).map { $0 + $1 }, into: &powers)
    let reference = definitionOfPower(zip(frame, quiet).map { Double($0 + $1) }, bins: [loud, loud + 1, faint, faint + 1])
    for (bin, expected) in reference { #expect(abs(Double(powers[bin]) / expected - 1) < 1e-6, "bin \(bin)") }
}

private func definitionOfPower(_ frame: [Double], bins: [Int]) -> [(Int, Double)] {
    let weighted = frame.enumerated().map { n, x in x * (0.5 - 0.5 * cos(2 * Double.pi * Double(n) / Double(frame.count))) }
    return bins.map { bin in
        let z = definition(weighted, bin: bin)
        return (bin, z.real * z.real + z.imaginary * z.imaginary)
    }
}
