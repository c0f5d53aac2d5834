import StarlingDSP
import StarlingMath

/// How much louder the spectrum is than a quarter of a frame before: peaks mark beginnings of sounds.
///
/// The mean over 40 mel bands of the rise in dB, falls counting as 0 (spectral flux), without looking ahead. Levels
/// count from 80 dB below a full-scale tone, so that hiss does not look like a rhythm. Silence and steady sound give
/// 0; more than 60 counts as 60. Cost: 40 subtractions.
final class Onset: Feature {
    static let info = FeatureInfo(
        id: 4, name: "onset", label: "Attack",
        help: """
            How much new sound begins just now: near 0 while a sound lasts or fades, about 2 for a soft beginning, \
            5 to 25 for a drum. Good for starting notes and catching beats.
            """,
        reference: """
            librosa.onset.onset_strength(S=mel band levels in dB, 40 bands, floor 80 dB below a full-scale tone, \
            lag=a quarter of a frame in hops, max_size=1, center=False); S. Boeck and G. Widmer, Maximum filter vibrato \
            suppression for onset detection (DAFx 2013)
            """,
        isBasic: true,
        outputs: [
            ParameterInfo(
                "onset", label: "Attack", range: 0...60, default: 0,
                help: "How much new sound begins: near 0 while a sound lasts, 5 to 25 for a drum.")
        ])

    private let rise: BandRise

    init(_ setup: FeatureSetup) { rise = BandRise(setup) }

    override func reset() { rise.reset() }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        output[0] = min(rise.next(frame), 60)
    }
}

/// How much the mel bands have risen since a quarter of a frame before: the weighted mean of their rises in dB.
final class BandRise {
    private let lag: Int
    private let floor: Decibels
    private let earlier: Floats
    private let weights: Floats
    private let total: Float
    private var oldest = 0

    /// `high` is how much bands above 2.5 kHz count against the others.
    init(_ setup: FeatureSetup, high: Float = 1) {
        lag = max(1, (setup.frameSize / 4 + setup.hopSize / 2) / setup.hopSize)
        floor = Frame.audibleLevel(frameSize: setup.frameSize)
        earlier = Floats(lag * Frame.bandCount)
        let centres = Frame.bandCentres(sampleRate: setup.sampleRate)
        weights = Floats(centres.map { $0 > 2500 ? high : 1 })
        total = sum(weights.pointer, count: Frame.bandCount)
        reset()
    }

    func reset() {
        earlier.pointer.update(repeating: floor, count: earlier.count)
        oldest = 0
    }

    /// Takes the next frame in.
    func next(_ frame: Frame) -> Float {
        let before = earlier.pointer + oldest * Frame.bandCount
        let levels = frame.bandLevels
        var rise: Float = 0
        for band in 0..<Frame.bandCount {
            let level = max(levels[band], floor)
            rise += weights[band] * max(level - before[band], 0)
            before[band] = level
        }
        oldest = oldest + 1 == lag ? 0 : oldest + 1
        return rise / total
    }
}
