import StarlingDSP
import StarlingMath

/// Waves that turn into each other, from soft over vocal to metallic; twelve notes at a time.
final class Wavetable: PolyphonicInstrument {
    private let tables = MorphTables()
    private let voices: UnsafeMutablePointer<WavetableVoice>
    private var manner: WavetableManner

    init(sampleRate: Hertz) {
        voices = .allocate(capacity: 12)
        voices.initialize(repeating: WavetableVoice(tables), count: 12)
        manner = WavetableManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: 12)
    }

    deinit { voices.deallocate() }

    override func silence() { voices.update(repeating: WavetableVoice(tables), count: voiceCount) }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        voices[voice].begin(note, velocity: velocity, order: order, manner, sampleRate)
    }

    override func end(_ voice: Int) { voices[voice].contour.end() }
    override func loudness(_ voice: Int) -> Float {
        let contour = voices[voice].contour
        return contour.isSilent ? 0 : max(contour.level, 1e-6)
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = WavetableManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[14])
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].tick(manner, sampleRate) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count)
    }
}
