import StarlingDSP
import StarlingMath

/// Frequency modulation with four operators, sixteen notes at a time.
final class FrequencyModulation: PolyphonicInstrument {
    private let voices: UnsafeMutablePointer<Operators>
    private var manner: OperatorManner

    init(sampleRate: Hertz) {
        voices = .allocate(capacity: 16)
        voices.initialize(repeating: Operators(), count: 16)
        manner = OperatorManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: 16)
    }

    deinit { voices.deallocate() }

    override func silence() { voices.update(repeating: Operators(), count: voiceCount) }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        voices[voice].begin(note, velocity: velocity, manner, sampleRate)
    }

    override func end(_ voice: Int) { voices[voice].contour.end() }
    override func loudness(_ voice: Int) -> Float {
        let contour = voices[voice].contour
        return contour.isSilent ? 0 : max(contour.level, 1e-6)
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = OperatorManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[14])
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].tick(manner, sampleRate) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count)
    }
}
