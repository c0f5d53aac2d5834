import StarlingDSP
import StarlingMath

/// Plucked strings, twelve at a time.
final class PluckedString: PolyphonicInstrument {
    private let voices: UnsafeMutablePointer<StringVoice>
    private let lines: Floats
    private let lineLength: Int
    private var manner: StringManner

    init(sampleRate: Hertz) {
        lineLength = StringVoice.lineLength(sampleRate: sampleRate)
        lines = Floats(12 * lineLength)
        voices = .allocate(capacity: 12)
        manner = StringManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: 12)
        for i in 0..<12 { (voices + i).initialize(to: newVoice(i)) }
    }

    deinit { voices.deallocate() }

    private func newVoice(_ index: Int) -> StringVoice {
        StringVoice(line: lines.pointer + index * lineLength, length: lineLength)
    }

    override func silence() {
        for i in 0..<voiceCount { voices[i] = newVoice(i) }
    }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        voices[voice].begin(note, velocity: velocity, order: order, manner)
    }

    override func end(_ voice: Int) { voices[voice].end() }
    override func loudness(_ voice: Int) -> Float { voices[voice].loudness }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = StringManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[8])
        for i in 0..<voiceCount where voices[i].loudness > 0 { voices[i].tick(manner) }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        voices[voice].add(to: left, right, count: count)
    }
}

/// What follows from the parameters of the strings for one tick and is the same for every note.
struct StringManner {
    let sampleRate: Hertz
    /// Seconds until a string is 60 dB softer, while held and after.
    let decay: Seconds
    let release: Seconds
    /// How much more is lost at high frequencies, 0...1.
    let damping: Float
    /// How hard the plectrum is 0...1, and where it plucks, as a share of the string.
    let hardness: Float
    let position: Float
    let spread: Float
    let tune: Float

    /// In the order of `PluckedString.info`.
    init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        self.sampleRate = sampleRate
        decay = parameters[0]
        damping = parameters[1]
        hardness = parameters[2]
        position = parameters[3]
        release = parameters[4]
        spread = parameters[5]
        tune = parameters[7]
        body = parameters[6]
    }

    /// How much the wooden body adds, 0...1.
    let body: Float
}
