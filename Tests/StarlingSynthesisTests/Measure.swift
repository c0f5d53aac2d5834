import Foundation

/// Measurements in double precision that share nothing with what they measure.
enum Measure {
    /// The amplitude and phase (in cycles) of one frequency, seen through a Hann window.
    static func tone(_ x: some Collection<Float>, hertz: Double, rate: Double) -> (amplitude: Double, phase: Double) {
        var (re, im) = (0.0, 0.0)
        for (i, sample) in x.enumerated() {
            let window = 1 - cos(2 * .pi * (Double(i) + 0.5) / Double(x.count))
            let angle = 2 * .pi * (hertz * Double(i) / rate).truncatingRemainder(dividingBy: 1)
            re += Double(sample) * window * cos(angle)
            im -= Double(sample) * window * sin(angle)
        }
        return (2 * hypot(re, im) / Double(x.count), atan2(im, re) / (2 * .pi))
    }

    /// The frequency near an expected one, from how far its phase moves between two halves.
    static func frequency(_ x: [Float], near hertz: Double, rate: Double) -> Double {
        let half = x.count / 2
        let (a, b) = (tone(x[..<half], hertz: hertz, rate: rate), tone(x[half...], hertz: hertz, rate: rate))
        var cycles = b.phase - a.phase - hertz * Double(half) / rate
        cycles -= cycles.rounded()
        return hertz + cycles * rate / Double(half)
    }

    static func decibels(_ ratio: Double) -> Double { 20 * log10(max(ratio, 1e-15)) }
    static func rms(_ x: some Collection<Float>) -> Double {
        (x.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(x.count, 1))).squareRoot()
    }

    /// The largest fourth difference: what a click has much of and smooth sound little.
    static func roughness(_ x: some Collection<Float>) -> Double {
        var differences = x.map(Double.init)
        for _ in 0..<4 { differences = zip(differences.dropFirst(), differences).map { $0 - $1 } }
        return differences.map(abs).max() ?? 0
    }

    static func peak(_ x: some Collection<Float>) -> Float { x.reduce(0) { max($0, abs($1)) } }

    /// The amplitude of the strongest of some frequencies, seen through a Hann window; the count is a power of 2.
    static func loudest(_ x: some Collection<Float>, rate: Double, where chosen: (Double) -> Bool) -> Double {
        let n = Double(x.count)
        let spectrum = powers(x.enumerated().map { Double($1) * (1 - cos(2 * .pi * (Double($0) + 0.5) / n)) })
        return 2 / n * spectrum.indices.filter { chosen(Double($0) * rate / n) }.map { spectrum[$0] }.max()!.squareRoot()
    }

    /// How far a frequency is from the next multiple of another, in Hz.
    static func distance(_ hertz: Double, fromMultiplesOf base: Double) -> Double {
        abs(hertz - max((hertz / base).rounded(), 1) * base)
    }

    /// The power of each bin up to half the sample rate.
    static func powers(_ x: [Double]) -> [Double] {
        let (re, im) = transform(x, [Double](repeating: 0, count: x.count))
        return (0..<x.count / 2).map { re[$0] * re[$0] + im[$0] * im[$0] }
    }

    private static func transform(_ re: [Double], _ im: [Double]) -> ([Double], [Double]) {
        if re.count == 1 { return (re, im) }
        let half = re.count / 2
        let pick = { (x: [Double], first: Int) in stride(from: first, to: x.count, by: 2).map { x[$0] } }
        let (a, b) = (transform(pick(re, 0), pick(im, 0)), transform(pick(re, 1), pick(im, 1)))
        var (outRe, outIm) = (re, im)
        for k in 0..<half {
            let (c, s) = (cos(.pi * Double(k) / Double(half)), -sin(.pi * Double(k) / Double(half)))
            let (x, y) = (b.0[k] * c - b.1[k] * s, b.0[k] * s + b.1[k] * c)
            (outRe[k], outIm[k]) = (a.0[k] + x, a.1[k] + y)
            (outRe[k + half], outIm[k + half]) = (a.0[k] - x, a.1[k] - y)
        }
        return (outRe, outIm)
    }

    static func biquad(_ x: [Double], _ b: [Double], _ a: [Double]) -> [Double] {
        var (s1, s2) = (0.0, 0.0)
        return x.map {
            let y = b[0] * $0 + s1
            s1 = b[1] * $0 - a[0] * y + s2
            s2 = b[2] * $0 - a[1] * y
            return y
        }
    }

    /// An octave around a frequency, falling by 12 dB an octave and side.
    static func octave(_ x: [Float], around hertz: Double, rate: Double) -> [Double] {
        let w = 2 * Double.pi * hertz / rate
        let alpha = sin(w) * sinh(log(2) / 2 * w / sin(w))
        let b = [alpha, 0, -alpha].map { $0 / (1 + alpha) }
        let a = [-2 * cos(w) / (1 + alpha), (1 - alpha) / (1 + alpha)]
        return biquad(biquad(x.map(Double.init), b, a), b, a)
    }

    /// Loudness in LUFS at 48 kHz after ITU-R BS.1770-4: K-weighting, gated blocks of 400 ms.
    static func loudness(_ sound: Sound) -> Double {
        let channels = [sound.left, sound.right].map {
            biquad(
                biquad(
                    $0.map(Double.init), [1.53512485958697, -2.69169618940638, 1.19839281085285],
                    [-1.69065929318241, 0.73248077421585]),
                [1, -2, 1], [-1.99004745483398, 0.99007225036621])
        }
        let powers = stride(from: 0, to: sound.count - 19_200, by: 4_800).map { start in
            channels.reduce(0) { $0 + $1[start..<start + 19_200].reduce(0) { $0 + $1 * $1 } / 19_200 }
        }
        let heard = powers.filter { $0 > lowest(-70) }
        return level(mean(heard.filter { $0 > lowest(level(mean(heard)) - 10) }))
    }

    /// The true peak in dB after ITU-R BS.1770-4, annex 2: four times oversampled by the 48 taps given there.
    static func truePeak(_ x: [Float]) -> Double {
        let first = [
            0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
            0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
        ]
        let second = [
            -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
            0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
        ]
        return highest(x, [first, second, second.reversed(), first.reversed()])
    }

    /// The same, looked at more closely: eight points a sample through 64 taps of a sinc behind a Hann window.
    static func closeTruePeak(_ x: [Float]) -> Double {
        highest(x, (0..<8).map { phase in
            (0..<64).map { tap in
                let t = Double(tap) - 31 - Double(phase) / 8
                return (t == 0 ? 1 : sin(.pi * t) / (.pi * t)) * (0.5 + 0.5 * cos(.pi * t / 32.5))
            }
        })
    }

    private static func highest(_ x: [Float], _ phases: [[Double]]) -> Double {
        let samples = x.map(Double.init)
        var highest = 0.0
        samples.withUnsafeBufferPointer { x in
            for taps in phases {
                for i in 0...(x.count - taps.count) {
                    var sum = 0.0
                    for tap in taps.indices { sum += taps[tap] * x[i + tap] }
                    highest = max(highest, abs(sum))
                }
            }
        }
        return decibels(highest)
    }

    private static func lowest(_ level: Double) -> Double { pow(10, (level + 0.691) / 10) }
    private static func level(_ power: Double) -> Double { -0.691 + 10 * log10(power) }
    private static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(max(x.count, 1)) }
}
