import StarlingDSP
import StarlingMath

/// The slope of the spectrum in dB per octave: the straight line through the levels of the mel bands above 100 Hz.
///
/// White noise gives 0, pink noise -3, brown noise -6. Bands without sound (below `Frame.silentLevel` + 1 dB) are left
/// out; with fewer than three the slope is 0. Cost: a few operations a band.
final class Tilt: Feature {
    static let info = FeatureInfo(
        id: 10, name: "slope", label: "Tilt",
        help: """
            How fast the sound falls off towards high frequencies. A shout or a hard stroke tilts up, a murmur or a soft \
            stroke down. It says how hard something is played, at any loudness.
            """,
        reference: "Peeters 2004, 6.1.4, on decibels over octaves: numpy.polyfit(log2(centres), band levels in dB, 1)",
        outputs: [
            ParameterInfo(
                "slope", label: "Tilt", unit: .decibels, range: -60...60, default: 0,
                help: "Decibels per octave: 0 for white noise, about -12 for a soft voice.")
        ])

    private let octaves: Floats
    private let first: Int

    init(_ setup: FeatureSetup) {
        let centres = Frame.bandCentres(sampleRate: setup.sampleRate)
        octaves = Floats(centres.map { Float(ExactMath.logarithm($0 / 1000) / ExactMath.logarithm(2)) })
        first = centres.firstIndex { $0 >= 100 } ?? 0
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let levels = frame.bandLevels
        var line = Line()
        for band in first..<Frame.bandCount where levels[band] > Frame.silentLevel + 1 {
            line.add(octaves[band], levels[band])
        }
        output[0] = clamp(line.count < 3 ? 0 : line.slope, -60, 60)
    }
}

/// The straight line nearest to some points.
struct Line {
    private(set) var count: Float = 0
    private var x: Float = 0, y: Float = 0, xx: Float = 0, xy: Float = 0

    mutating func add(_ x: Float, _ y: Float) {
        count += 1
        self.x += x
        self.y += y
        xx += x * x
        xy += x * y
    }

    /// How much y rises for 1 of x; 0 where all x are the same.
    var slope: Float {
        let spread = count * xx - x * x
        return spread > 1e-9 ? (count * xy - x * y) / spread : 0
    }
}
