import StarlingDSP
import StarlingMath

/// An instrument with several voices: which of them plays what, the same for all such instruments.
///
/// Subclasses say how a voice begins, ends, how loud it is, and how it sounds; all voices together have one level.
class PolyphonicInstrument: Instrument {
    let sampleRate: Hertz
    let voiceCount: Int
    /// Whether no tick has come since the beginning: parameters hold at once.
    private(set) var isFresh = true
    private var level: Fader
    private let scratch = Floats(2 * tickFrameCount)
    private let played: UnsafeMutablePointer<PlayedNote>
    private var noteCount: UInt32 = 0

    /// Takes the memory for the voices' notes.
    init(sampleRate: Hertz, voiceCount: Int) {
        self.sampleRate = sampleRate
        self.voiceCount = voiceCount
        level = Fader(sampleRate: sampleRate)
        played = .allocate(capacity: voiceCount)
        played.initialize(repeating: PlayedNote(), count: voiceCount)
    }

    deinit { played.deallocate() }

    /// Begins a note with a voice, which may sound still.
    func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {}
    /// Ends the note of a voice.
    func end(_ voice: Int) {}
    /// How loud a voice is, 0 where it is silent and will stay so.
    func loudness(_ voice: Int) -> Float { 0 }
    /// Adds the next frames of a voice that sounds.
    func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {}
    /// Silences all voices at once, as if just made.
    func silence() {}

    override func reset() {
        played.update(repeating: PlayedNote(), count: voiceCount)
        noteCount = 0
        isFresh = true
        silence()
    }

    /// Aims at how loud all voices together are, in dB. What else needs `isFresh` in a tick comes before: this ends it.
    func aimLevel(_ decibels: Decibels) {
        level.aim(at: audibleGain(decibels), atOnce: isFresh)
        isFresh = false
    }

    override func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        let (l, r) = (scratch.pointer, scratch.pointer + tickFrameCount)
        scratch.clear()
        for i in 0..<voiceCount where loudness(i) > 0 { add(i, to: l, r, count: count) }
        var level = level
        for i in 0..<count {
            let gain = level.next()
            left[i] += l[i] * gain
            right[i] += r[i] * gain
        }
        self.level = level
    }

    override func noteOn(_ note: NoteNumber, velocity: Float) {
        let limited = clamp(note, 0, 127)
        let voice = leastMissed(for: limited)
        played[voice] = PlayedNote(note: limited, order: noteCount, isHeld: true)
        begin(voice, limited, velocity: clamp(velocity, 0, 1), order: noteCount)
        noteCount &+= 1
    }

    override func noteOff(_ note: NoteNumber) {
        let limited = clamp(note, 0, 127)
        for i in 0..<voiceCount where played[i].note == limited { release(i) }
    }

    override func allNotesOff() {
        for i in 0..<voiceCount { release(i) }
    }

    private func release(_ voice: Int) {
        if !played[voice].isHeld { return }
        played[voice].isHeld = false
        end(voice)
    }

    /// The voice for a note: the one that plays it already, else a silent one, else the softest of those that
    /// die away, else the one that has been held longest.
    private func leastMissed(for note: NoteNumber) -> Int {
        var best = 0
        var least = Float.infinity
        for i in 0..<voiceCount where reluctance(i, note) < least {
            best = i
            least = reluctance(i, note)
        }
        return best
    }

    private func reluctance(_ voice: Int, _ note: NoteNumber) -> Float {
        let loudness = loudness(voice)
        if played[voice].note == note && loudness > 0 { return -1 }
        if loudness == 0 { return 0 }
        return played[voice].isHeld ? 1_000 + 1 / Float(noteCount &- played[voice].order) : min(loudness, 999)
    }
}

/// The note a voice was begun with, and whether it is still held.
private struct PlayedNote {
    var note: NoteNumber = -1
    var order: UInt32 = 0
    var isHeld = false
}
