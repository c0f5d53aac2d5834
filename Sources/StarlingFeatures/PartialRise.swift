import StarlingDSP
import StarlingMath

/// How much partials have risen within the last 17 ms, wherever they were: the mean rise of narrow bands in dB.
///
/// The bands lie a third of a semitone apart from 30 Hz to 17 kHz, or a bin where bins are wider. Each is compared with the
/// highest of itself and its neighbours as they were, so that vibrato does not look like new notes. Levels count from 80 dB
/// below a full-scale tone, and from 40 dB below the loudest band nearby, where a partial's own skirts lie; falls count as 0.
/// Cost: 160 logarithms at 1024 samples.
/// Reference: S. Boeck and G. Widmer, Maximum filter vibrato suppression for onset detection (DAFx 2013), without looking ahead.
final class PartialRise {
    private static let bandsPerOctave = 36.0
    private static let range: ClosedRange<Double> = 30...17_000
    private static let lagSeconds: Seconds = 0.017
    private static let floor: Decibels = -80
    /// How far below the loudest of so many bands to each side levels still count.
    private static let depth: Decibels = 40, reach = 6

    private let bank: MelBank
    private let lag: Int
    private let levels, earlier: Floats
    private let loudest = SlidingMaximum(length: 2 * reach + 1)
    private var oldest = 0

    init(_ setup: FeatureSetup) {
        let scale = 4 / Double(setup.frameSize)
        bank = MelBank(corners: Self.corners(setup), binCount: setup.frameSize / 2 + 1) { _ in scale }
        lag = setup.hops(Self.lagSeconds)
        levels = Floats(bank.bandCount)
        earlier = Floats(lag * bank.bandCount)
        reset()
    }

    /// The middles of the bands and one more at each end, in whole bins.
    private static func corners(_ setup: FeatureSetup) -> [Double] {
        let hertzPerBin = Double(setup.sampleRate) / Double(setup.frameSize)
        let step = ExactMath.logarithm(2) / bandsPerOctave
        let last = min(Int((range.upperBound / hertzPerBin).rounded()), setup.frameSize / 2)
        var bins = [Int((range.lowerBound / hertzPerBin).rounded())]
        var place = ExactMath.logarithm(range.lowerBound)
        while bins[bins.count - 1] < last {
            place += step
            let bin = Int((ExactMath.exponential(place) / hertzPerBin).rounded())
            if bin > bins[bins.count - 1] { bins.append(min(bin, last)) }
        }
        return bins.map { Double($0) }
    }

    func reset() {
        earlier.pointer.update(repeating: Self.floor, count: earlier.count)
        oldest = 0
    }

    /// Takes the next frame in.
    func next(_ frame: Frame) -> Float {
        let count = bank.bandCount
        let before = earlier.pointer + oldest * count
        oldest = oldest + 1 == lag ? 0 : oldest + 1
        measure(frame)
        var rise: Float = 0
        for band in 0..<count { rise += max(levels[band] - before[band], 0) }
        for band in 0..<count {
            before[band] = max(levels[max(band - 1, 0)], levels[band], levels[min(band + 1, count - 1)])
        }
        return rise / Float(count)
    }

    private func measure(_ frame: Frame) {
        let count = bank.bandCount
        bank.apply(frame.magnitude, into: levels.pointer)
        for band in 0..<count { levels[band] = max(decibels(amplitude: levels[band]), Self.floor) }
        loudest.reset()
        for ahead in 0..<count + Self.reach {
            let top = loudest.next(ahead < count ? levels[ahead] : Self.floor)
            let band = ahead - Self.reach
            if band >= 0 { levels[band] = max(levels[band], top - Self.depth) }
        }
    }
}
