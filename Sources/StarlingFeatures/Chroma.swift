import StarlingDSP
import StarlingMath

/// How strong each of the twelve pitch classes is, from C to B, whatever the octave; the strongest is 1.
///
/// Peaks of the long spectrum from 50 Hz to 4 kHz, their frequencies refined between the bins, speak for their note and,
/// more softly, for the notes of which they may be the second to fifth harmonic. Notes below 200 Hz come out right as
/// long as two of them are not nearer than 25 Hz. Silence (below -80 dB) gives 0 for all. Cost: a transform of 0.16 s of
/// sound every 20 ms.
final class Chroma: Feature {
    static let info = FeatureInfo(
        id: 15, name: "chroma", label: "Harmony",
        help: """
            Which of the twelve notes are sounding, in any octave. For chords, keys and harmony: teach three chords and \
            play with them.
            """,
        reference: "E. Gomez, Tonal description of music audio signals (PhD thesis, Barcelona 2006), 3.3: harmonic pitch class profile",
        outputs: [
            note("chroma-c", "C"), note("chroma-c-sharp", "C sharp"), note("chroma-d", "D"),
            note("chroma-d-sharp", "D sharp"), note("chroma-e", "E"), note("chroma-f", "F"),
            note("chroma-f-sharp", "F sharp"), note("chroma-g", "G"), note("chroma-g-sharp", "G sharp"),
            note("chroma-a", "A"), note("chroma-a-sharp", "A sharp"), note("chroma-b", "B"),
        ])

    private static func note(_ name: StaticString, _ label: StaticString) -> ParameterInfo {
        ParameterInfo(
            name, label: label, unit: .ratio, default: 0, help: "How strong this note is, in any octave, against the strongest.")
    }

    private static let harmonicCount = 5
    private static let decay: Float = 0.6
    private let hertzPerBin: Float
    private let firstBin, lastBin: Int
    private let semitonesDown: Floats

    init(_ setup: FeatureSetup) {
        let size = setup.transformSize(0.16)
        hertzPerBin = setup.sampleRate / Float(size)
        firstBin = max(2, Int(50 / hertzPerBin))
        lastBin = min(Int(4000 / hertzPerBin), size / 2 - 2)
        semitonesDown = Floats((1...Self.harmonicCount).map { Float(12 * ExactMath.logarithm(Double($0)) / ExactMath.logarithm(2)) })
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let magnitude = frame.longMagnitude
        for i in 0..<12 { output[i] = 0 }
        var strongest: Float = 0
        for k in firstBin...lastBin where magnitude[k] > strongest { strongest = magnitude[k] }
        guard strongest > 1e-4 else { return }
        for k in firstBin...lastBin where magnitude.isPeak(k) && magnitude[k] > 0.01 * strongest {
            let peak = magnitude.peak(k)
            add(noteNumber(hertz: peak.place * hertzPerBin), strength: peak.height * peak.height, into: output)
        }
        scale(output)
    }

    private func add(_ note: NoteNumber, strength: Float, into output: UnsafeMutablePointer<Float>) {
        var share = strength
        for harmonic in 0..<Self.harmonicCount {
            let fundamental = note - semitonesDown[harmonic]
            let nearest = fundamental.rounded(.toNearestOrEven)
            let distance = fundamental - nearest
            // A note that is right in tune speaks for itself alone, one between two keys for both.
            let pitchClass = ((Int(nearest) % 12) + 12) % 12
            let neighbour = (pitchClass + (distance > 0 ? 1 : 11)) % 12
            let lean = max(0, 2 * distance.magnitude - 0.4) / 1.2
            output[pitchClass] += share * (1 - lean)
            output[neighbour] += share * lean
            share *= Self.decay * Self.decay
        }
    }

    private func scale(_ output: UnsafeMutablePointer<Float>) {
        var largest: Float = 0
        for i in 0..<12 {
            output[i] = output[i].squareRoot()
            largest = max(largest, output[i])
        }
        if largest > 0 { for i in 0..<12 { output[i] = clamp(output[i] / largest, 0, 1) } }
    }
}

extension UnsafePointer<Float> {
    /// Whether a value is higher than its neighbours.
    @inline(__always) func isPeak(_ k: Int) -> Bool { self[k] > self[k - 1] && self[k] >= self[k + 1] }

    /// The top of the curve through a peak and its neighbours, on a logarithmic scale, where a Hann window's is a parabola nearly.
    @inline(__always) func peak(_ k: Int) -> (place: Float, height: Float) {
        let least: Float = 1e-12
        let top = Parabola(fastLog2(self[k - 1] + least), fastLog2(self[k] + least), fastLog2(self[k + 1] + least))
        return (Float(k) + clamp(top.offset, -0.5, 0.5), fastExp2(top.value))
    }
}
