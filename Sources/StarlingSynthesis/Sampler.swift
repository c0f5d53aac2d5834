import StarlingDSP
import StarlingMath

/// Plays the sounds of the bank, each note at its pitch or each at its own; pitch and time are independent. Twelve notes at a time.
final class Sampler: PolyphonicInstrument {
    private static let voiceLimit = 12
    /// Those that play, then for each what fades out of the note before.
    private let voices: UnsafeMutablePointer<SamplerVoice>
    private var manner: SamplerManner
    private var bank: SoundBank
    private let fading: Float

    init(sampleRate: Hertz) {
        bank = .builtIn(sampleRate)
        voices = .allocate(capacity: 2 * Self.voiceLimit)
        voices.initialize(repeating: SamplerVoice(), count: 2 * Self.voiceLimit)
        manner = SamplerManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        fading = fastExp2(-600 / sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: Self.voiceLimit)
    }

    deinit { voices.deallocate() }

    override func use(_ sounds: SoundBank) { bank = sounds }

    override func silence() { voices.update(repeating: SamplerVoice(), count: 2 * voiceCount) }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        let place = manner.place(note)
        // A pad of a kit that has no sound stays silent, unless none has one.
        let isSilent = manner.isKit && !bank.isLoaded(place) && !bank.isEmpty
        let before = voiceCount + voice
        if voices[voice].loudness > 0 { voices[before] = voices[voice].parting(manner, after: voices[before]) }
        voices[voice].begin(isSilent ? nil : bank.sound(place), place, note, velocity: velocity, manner)
    }

    override func end(_ voice: Int) { voices[voice].end(manner) }
    override func loudness(_ voice: Int) -> Float {
        max(voices[voice].loudness, voices[voiceCount + voice].loudness)
    }


    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = SamplerManner(parameters, sampleRate: sampleRate)
        aimLevel(parameters[11])
        for i in 0..<2 * voiceCount where voices[i].loudness > 0 {
            voices[i].follow(bank, manner)
            voices[i].tick(manner)
        }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        for i in stride(from: voice, to: 2 * voiceCount, by: voiceCount) where voices[i].loudness > 0 {
            voices[i].add(to: left, right, count: count, fading: fading, manner)
        }
    }
}

/// What follows from the parameters of the sampler for one tick and is the same for every note.
struct SamplerManner {
    let sampleRate: Hertz
    let place: Int
    let isKit: Bool
    /// In semitones.
    let pitch: Float
    let speed: Float
    let keepsTime: Bool
    /// Where notes begin, as a share of the sound.
    let start: Float
    let ending: Ending
    /// In sample-frames.
    let attack: Float
    let release: Float
    let touch: Float
    /// How far the filter's poles go each sample-frame; 1 lets all through.
    let tone: Float

    /// How a sound goes on while its note is held.
    enum Ending: Int { case once, held, loop }

    /// In the order of `Sampler.info`.
    init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        self.sampleRate = sampleRate
        place = Int(parameters[0].rounded(.toNearestOrEven)) - 1
        isKit = parameters[1] >= 0.5
        pitch = parameters[2]
        speed = parameters[3]
        keepsTime = parameters[4] >= 0.5
        start = parameters[5]
        ending = Ending(rawValue: Int(parameters[6].rounded(.toNearestOrEven))) ?? .loop
        attack = parameters[7] * sampleRate
        release = parameters[8] * sampleRate
        touch = parameters[9]
        let share = parameters[10] / 16_000
        tone = 1 - fastExp(-6.283 * parameters[10] / sampleRate) * max(0, 1 - share * share * share * share)
    }

    /// The place 0..<8 that a note plays: in a kit C2 the first, the next notes those that follow, then from the first again.
    func place(_ note: NoteNumber) -> Int {
        isKit ? (Int(note.rounded(.toNearestOrEven)) + 4) & (SoundBank.placeCount - 1) : place
    }
}
