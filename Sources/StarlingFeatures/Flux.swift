import StarlingDSP
import StarlingMath

/// How much the spectrum has changed since the frame a hop before: in shape over hertz, and in level over mel bands.
///
/// The first is half the sum of the differences of the magnitudes, each spectrum scaled to the sum 1: 0 where nothing but
/// the loudness changed, 1 where nothing is left of the old spectrum; from or to silence it is 0. The second is the
/// mean change of the 40 mel band levels in dB, rises and falls alike, counted from 80 dB below a full-scale tone.
/// Cost: two operations a bin.
final class Flux: Feature {
    static let info = FeatureInfo(
        id: 11, name: "flux", label: "Change",
        help: """
            How fast the sound changes from moment to moment: near 0 for a held tone, high for speech, scratches and fast \
            playing. Unlike Attack it also hears endings.
            """,
        reference: """
            Peeters 2004, 6.2, with L1 normalisation: 0.5 * numpy.abs(numpy.diff(S / S.sum(axis=0))).sum(axis=0); \
            bands: numpy.abs(numpy.diff(levels)).mean(axis=0)
            """,
        outputs: [
            ParameterInfo(
                "flux", label: "Change of colour", unit: .ratio, range: 0...1, default: 0,
                help: "How much of the spectrum has moved elsewhere since the last look, at any loudness."),
            ParameterInfo(
                "flux-bands", label: "Change of level", unit: .decibels, range: 0...60, default: 0,
                help: "How many decibels the bands have moved on average since the last look."),
        ])

    private let earlier: Floats
    private let earlierLevels = Floats(Frame.bandCount)
    private let floor: Decibels
    private var earlierTotal: Float = 0

    init(_ setup: FeatureSetup) {
        earlier = Floats(setup.frameSize / 2 + 1)
        floor = Frame.audibleLevel(frameSize: setup.frameSize)
        super.init()
        reset()
    }

    override func reset() {
        earlier.clear()
        earlierTotal = 0
        earlierLevels.pointer.update(repeating: floor, count: Frame.bandCount)
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        output[0] = change(of: frame.magnitude, frame.binCount)
        output[1] = changeOfLevels(frame.bandLevels)
    }

    private func change(of magnitude: UnsafePointer<Float>, _ binCount: Int) -> Float {
        let total = sum(magnitude, count: binCount)
        let isComparable = total > 1e-6 && earlierTotal > 1e-6
        let (now, before) = (1 / max(total, 1e-6), 1 / max(earlierTotal, 1e-6))
        var difference: Float = 0
        for k in 0..<binCount {
            difference += (magnitude[k] * now - earlier[k] * before).magnitude
            earlier[k] = magnitude[k]
        }
        earlierTotal = total
        return isComparable ? clamp(0.5 * difference, 0, 1) : 0
    }

    private func changeOfLevels(_ levels: UnsafePointer<Float>) -> Decibels {
        var change: Float = 0
        for band in 0..<Frame.bandCount {
            let level = max(levels[band], floor)
            change += (level - earlierLevels[band]).magnitude
            earlierLevels[band] = level
        }
        return clamp(change / Float(Frame.bandCount), 0, 60)
    }
}
