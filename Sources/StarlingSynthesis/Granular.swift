import StarlingDSP
import StarlingMath

/// A cloud of grains over a sound of the bank or over what is being heard; eight notes with ten grains each at a time.
final class Granular: PolyphonicInstrument {
    private static let voiceLimit = 8
    /// Each note has its own, or it would matter in which order notes take them.
    private static let grainsEach = 10
    private static let grainCount = voiceLimit * grainsEach
    private let voices: UnsafeMutablePointer<CloudVoice>
    private let grains: UnsafeMutablePointer<Grain>
    private let mono = Floats(2 * tickFrameCount)
    private var manner: GranularManner
    private var bank: SoundBank
    private var sound: BankedSound

    init(sampleRate: Hertz) {
        bank = .builtIn(sampleRate)
        sound = bank.sound(0)
        voices = .allocate(capacity: Self.voiceLimit)
        voices.initialize(repeating: CloudVoice(), count: Self.voiceLimit)
        grains = .allocate(capacity: Self.grainCount)
        grains.initialize(repeating: Grain(), count: Self.grainCount)
        manner = GranularManner(Self.info.parameters.map { $0.defaultValue }, sampleRate: sampleRate)
        super.init(sampleRate: sampleRate, voiceCount: Self.voiceLimit)
    }

    deinit {
        voices.deallocate()
        grains.deallocate()
    }

    override func use(_ sounds: SoundBank) {
        bank = sounds
        sound = sounds.sound(0)
    }

    override func silence() {
        voices.update(repeating: CloudVoice(), count: voiceCount)
        grains.update(repeating: Grain(), count: Self.grainCount)
    }

    override func begin(_ voice: Int, _ note: NoteNumber, velocity: Float, order: UInt32) {
        if voices[voice].contour.isSilent {
            for i in 0..<Self.grainCount where i / Self.grainsEach == voice { grains[i].left = 0 }
        }
        voices[voice].begin(note, velocity: velocity, order: order, manner)
    }

    override func end(_ voice: Int) { voices[voice].contour.end() }
    override func loudness(_ voice: Int) -> Float {
        let contour = voices[voice].contour
        return contour.isSilent ? 0 : max(contour.level, 1e-6)
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        manner = GranularManner(parameters, sampleRate: sampleRate)
        sound = manner.place < 0 ? bank.liveSound : bank.sound(manner.place)
        aimLevel(parameters[13])
        for i in 0..<voiceCount where !voices[i].contour.isSilent { voices[i].tick(manner, sound) }
        for i in 0..<Self.grainCount where grains[i].left > 0 {
            if !grains[i].isLive, bank.sound(grains[i].place).number != grains[i].number { grains[i].hurry(sampleRate) }
        }
    }

    override func add(
        _ voice: Int, to left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        let (l, r) = (mono.pointer, mono.pointer + tickFrameCount)
        mono.clear()
        var done = 0
        while done < count {
            if voices[voice].untilNext == 0 { sow(voice) }
            let length = min(count - done, voices[voice].untilNext)
            for i in voice * Self.grainsEach..<(voice + 1) * Self.grainsEach where grains[i].left > 0 {
                grains[i].add(to: l + done, r + done, count: length)
            }
            voices[voice].untilNext -= length
            done += length
        }
        for i in 0..<count {
            let gain = voices[voice].contour.next() * voices[voice].gain
            left[i] += l[i] * gain
            right[i] += r[i] * gain
        }
    }

    /// A new grain, where there is room for one.
    private func sow(_ voice: Int) {
        let grain = voices[voice].grain(manner, sound)
        for i in voice * Self.grainsEach..<(voice + 1) * Self.grainsEach where grains[i].left == 0 { return grains[i] = grain }
    }
}
