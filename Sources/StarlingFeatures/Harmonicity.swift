import StarlingDSP
import StarlingMath

/// How much of the sound is harmonic, and how far its partials lie from whole multiples of the pitch.
///
/// Partials 1 to 16 are looked for in the long spectrum, each within a quarter of the pitch of its place. Without a
/// pitch (confidence below 0.5) both are 0. Cost: 16 short searches.
final class Harmonicity: Feature {
    static let info = FeatureInfo(
        id: 16, name: "harmonicity", label: "Harmonicity",
        help: """
            Whether the sound is a clear tone with its overtones, or rough and noisy. Inharmonicity is high for bells, \
            bars and stiff strings, and near 0 for voices, winds and bowed strings.
            """,
        reference: "Peeters 2004, 8.1 (harmonic energy) and 8.4 (inharmonicity)",
        outputs: [
            ParameterInfo(
                "harmonicity", label: "Harmonicity", unit: .ratio, default: 0,
                help: "The share of the sound's energy that lies in overtones of its pitch."),
            ParameterInfo(
                "inharmonicity", label: "Inharmonicity", unit: .ratio, default: 0,
                help: "How far overtones lie from whole multiples of the pitch: 0 in tune, 1 a quarter of the pitch off."),
        ])

    private let sampleRate: Hertz
    private let hertzPerBin: Float

    init(_ setup: FeatureSetup) {
        sampleRate = setup.sampleRate
        hertzPerBin = setup.sampleRate / Float(setup.transformSize(0.16))
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        output[0] = 0
        output[1] = 0
        let period = frame.period
        guard period.confidence >= 0.5 else { return }
        let spacing = sampleRate / period.samples / hertzPerBin
        measure(frame.longMagnitude, frame.longBinCount, spacing: spacing, into: output)
    }

    /// `spacing` is the pitch in bins.
    private func measure(
        _ magnitude: UnsafePointer<Float>, _ binCount: Int, spacing: Float, into output: UnsafeMutablePointer<Float>
    ) {
        // A Hann window spreads a tone over two bins to each side.
        let lobe = 2
        var harmonic: Float = 0, weighted: Float = 0, strength: Float = 0
        var last = 0
        for partial in 1...16 {
            let centre = Float(partial) * spacing
            let low = max(lobe, Int(centre - spacing / 4)), high = Int(centre + spacing / 4)
            guard high + lobe < binCount, low <= high else { break }
            let place = highest(magnitude, low, high)
            for k in max(place - lobe, last + 1)...max(place + lobe, last + 1) { harmonic += magnitude[k] * magnitude[k] }
            last = place + lobe
            guard magnitude.isPeak(place) else { continue }
            let peak = magnitude.peak(place)
            weighted += (peak.place - centre).magnitude / (spacing / 4) * peak.height * peak.height
            strength += peak.height * peak.height
        }
        var total: Float = 0
        for k in lobe..<max(lobe + 1, last + 1) { total += magnitude[k] * magnitude[k] }
        output[0] = total > 0 ? clamp(harmonic / total, 0, 1) : 0
        output[1] = strength > 0 ? clamp(weighted / strength, 0, 1) : 0
    }

    private func highest(_ magnitude: UnsafePointer<Float>, _ low: Int, _ high: Int) -> Int {
        var best = low
        for k in low...high where magnitude[k] > magnitude[best] { best = k }
        return best
    }
}
