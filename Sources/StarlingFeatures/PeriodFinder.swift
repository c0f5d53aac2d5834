import StarlingDSP
import StarlingMath

/// How long a sound takes to repeat itself.
struct Period {
    /// The length in samples, with a fraction.
    let samples: Float
    /// How well it repeats: 0 not at all, 1 exactly.
    let confidence: Float
}

/// Finds the period of a sound by the YIN method, from 40 Hz to 4 kHz or a quarter of the sample rate.
///
/// Reference: A. de Cheveigne and H. Kawahara, YIN, a fundamental frequency estimator for speech and music
/// (JASA 111, 2002), steps 2 to 5.
final class PeriodFinder {
    /// How long it looks at least.
    static let seconds: Seconds = 0.04
    /// How many samples it looks at: the power of two from 40 ms on.
    let frameSize: Int
    private let shortestLag, lagCount: Int
    private let difference: DifferenceFunction
    private let differences, normalised: Floats
    /// The lags of the dips and how low they are.
    private let lags, depths: Floats
    private var dipCount = 0

    /// How much higher than the lowest dip one may be, for each octave that it lies higher, and still be taken. Lower, and tones
    /// with vibrato come out an octave low; higher, and vowels with a strong second harmonic an octave high.
    private let tolerance: Float = 0.1
    /// As much higher, and nobody can be sure which of the two it is: two notes at once, or one that gives way to another.
    private let doubt: Float = 0.2
    /// The highest confidence where there is doubt.
    static let doubtful: Float = 0.75
    /// Below this mean power there is no pitch: -80 dB.
    private let silentPower: Float = 1e-8

    init(sampleRate: Hertz) {
        let size = FeatureSetup(sampleRate: sampleRate, frameSize: 0, hopSize: 0).transformSize(Self.seconds)
        frameSize = size
        shortestLag = max(4, Int(sampleRate / 4000))
        lagCount = Int(sampleRate / 40) + 3
        difference = DifferenceFunction(frameSize: size, lagCount: lagCount)
        differences = Floats(lagCount)
        normalised = Floats(lagCount)
        lags = Floats(lagCount)
        depths = Floats(lagCount)
    }

    /// The period of `frameSize` samples.
    func find(_ frame: UnsafePointer<Float>) -> Period {
        let noPeriod = Period(samples: Float(shortestLag), confidence: 0)
        let power = difference.apply(frame, into: differences.pointer)
        guard power > silentPower else { return noPeriod }
        normalise()
        guard let lowest = findDips() else { return noPeriod }
        let chosen = choose(lowest)
        let lag = Int(lags[chosen])
        let offset = UnsafePointer(differences.pointer).dip(lag).offset
        let confidence = clamp(1 - depths[chosen], 0, 1)
        return Period(samples: Float(lag) + offset, confidence: isAmbiguous(chosen) ? min(confidence, Self.doubtful) : confidence)
    }

    /// Divides each difference by the mean of those at shorter lags, so that 1 means "as different as any".
    private func normalise() {
        let (from, to) = (differences.pointer, normalised.pointer)
        var total: Float = 0
        to[0] = 1
        for lag in 1..<lagCount {
            total += from[lag]
            to[lag] = from[lag] * Float(lag) / total
        }
    }

    /// Notes all dips, the shortest lag first; the place of the lowest, nil where there is none below 1.
    private func findDips() -> Int? {
        let values = UnsafePointer(normalised.pointer)
        dipCount = 0
        var lowest: Int?
        for lag in shortestLag..<lagCount - 1 where values.isDip(lag) {
            let value = values.dip(lag).value
            lags[dipCount] = Float(lag)
            depths[dipCount] = value
            if value < (lowest.map { depths[$0] } ?? 1) { lowest = dipCount }
            dipCount += 1
        }
        return lowest
    }

    /// Of a period and its multiples, the period: the first dip nearly as low as the lowest, or a lower one close by.
    private func choose(_ lowest: Int) -> Int {
        var first = 0
        while !isAsLow(first, lowest, tolerance) { first += 1 }
        var best = first
        for i in first..<dipCount where lags[i] < 1.2 * lags[first] && depths[i] < depths[best] { best = i }
        return best
    }

    /// Whether a dip is as low as another, give or take so much for each octave that it is higher.
    private func isAsLow(_ dip: Int, _ other: Int, _ perOctave: Float) -> Bool {
        if dip >= other { return true }
        let spare = depths[dip] - depths[other]
        return spare <= 0 || spare <= perOctave * fastLog2(lags[other] / lags[dip])
    }

    /// Whether a dip at a clearly shorter lag is nearly as good.
    private func isAmbiguous(_ chosen: Int) -> Bool {
        for i in 0..<chosen where lags[i] < 0.8 * lags[chosen] && isAsLow(i, chosen, doubt) { return true }
        return false
    }
}

extension UnsafePointer<Float> {
    /// Whether the value at a lag is lower than its neighbours.
    @inline(__always) fileprivate func isDip(_ lag: Int) -> Bool {
        self[lag] < self[lag - 1] && self[lag] <= self[lag + 1]
    }

    /// The curve through a value and its neighbours.
    @inline(__always) fileprivate func dip(_ lag: Int) -> Parabola {
        Parabola(self[lag - 1], self[lag], self[lag + 1])
    }
}
