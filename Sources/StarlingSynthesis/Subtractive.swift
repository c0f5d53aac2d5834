import StarlingDSP
import StarlingMath

/// The classic synthesiser: bright oscillators, a filter that takes away, a contour for both; sixteen notes at a time.
final class Subtractive: PolyphonicInstrument {
    private let tables = WaveTables()
    private let voices: UnsafeMutablePointer<SubtractiveVoice>
    private let sound = UnsafeMutablePointer<SIMD2<Float>>.allocate(capacity: 2 * tickFrameCount + 2)
    private var manner: SubtractiveManner

    init(sampleRate: Hertz) {
        voices = .allocate(capacity: 16)
        voices.initialize(repeating: SubtractiveVoice(), count: 16)
        sound.initialize(repeating: .zero, count: 2 * tickFrameCount + 2)
        manner = SubtractiveManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: 16)
    }

    deinit {
        voices.deallocate()
        sound.deallocate()
    }

    override func silence() { voices.update(repeating: SubtractiveVoice(), count: voiceCount) }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        voices[voice].begin(note, velocity: velocity, order: order, manner, sampleRate)
    }

    override func end(_ voice: Int) { voices[voice].contour.end() }
    override func loudness(_ voice: Int) -> Float {
        let contour = voices[voice].contour
        return contour.isSilent ? 0 : max(contour.level, 1e-6)
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = SubtractiveManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[15])
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].tick(manner, sampleRate) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count, tables, sound)
    }
}
