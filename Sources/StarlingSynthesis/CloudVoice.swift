import StarlingDSP
import StarlingMath

/// One note of the granular instrument: where it is in the sound, and when its next grain comes.
struct CloudVoice {
    var contour = Contour()
    /// Sample-frames until the next grain.
    var untilNext = 0
    private(set) var gain: Float = 0
    private var note: NoteNumber = 60
    /// How far it has gone through the sound by itself, in seconds.
    private var gone: Float = 0
    private var random: UInt32 = 1

    init() {}

    /// Begins a note; one that sounds still goes on from where it is.
    mutating func begin(_ note: NoteNumber, velocity: Float, order: UInt32, _ manner: GranularManner) {
        self.note = note
        if contour.isSilent { (gone, untilNext) = (0, 0) }
        gain = 0.32 * (0.35 + 0.65 * velocity * velocity)
        random = order &* 0x9E37_79B9 &+ 0x7F4A_7C15 | 1
        aim(manner)
        contour.begin()
    }

    private mutating func aim(_ manner: GranularManner) {
        contour.aim(ContourShape(attack: manner.attack, decay: 1, sustain: 1, release: manner.release))
    }

    /// Goes on through the sound.
    mutating func tick(_ manner: GranularManner, _ sound: BankedSound) {
        aim(manner)
        let length = Float(sound.count) / sound.rate
        gone += manner.scan * Float(tickFrameCount) / manner.sampleRate
        gone -= length * (gone / length).rounded(.down)
        untilNext = min(untilNext, Int(2 * manner.interval))
    }

    /// The grain that comes now; the one after it is scheduled.
    mutating func grain(_ manner: GranularManner, _ sound: BankedSound) -> Grain {
        let wait = manner.interval * (1 + manner.chance * 0.95 * bipolar())
        untilNext = max(Int(wait), 1)
        let interval = manner.pitch + note - sound.root + manner.detune * bipolar()
        let increment = Double(sound.rate / manner.sampleRate * fastExp2(clamp(interval * (1 / 12), -8, 5)))
        let length = max(Int(manner.length), 16)
        let side = 0.125 * (1 + manner.pan * bipolar())
        return Grain(
            sound, place: max(manner.place, 0), position: place(manner, sound, increment * Double(length)),
            increment: increment, length: length, rise: manner.rise, fall: manner.fall,
            sides: (fastSine(cycles: 0.25 - side) * manner.gain, fastSine(cycles: side) * manner.gain))
    }

    /// Where a grain begins that reads so many samples: never beyond what there is, also where that grows.
    private mutating func place(_ manner: GranularManner, _ sound: BankedSound, _ span: Double) -> Double {
        let count = Double(sound.count)
        var share = manner.position + gone * sound.rate / Float(sound.count)
        share += 0.5 * manner.spread * bipolar()
        if !sound.isLive { share -= manner.scan == 0 ? 0 : share.rounded(.down) }
        let place = Double(clamp(share, 0, 1)) * (count - span)
        if !sound.isLive { return max(place, 0) }
        // From the oldest that will not be written anew meanwhile to the newest that has been heard.
        let safety = 4_096.0
        return Double(sound.end) - count + safety + min(max(place, 0), count - span - 2 * safety).rounded(.down)
    }

    private mutating func bipolar() -> Float {
        random ^= random &<< 13
        random ^= random &>> 17
        random ^= random &<< 5
        return Float(bitPattern: random &>> 9 | 0x4000_0000) - 3
    }
}

/// What follows from the parameters of the granular instrument for one tick and is the same for every note.
struct GranularManner {
    let sampleRate: Hertz
    /// 0..<8, or -1 for what is being heard.
    let place: Int
    let position: Float
    let spread: Float
    let scan: Float
    /// In sample-frames: of a grain, and from one to the next.
    let length: Float
    let interval: Float
    let pitch: Float
    let detune: Float
    let pan: Float
    let chance: Float
    /// In which shares of its length a grain rises and falls.
    let rise: Float
    let fall: Float
    let gain: Float
    let attack: Float
    let release: Float

    /// In the order of `Granular.info`.
    init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        self.sampleRate = sampleRate
        place = Int(parameters[0].rounded(.toNearestOrEven)) - 1
        (position, spread, scan) = (parameters[1], parameters[2], parameters[3])
        length = parameters[4] * sampleRate
        interval = sampleRate / parameters[5]
        (pitch, detune, pan, chance) = (parameters[6], parameters[7], parameters[8], parameters[10])
        let shape = parameters[9]
        let edge = 0.5 - 0.46 * max(shape, 0)
        rise = shape < 0 ? 0.5 + 0.48 * shape : edge
        fall = shape < 0 ? 1 - rise : edge
        gain = 1.4 / clamp(length / interval, 1, 10).squareRoot()
        attack = parameters[11] * sampleRate
        release = parameters[12] * sampleRate
    }
}
