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

    /// How much higher than the lowest dip one at a shorter lag may be and still be taken. Lower, and tones with
    /// vibrato come out an octave low; higher, and vowels with a strong second harmonic an octave high.
    private let tolerance: Float = 0.07
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
    }

    /// The period of `frameSize` samples.
    func find(_ frame: UnsafePointer<Float>) -> Period {
        let noPeriod = Period(samples: Float(shortestLag), confidence: 0)
        let power = difference.apply(frame, into: differences.pointer)
        guard power > silentPower else { return noPeriod }
        normalise()
        let lowest = lowestDip()
        guard lowest < 1 else { return noPeriod }
        let lag = firstDip(downTo: lowest + tolerance)
        let offset = UnsafePointer(differences.pointer).dip(lag).offset
        let depth = UnsafePointer(normalised.pointer).dip(lag).value
        return Period(samples: Float(lag) + offset, confidence: clamp(1 - depth, 0, 1))
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

    /// The lowest value of all dips, 1 where there is none.
    private func lowestDip() -> Float {
        let values = UnsafePointer(normalised.pointer)
        var lowest: Float = 1
        for lag in shortestLag..<lagCount - 1 where values.isDip(lag) { lowest = min(lowest, values.dip(lag).value) }
        return lowest
    }

    /// The lowest lag of the first stretch that reaches down to a level: of a period and its multiples, the period.
    private func firstDip(downTo level: Float) -> Int {
        let values = UnsafePointer(normalised.pointer)
        var best = shortestLag
        var lowest = Float.infinity
        for lag in shortestLag..<lagCount - 1 {
            if values.isDip(lag) {
                let value = values.dip(lag).value
                if value <= level, value < lowest { (best, lowest) = (lag, value) }
            } else if lowest <= level, values[lag] > level, lag > best + 1 {
                break
            }
        }
        return best
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
