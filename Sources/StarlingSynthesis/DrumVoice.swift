import StarlingDSP
import StarlingMath

/// One stroke on one drum.
struct DrumVoice {
    /// About how loud it is; exactly 0 where it is silent and will stay so.
    private(set) var loudness: Float = 0
    private(set) var sound = DrumSound()
    private var velocity: Float = 0
    private var phase = Lanes.zero
    private var output = Lanes.zero
    private var increment = LaneRamp()
    /// The octaves the pitch has still to fall.
    private var height: Float = 0
    private var toneLevel: Float = 0
    private var noiseLevel: Float = 0
    /// Level after a tick as a share of that before: partials and noise.
    private var keeps: (Float, Float) = (1, 1)
    private var rise: Float = 0
    private var burstsLeft = 0
    private var burstAge: Float = 0
    private var state: UInt32 = 1
    private var first: Float = 0
    private var second: Float = 0
    /// Tangent and width of the filter, gains of partials and noise; places and what passes.
    private var filter = LaneRamp()
    private var sides = LaneRamp()
    private var leftover: Float = 0
    private var last: Float = 0
    private var isChoked = false

    init() {}

    /// Strikes the drum; what a voice still sounds of an earlier stroke dies away within milliseconds.
    mutating func begin(_ sound: DrumSound, velocity: Float, order: UInt32, _ manner: DrumManner) {
        leftover = loudness > 0 ? last : 0
        self.sound = sound
        self.velocity = velocity
        phase = Lanes(0.02, 0.27, 0.11, 0.4)
        output = .zero
        (first, second) = (0, 0)
        height = 1
        (toneLevel, noiseLevel, rise) = (1, 1, 0.02)
        (burstsLeft, burstAge) = (sound.bursts, 0)
        state = order &* 0x9E37_79B9 &+ 0x7F4A_7C15 | 1
        loudness = 1
        isChoked = false
        aim(manner, atOnce: true)
    }

    /// Stops it within hundredths of a second, as another hat stroke does.
    mutating func choke() { isChoked = true }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: DrumManner) {
        let seconds = Float(tickFrameCount) / manner.sampleRate
        height *= fastExp2(-6 * seconds / (sound.fallTime * manner.punchTime))
        burstAge += seconds
        if burstsLeft > 0, burstAge > 0.011 {
            burstsLeft -= 1
            burstAge -= 0.011
            noiseLevel = 1
        }
        aim(manner, atOnce: false)
        loudness = max(toneLevel * sound.toneGain, noiseLevel * sound.noiseGain)
        if loudness < 2e-5 { loudness = 0 }
        (first, second, leftover) = (flushed(first), flushed(second), flushed(leftover))
        output = flushed(output)
    }

    private mutating func aim(_ manner: DrumManner, atOnce: Bool) {
        let pitch = sound.tone * manner.tune * fastExp2(height * sound.fall * manner.punch)
        increment.aim(at: smaller(sound.ratios * (pitch / manner.sampleRate), Lanes(repeating: 0.4)), atOnce: atOnce)
        let choke: Float = isChoked ? 0.02 : 1
        keeps = (
            fastExp2(-9.966 / (max(sound.toneDecay * manner.decay * choke, 0.004) * manner.sampleRate)),
            fastExp2(
                -9.966 / (max(burstsLeft > 0 ? 0.025 : sound.noiseDecay * manner.decay * choke, 0.004) * manner.sampleRate))
        )
        let center = sound.center * manner.tone * (0.7 + 0.4 * velocity)
        let tangent = fastTangent(halfTurns: Lanes(repeating: clamp(center / manner.sampleRate, 0.001, 0.42)))[0]
        let gain = 0.5 * velocity * (0.3 + 0.7 * velocity)
        filter.aim(
            at: Lanes(tangent, sound.width, gain * sound.toneGain * manner.toneShare, gain * sound.noiseGain * manner.snap),
            atOnce: atOnce)
        let place = sound.place * manner.spread
        sides.aim(
            at: Lanes(
                fastSine(cycles: 0.125 * (1 - place)), fastSine(cycles: 0.125 * (1 + place)), sound.metal * manner.metal,
                0),
            atOnce: atOnce)
    }

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int, fading: Float) {
        var this = self
        for i in 0..<count {
            let heard = this.next(fading)
            l[i] += heard * this.sides.value[0]
            r[i] += heard * this.sides.value[1]
            this.sides.value += this.sides.step
            this.filter.value += this.filter.step
        }
        self = this
    }

    @inline(__always) private mutating func next(_ fading: Float) -> Float {
        rise += (1 - rise) * 0.25
        toneLevel *= keeps.0
        noiseLevel *= keeps.1
        let tone = partials() * (toneLevel * filter.value[2] * rise)
        let noise = white() * (noiseLevel * filter.value[3] * rise)
        let passed = filtered(sound.filtersTone ? noise + tone : noise)
        leftover *= fading
        last = (sound.filtersTone ? passed : passed + tone) + leftover
        return last
    }

    @inline(__always) private mutating func partials() -> Float {
        let bent = Lanes(output[3], output[0], output[1], output[2]) * sides.value[2]
        let cycles = phase + bent
        let doubled = 2 * (cycles - cycles.rounded(.toNearestOrEven))
        let folded = (1 - doubled).replacing(with: -1 - doubled, where: doubled .< -0.5)
        output = fastSine(halfTurns: folded.replacing(with: doubled, where: (doubled .>= -0.5) .& (doubled .<= 0.5)))
        phase = wrapped(phase + increment.value)
        increment.value += increment.step
        return (output * sound.strengths).total
    }

    @inline(__always) private mutating func white() -> Float {
        state ^= state &<< 13
        state ^= state &>> 17
        state ^= state &<< 5
        return Float(bitPattern: state &>> 9 | 0x4000_0000) - 3
    }

    @inline(__always) private mutating func filtered(_ input: Float) -> Float {
        let (g, width) = (filter.value[0], filter.value[1])
        let band = (first + g * (input - second)) / (1 + g * (g + width))
        let low = second + g * band
        first = band + band - first
        second = low + low - second
        let around = width * band
        return around + sound.high * (input - around - low - around)
    }
}

/// What follows from the parameters of the drum kit for one tick and is the same for every drum.
struct DrumManner {
    let sampleRate: Hertz
    /// Factors of pitch, decay, and the filters' frequency.
    let tune: Float
    let decay: Float
    let tone: Float
    /// Factors of how far and how long the pitch falls.
    let punch: Float
    let punchTime: Float
    /// Factors of the noise's and the partials' gains, and of how metallic metal is.
    let snap: Float
    let toneShare: Float
    let metal: Float
    let spread: Float

    /// In the order of `DrumKit.info`.
    init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        self.sampleRate = sampleRate
        tune = fastExp2(parameters[0] * (1 / 12))
        decay = fastExp2(4 * (parameters[1] - 0.5))
        snap = 2 * parameters[2] * (0.5 + parameters[2])
        toneShare = 1.15 - 0.3 * parameters[2]
        tone = fastExp2(2 * (parameters[3] - 0.5))
        punch = 2 * parameters[4]
        punchTime = 0.6 + 0.8 * parameters[4]
        metal = 2 * parameters[5]
        spread = 1.6 * parameters[6]
    }
}
