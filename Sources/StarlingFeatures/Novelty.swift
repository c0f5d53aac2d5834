import StarlingDSP
import StarlingMath

/// How different the sound of the last half second is from that of the half second before.
///
/// One minus the cosine of the angle between the two mean spectra in 40 mel bands, levels counted from the least audible
/// up; silence against silence gives 0, sound against silence 1. Cost: 160 operations.
final class Novelty: Feature {
    static let info = FeatureInfo(
        id: 19, name: "novelty", label: "New section",
        help: """
            Whether the music has just become something else: it rises when a new part, texture or speaker begins and \
            falls while all stays alike. Good for changing scenes.
            """,
        reference: "J. Foote, Automatic audio segmentation using a measure of audio novelty (ICME 2000), two halves of a kernel of 1 s",
        outputs: [
            ParameterInfo(
                "novelty", label: "New section", unit: .ratio, default: 0,
                help: "How different the last half second is from the one before.")
        ])

    private let count: Int
    private let floor: Decibels
    private let rows, newer, older: Floats
    private var next = 0

    init(_ setup: FeatureSetup) {
        count = setup.hops(0.5)
        floor = Frame.audibleLevel(frameSize: setup.frameSize)
        rows = Floats(2 * count * Frame.bandCount)
        newer = Floats(Frame.bandCount)
        older = Floats(Frame.bandCount)
    }

    override func reset() {
        rows.clear()
        newer.clear()
        older.clear()
        next = 0
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let levels = frame.bandLevels
        let leaving = rows.pointer + next * Frame.bandCount
        let crossing = rows.pointer + (next + count) % (2 * count) * Frame.bandCount
        for band in 0..<Frame.bandCount {
            let level = max(levels[band] - floor, 0)
            older[band] += crossing[band] - leaving[band]
            newer[band] += level - crossing[band]
            leaving[band] = level
        }
        next = (next + 1) % (2 * count)
        if next == 0 { addUp() }
        output[0] = clamp(difference(), 0, 1)
    }

    /// Adds both halves up afresh, so that rounding does not gather.
    private func addUp() {
        older.clear()
        newer.clear()
        for row in 0..<count {
            for band in 0..<Frame.bandCount {
                older[band] += rows[row * Frame.bandCount + band]
                newer[band] += rows[(row + count) * Frame.bandCount + band]
            }
        }
    }

    private func difference() -> Float {
        let n = Frame.bandCount
        let (a, b) = (dot(newer.pointer, newer.pointer, count: n), dot(older.pointer, older.pointer, count: n))
        // One decibel in one band, on average, is as good as silence.
        let silent = Float(count) * Float(count)
        if a <= silent || b <= silent { return (a > silent) == (b > silent) ? 0 : 1 }
        return 1 - dot(newer.pointer, older.pointer, count: n) / (a * b).squareRoot()
    }
}
