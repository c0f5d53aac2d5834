import StarlingDSP
import StarlingMath

/// Waves that turn into each other, from soft over vocal to metallic; twelve notes at a time.
final class Wavetable: PolyphonicInstrument {
    private let tables = MorphTables()
    private let voices: UnsafeMutablePointer<WavetableVoice>
    private var manner: WavetableManner
    private var level: Fader
    private let scratch = Floats(2 * tickFrameCount)

    init(sampleRate: Hertz) {
        voices = .allocate(capacity: 12)
        voices.initialize(repeating: WavetableVoice(tables), count: 12)
        manner = WavetableManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        level = Fader(sampleRate: sampleRate)
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
        level.aim(at: audibleGain(parameters[14]), atOnce: isFresh)
        isFresh = false
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].tick(manner, sampleRate) }
    }

    override func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        let (l, r) = (scratch.pointer, scratch.pointer + tickFrameCount)
        scratch.clear()
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].add(to: l, r, count: count) }
        var level = level
        for i in 0..<count {
            let gain = level.next()
            left[i] += l[i] * gain
            right[i] += r[i] * gain
        }
        self.level = level
    }
}
