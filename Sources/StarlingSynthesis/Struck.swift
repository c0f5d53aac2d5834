import StarlingDSP
import StarlingMath

/// Struck bars, bells and skins: each a sum of modes that ring, twelve strokes at a time.
final class Struck: PolyphonicInstrument {
    private let voices: UnsafeMutablePointer<StruckVoice>
    private let modes: UnsafeMutablePointer<ModeLanes>
    private let materials = MaterialTable()
    private var manner: StruckManner

    init(sampleRate: Hertz) {
        let (voiceCount, laneCount) = (12, StruckVoice.laneCount)
        modes = .allocate(capacity: voiceCount * laneCount)
        modes.initialize(repeating: ModeLanes(), count: voiceCount * laneCount)
        voices = .allocate(capacity: voiceCount)
        for i in 0..<voiceCount { (voices + i).initialize(to: StruckVoice(modes: modes + i * laneCount)) }
        manner = StruckManner(
            Self.info.parameters.map { $0.defaultValue }, materials: materials, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: voiceCount)
    }

    deinit {
        voices.deallocate()
        modes.deallocate()
    }

    override func silence() {
        for i in 0..<voiceCount { voices[i] = StruckVoice(modes: modes + i * StruckVoice.laneCount) }
    }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        voices[voice].begin(note, velocity: velocity, manner)
    }

    override func end(_ voice: Int) { voices[voice].isHeld = false }
    override func loudness(_ voice: Int) -> Float { voices[voice].loudness }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = StruckManner(parameters, materials: materials, sampleRate: sampleRate)
        aimLevel(parameters[8])
        for i in 0..<voiceCount where voices[i].loudness > 0 { voices[i].tick(manner) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count)
    }
}
