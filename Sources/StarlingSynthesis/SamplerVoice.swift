import StarlingDSP
import StarlingMath

/// One sound that is played: two readers that take turns, so that time may go as it likes.
///
/// Where time and pitch go together, the next reader goes on where the last one is; where they part by more than 8 ms, it
/// begins near the wanted place, where the wave is most like the one that fades. A loop's end fades into its beginning
/// without moving in time. Where time turns round, a reader that sounds goes on as it went, and the next one comes.
struct SamplerVoice {
    /// About how loud it is; exactly 0 where it is silent and will stay so.
    var loudness: Float { contour.isSilent && leftover == 0 ? 0 : max(contour.level, 1e-6) }
    private(set) var sound: BankedSound?
    private var place = 0
    private var note: NoteNumber = 60
    private var gain: Float = 0
    private var contour = Contour()
    /// Samples a sample-frame: of the readers, and of the time they follow.
    private var increment = 1.0
    private var pace = 1.0
    private var weights: UnsafePointer<Float>?
    /// Where time is, and where the readers are that rises and that fades.
    private var time = 0.0
    private var rising = 0.0
    private var fading = 0.0
    /// -1 for one that goes against `increment`, for it began before time turned round.
    private var risingSign = 1.0
    private var fadingSign = 1.0
    private var turn: Float = 0
    private var turnStep: Float = 0
    private var left = 0
    private var loops = false
    private var isReleased = false
    /// How much of a sound is left that has to go; 1 while it may stay.
    private var stay: Float = 1
    private var stayStep: Float = 0
    private var tone = LaneRamp()
    private var memory: (Float, Float) = (0, 0)
    /// The last frame, and what dies away of one that nothing followed.
    private var last: Float = 0
    private var leftover: Float = 0
    private var isKit = false
    private var isParting = false

    init() {}

    /// Begins a sound, or nothing, as if just made.
    mutating func begin(_ sound: BankedSound?, _ place: Int, _ note: NoteNumber, velocity: Float, _ manner: SamplerManner) {
        self = SamplerVoice()
        (self.note, self.place) = (note, place)
        gain = 0.2 * (1 - manner.touch * (1 - velocity * velocity))
        isKit = manner.isKit
        start(sound, manner)
    }

    private mutating func start(_ sound: BankedSound?, _ manner: SamplerManner) {
        leftover = flushed(last)
        memory = (0, 0)
        (stay, stayStep) = (1, 0)
        self.sound = sound
        contour = Contour()
        guard let sound else { return }
        contour.aim(ContourShape(attack: manner.attack, decay: 1, sustain: 1, release: manner.release))
        contour.begin()
        aim(sound, manner, atOnce: true)
        time = Double(manner.start) * Double(sound.count - 1)
        if pace < 0, manner.start == 0 { time = Double(sound.count - 1) }
        rising = time
        fading = time
        (risingSign, fadingSign) = (1, 1)
        (turn, turnStep, left) = (1, 0, 0)
    }

    /// Ends the note; a sound that is to play once goes on to its end.
    mutating func end(_ manner: SamplerManner) {
        isReleased = true
        if manner.ending != .once { contour.end() }
    }

    /// The same, fading out within 5 ms: another note has taken its place. One that was still doing so ends at once.
    func parting(_ manner: SamplerManner, after other: SamplerVoice) -> SamplerVoice {
        var voice = self
        voice.isParting = true
        voice.stayStep = -1 / (0.005 * manner.sampleRate)
        if other.loudness > 0 { voice.leftover += other.last }
        return voice
    }

    /// Fades out of a sound whose place has another one now; a held note goes on with that.
    mutating func follow(_ bank: SoundBank, _ manner: SamplerManner) {
        if isParting, stay == 0, !contour.isSilent { (leftover, contour) = (flushed(last), Contour()) }
        guard let sound, !isParting, contour.level > 0 || contour.isHeld else { return }
        let goesOn = manner.ending == .loop && contour.isHeld
        if goesOn, !isKit { place = manner.place }
        let present = bank.sound(place)
        if present.number == sound.number, stayStep == 0 { return }
        stayStep = -1 / (0.01 * manner.sampleRate)
        if stay == 0 { start(goesOn ? present : nil, manner) }
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: SamplerManner) {
        contour.aim(ContourShape(attack: manner.attack, decay: 1, sustain: 1, release: manner.release))
        if leftover.magnitude < 1e-6 { leftover = 0 }
        memory = (flushed(memory.0), flushed(memory.1))
        if isReleased, manner.ending != .once || pace.magnitude < 0.02 { contour.end() }
        if let sound { aim(sound, manner, atOnce: false) }
    }

