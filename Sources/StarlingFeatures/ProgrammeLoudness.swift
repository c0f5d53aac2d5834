import StarlingDSP
import StarlingMath

/// Loudness as broadcasters measure it: K-weighted, over the last 400 ms (momentary) and the last 3 s (short-term).
///
/// In LUFS for one channel; silence gives -100. Whole hops are counted, so the stretches are exact to half a hop. Cost:
/// ten multiplications a sample.
final class ProgrammeLoudness: Feature {
    static let info = FeatureInfo(
        id: 13, name: "programme-loudness", label: "Felt loudness",
        help: """
            How loud the sound feels, as radio and streaming measure it: -23 is a broadcast, -14 a pop song. Steadier \
            than Loudness; good for slow swells and for keeping a set at one level.
            """,
        reference: "ITU-R BS.1770-4 and EBU Tech 3341, ungated; pyloudnorm with filter class DeMan",
        outputs: [
            ParameterInfo(
                "momentary", label: "Felt now", unit: .decibels, range: -100...10, default: -100,
                help: "The loudness of the last 400 ms in LUFS."),
            ParameterInfo(
                "short-term", label: "Felt lately", unit: .decibels, range: -100...10, default: -100,
                help: "The loudness of the last 3 s in LUFS."),
        ])

    private let hopSize: Int
    private let sampleRate: Hertz
    private var filter: KWeighting
    private let momentary, shortTerm: MovingMean

    init(_ setup: FeatureSetup) {
        hopSize = setup.hopSize
        sampleRate = setup.sampleRate
        filter = KWeighting(sampleRate: setup.sampleRate)
        momentary = MovingMean(count: setup.hops(0.4))
        shortTerm = MovingMean(count: setup.hops(3))
    }

    override var reach: Int { hopSize }

    override func reset() {
        filter = KWeighting(sampleRate: sampleRate)
        momentary.reset()
        shortTerm.reset()
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let samples = frame.latest(hopSize)
        var sum = 0.0
        for i in 0..<hopSize {
            let weighted = filter.process(samples[i])
            sum += weighted * weighted
        }
        let power = sum / Double(hopSize)
        output[0] = level(momentary.add(power))
        output[1] = level(shortTerm.add(power))
    }

    /// -0.691 dB makes a sine of 1 kHz at full scale -3.01 LUFS.
    private func level(_ power: Double) -> Decibels {
        power > 1e-11 ? clamp(-0.691 + 3.010_299_957 * fastLog2(Float(power)), -100, 10) : -100
    }
}

/// The mean of the last numbers; before there are so many, zeros stand in.
final class MovingMean {
    private let values: UnsafeMutablePointer<Double>
    private let count: Int
    private var next = 0
    private var sum = 0.0

    init(count: Int) {
        self.count = count
        values = .allocate(capacity: count)
        values.initialize(repeating: 0, count: count)
    }

    deinit { values.deallocate() }

    func reset() {
        values.update(repeating: 0, count: count)
        next = 0
        sum = 0
    }

    /// Takes the next number in for the oldest.
    func add(_ value: Double) -> Double {
        sum += value - values[next]
        values[next] = value
        next = next + 1 == count ? 0 : next + 1
        // Once a turn all are added up afresh, so that rounding does not gather.
        if next == 0 { sum = (0..<count).reduce(0) { $0 + values[$1] } }
        return max(sum, 0) / Double(count)
    }
}
