import StarlingDSP
import StarlingMath

/// A drum kit without samples on the notes of General MIDI, sixteen strokes at a time.
final class DrumKit: PolyphonicInstrument {
    private let voices: UnsafeMutablePointer<DrumVoice>
    private var manner: DrumManner
    private let fading: Float

    init(sampleRate: Hertz) {
        voices = .allocate(capacity: 16)
        voices.initialize(repeating: DrumVoice(), count: 16)
        manner = DrumManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        fading = fastExp2(-1_000 / sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: 16)
    }

    deinit { voices.deallocate() }

    override func silence() { voices.update(repeating: DrumVoice(), count: voiceCount) }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        let sound = DrumSound.sound(note: Int(note.rounded(.toNearestOrEven)))
        if sound.group > 0 {
            for i in 0..<voiceCount where i != voice && voices[i].sound.group == sound.group { voices[i].choke() }
        }
        voices[voice].begin(sound, velocity: velocity, order: order, manner)
    }

    override func loudness(_ voice: Int) -> Float { voices[voice].loudness }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = DrumManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[7])
        for i in 0..<voiceCount where voices[i].loudness > 0 { voices[i].tick(manner) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count, fading: fading)
    }
}