    private mutating func aim(_ sound: BankedSound, _ manner: SamplerManner, atOnce: Bool) {
        let interval = isKit ? manner.pitch : manner.pitch + note - sound.root
        let ratio = Double(sound.rate / manner.sampleRate)
        let pitch = Double(fastExp2(clamp(interval * (1 / 12), -8, 6)))
        let speed = Double(manner.speed)
        let before = increment
        increment = ratio * pitch * (speed < 0 ? -1 : 1)
        pace = ratio * speed
        if !manner.keepsTime {
            increment = ratio * pitch * speed
            pace = increment
        } else if !atOnce, increment * before < 0 {
            (risingSign, fadingSign) = (-risingSign, -fadingSign)
        }
        weights = SincTable.shared.set(Float(increment))
        loops = manner.ending == .loop
        tone.aim(at: Lanes(manner.tone, 0, 0, 0), atOnce: atOnce)
    }

    /// Adds the next `count` frames.
    mutating func add(
        to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int, fading: Float, _ manner: SamplerManner
    ) {
        var this = self
        for i in 0..<count {
            if this.left == 0 { this.take(manner.sampleRate) }
            let heard = this.next(fading)
            l[i] += heard
            r[i] += heard
        }
        self = this
    }

    @inline(__always) private mutating func next(_ decay: Float) -> Float {
        left -= 1
        leftover *= decay
        last = leftover
        guard let sound, let weights, !contour.isSilent else { return last }
        let share = turn * turn * (3 - 2 * turn)
        let first = sound.value(at: rising, weights)
        let mixed = turnStep == 0 ? first : first * share + sound.value(at: fading, weights) * (1 - share)
        rising += increment * risingSign
        fading += increment * fadingSign
        time += pace
        turn = min(turn + turnStep, 1)
        let kept = stay * stay * (3 - 2 * stay)
        stay = max(stay + stayStep, 0)
        memory.0 += (mixed * kept * contour.next() * gain - memory.0) * tone.value[0]
        memory.1 += (memory.0 - memory.1) * tone.value[0]
        tone.value += tone.step
        last += memory.1
        return last
    }

    /// The next turn: which reader comes, and when the turn after it.
    private mutating func take(_ sampleRate: Hertz) {
        left = tickFrameCount
        guard let sound, !contour.isSilent else { return }
        let hop = Int(0.03 * sampleRate)
        let short = Int(0.008 * sampleRate)
        (fading, fadingSign) = (rising, risingSign)
        let remaining = framesLeft(sound)
        if loops, remaining <= Double(short) {
            let (from, to) = sound.loop
            time += pace > 0 ? from - to : to - from
            return turnTo(time, short)
        }
        if !loops, remaining <= 0 { contour.end() }
        let radius = 0.008 * Double(sound.rate)
        let length = loops ? max(min(hop, Int(remaining) - short), 1) : hop
        if risingSign > 0, (rising - time).magnitude <= radius { return goOn(min(length, short)) }
        // The same place between two samples as the one that fades, or the pitch would drift.
        // Half way through its life, where it is loudest, it is where time is.
        let wanted = max(Int(time - (increment - pace) * Double(length)), 0)
        turnTo(Double(wanted + offset(sound, from: wanted, Int(radius))) + rising - rising.rounded(.down), length)
    }

    /// Sample-frames until the sound or its loop ends.
    private func framesLeft(_ sound: BankedSound) -> Double {
        let (from, to) = loops ? sound.loop : (0, Double(sound.count))
        if pace > 0 { return min((to - time) / pace, 1e6) }
        return pace < 0 ? min((time - from) / -pace, 1e6) : 1e6
    }

    /// The reader goes on by itself.
    private mutating func goOn(_ length: Int) { (turn, turnStep, left) = (1, 0, length) }

    private mutating func turnTo(_ place: Double, _ length: Int) {
        (rising, risingSign) = (place, 1)
        (turn, turnStep, left) = (0, 1 / Float(length), length)
    }

    /// By how many samples from the wanted place the wave is most like the one that fades.
    private func offset(_ sound: BankedSound, from wanted: Int, _ radius: Int) -> Int {
        let step = max(radius / 48, 1)
        // Where nothing is more like it than the wanted place, as in silence, that.
        var best = (likeness: likeness(sound, wanted, step: 2 * step), offset: 0)
        var offset = -radius
        while offset <= radius {
            let likeness = likeness(sound, wanted + offset, step: 2 * step)
            if likeness > best.likeness { best = (likeness, offset) }
            offset += step
        }
        for near in (best.offset - step)...(best.offset + step) {
            let likeness = likeness(sound, wanted + near, step: step)
            if near == best.offset - step { best.likeness = likeness - 1e-9 }
            if likeness > best.likeness { best = (likeness, near) }
        }
        return best.offset
    }

    /// How like two stretches of the sound are, as a share of their strength.
    private func likeness(_ sound: BankedSound, _ place: Int, step: Int) -> Float {
        let (a, b) = (Int(fading), place)
        let (stepA, stepB) = (increment * fadingSign < 0 ? -step : step, increment < 0 ? -step : step)
        var (product, power): (Float, Float) = (0, 1e-9)
        for k in 0..<64 {
            let (i, j) = (a + k * stepA, b + k * stepB)
            guard 0..<sound.count ~= i, 0..<sound.count ~= j else { continue }
            let (x, y) = (sound.samples[i], sound.samples[j])
            product += x * y
            power += y * y
        }
        return product / power.squareRoot()
    }
}
