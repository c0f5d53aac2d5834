import StarlingDSP
import StarlingMath

/// Formant singing voices, four singers a note, twelve notes at a time.
///
/// A pulse train and a noise for each singer pass five resonances in parallel. The four singers of a note are the four
/// lanes of a vector, and the singers who stand at the same place in all notes share one panorama.
final class Choir: Instrument {
    private static let voiceCount = 12
    private let sampleRate: Hertz
    private let vowels = VowelTable()
    private let voices: UnsafeMutablePointer<ChoirVoice>
    private let formants: UnsafeMutablePointer<Resonator>
    private let singers: UnsafeMutablePointer<Lanes>
    private var manner: ChoirManner
    private var left = LaneRamp()
    private var right = LaneRamp()
    private var level: Fader
    private var noteCount: UInt32 = 0
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        let formantCount = Self.voiceCount * VowelTable.formantCount
        formants = .allocate(capacity: formantCount)
        formants.initialize(repeating: Resonator(), count: formantCount)
        voices = .allocate(capacity: Self.voiceCount)
        for i in 0..<Self.voiceCount {
            (voices + i).initialize(to: ChoirVoice(formants: formants + i * VowelTable.formantCount))
        }
        singers = .allocate(capacity: 3 * tickFrameCount)
        singers.initialize(repeating: .zero, count: 3 * tickFrameCount)
        manner = ChoirManner(
            Self.info.parameters.map { $0.defaultValue }, vowels: vowels, sampleRate: sampleRate)
        level = Fader(sampleRate: sampleRate)
    }

    deinit {
        voices.deallocate()
        formants.deallocate()
        singers.deallocate()
    }

    override func reset() {
        for i in 0..<Self.voiceCount { voices[i] = ChoirVoice(formants: formants + i * VowelTable.formantCount) }
        noteCount = 0
        isFresh = true
    }

    override func noteOn(_ note: NoteNumber, velocity: Float) {
        let limited = clamp(note, 0, 127)
        let voice = voices + leastMissed(for: limited)
        voice.pointee.begin(limited, velocity: clamp(velocity, 0, 1), order: noteCount, manner, sampleRate)
        noteCount &+= 1
    }

    override func noteOff(_ note: NoteNumber) {
        let limited = clamp(note, 0, 127)
        for i in 0..<Self.voiceCount where voices[i].note == limited { voices[i].end() }
    }

    override func allNotesOff() {
        for i in 0..<Self.voiceCount { voices[i].end() }
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = ChoirManner(parameters, vowels: vowels, sampleRate: sampleRate)
        left.aim(at: manner.left, atOnce: isFresh)
        right.aim(at: manner.right, atOnce: isFresh)
        level.aim(at: audibleGain(parameters[8]), atOnce: isFresh)
        isFresh = false
        for i in 0..<Self.voiceCount where !voices[i].envelope.isSilent { voices[i].tick(manner, sampleRate) }
    }

    override func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        singers.update(repeating: .zero, count: count)
        for i in 0..<Self.voiceCount where !voices[i].envelope.isSilent {
            voices[i].add(to: singers, scratch: singers + tickFrameCount, count: count)
        }
        var (toLeft, toRight, level) = (self.left, self.right, level)
        for i in 0..<count {
            let sung = singers[i] * level.next()
            left[i] += (sung * toLeft.value).total
            right[i] += (sung * toRight.value).total
            toLeft.value += toLeft.step
            toRight.value += toRight.step
        }
        (self.left, self.right, self.level) = (toLeft, toRight, level)
    }

    /// The voice for a note: the one that sings it already, else a silent one, else the softest of those that
    /// die away, else the one that has sung longest.
    private func leastMissed(for note: NoteNumber) -> Int {
        var best = 0
        var least = Float.infinity
        for i in 0..<Self.voiceCount where reluctance(voices[i], note) < least {
            best = i
            least = reluctance(voices[i], note)
        }
        return best
    }

    private func reluctance(_ voice: ChoirVoice, _ note: NoteNumber) -> Float {
        if voice.envelope.isSilent { return 0 }
        if voice.note == note { return -1 }
        return voice.envelope.isRising ? 2 + 1 / Float(noteCount &- voice.order) : voice.envelope.progress
    }
}
