import StarlingDSP
import StarlingMath

/// One string: a wave that runs around in a delay line and loses a little each time.
///
/// The loss is a filter of three taps, symmetrical, which delays all frequencies by exactly one sample-frame; the rest of
/// the way around is read between frames by a cubic, so that the string is in tune. It is plucked with one period of noise,
/// less that same noise from the place of the plectrum.
/// Reference: D. Jaffe and J. Smith, "Extensions of the Karplus-Strong plucked-string algorithm", CMJ 1983.
struct StringVoice {
    /// About how loud it is; exactly 0 where it is silent and will stay so.
    private(set) var loudness: Float = 0
    private var note: NoteNumber = 0
    private var velocity: Float = 0
    private var isHeld = false
    private let line: UnsafeMutablePointer<Float>
    private let mask: Int
    private var position = 0
    /// Sample-frames since the line was last made silent: what is older in it counts as 0.
    private var age = 0
    /// The way around, the losses' gain and side tap, and the body's share.
    private var loop = LaneRamp()
    private var sides = LaneRamp()
    private var inner: (Float, Float) = (0, 0)
    private var plectrum: UInt32 = 0
    private var pluckAge = 0
    private var pluckLength = 0
    private var pluckShift = 0
    private var pluckGain: Float = 0
    private var softness: Float = 0
    private var soft: Float = 0
    private var leftover: Float = 0
    private var last: Float = 0
    private var slow: Float = 0
    private var peak: Float = 0

    /// A silent string with the memory for its line.
    init(line: UnsafeMutablePointer<Float>, length: Int) {
        self.line = line
        mask = length - 1
    }

    /// The memory a line needs, a power of two: for notes down to 20 Hz.
    static func lineLength(sampleRate: Hertz) -> Int {
        var length = 64
        while Float(length) < sampleRate / 20 + 8 { length *= 2 }
        return length
    }

    /// Plucks the string. One that vibrates with the same note goes on below the new pluck; another is stopped first.
    mutating func begin(_ note: NoteNumber, velocity: Float, order: UInt32, _ manner: StringManner) {
        let isSame = loudness > 0 && note == self.note
        self.note = note
        self.velocity = velocity
        isHeld = true
        if !isSame {
            age = 0
            inner = (0, 0)
            (soft, slow) = (0, 0)
            leftover = last
        }
        loudness = 1
        pluck(manner, order)
        if !isSame { aim(manner, atOnce: true) }
    }

    private mutating func pluck(_ manner: StringManner, _ order: UInt32) {
        let period = period(manner)
        plectrum = order &* 2_654_435_761 &+ 12_345
        pluckAge = 0
        pluckLength = Int(period)
        pluckShift = max(Int(period * manner.position), 1)
        // Softly plucked strings are duller: the corner is from 250 Hz to 20 kHz.
        let corner = fastExp2(8 + 6 * manner.hardness * (0.55 + 0.45 * velocity)) / manner.sampleRate
        softness = fastExp2(-9.06 * min(corner, 2))
        pluckGain = 0.55 * velocity * velocity * fastExp2(-0.35 * fastLog2(1 - 0.9 * softness))
    }

    /// Lets the string go.
    mutating func end() { isHeld = false }

    private func period(_ manner: StringManner) -> Float {
        let frequency = hertz(note: note + manner.tune)
        return clamp(manner.sampleRate / frequency, 4, Float(mask - 4))
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: StringManner) {
        aim(manner, atOnce: false)
        if pluckAge < pluckLength + pluckShift || peak > 3e-6 {
            loudness = max(peak, 1e-6)
        } else {
            loudness = 0
            last = 0
        }
        peak *= fastExp2(-Float(tickFrameCount) / (0.1 * manner.sampleRate))
        inner = (flushed(inner.0), flushed(inner.1))
        (soft, slow, leftover) = (flushed(soft), flushed(slow), flushed(leftover))
    }

    private mutating func aim(_ manner: StringManner, atOnce: Bool) {
        let period = period(manner)
        let decay = isHeld ? manner.decay * fastExp2((60 - note) * 0.02) : min(manner.release, manner.decay)
        let kept = fastExp2(-9.966 * period / (decay * manner.sampleRate))
        // Side taps of s lose 4 s at half the sample rate; the same share a period in every octave is a duller treble.
        let side = clamp(manner.damping * manner.damping * 0.24 + 0.0005, 0, 0.25)
        // The fundamental is to last as long as it says: what the taps take from it is given back.
        let cycles = 1 / period
        let dip = 4 * side * fastSine(cycles: cycles * 0.5) * fastSine(cycles: cycles * 0.5)
        // What does not swing at all must die away as well, at least half as fast.
        let gain = min(kept / (1 - dip), 0.5 + 0.5 * kept)
        loop.aim(at: Lanes(travelled(to: period - 1, atOnce), gain, side, manner.body), atOnce: atOnce)
        let place = manner.spread * fastSine(cycles: note * 0.381_966)
        sides.aim(
            at: 0.5 * Lanes(
                fastSine(cycles: 0.125 * (1 - place)), fastSine(cycles: 0.125 * (1 + place)), manner.body, 0),
            atOnce: atOnce)
        bodyShare = 1 - fastExp2(-9.06 * 220 / manner.sampleRate)
        fading = fastExp2(-1_000 / manner.sampleRate)
    }

    /// The way around that the next tick may reach: it changes by half a frame a frame at most, which bends no more than a fifth.
    private func travelled(to way: Float, _ atOnce: Bool) -> Float {
        let most = Float(tickFrameCount) * 0.5
        return atOnce ? way : clamp(way, loop.value[0] - most, loop.value[0] + most)
    }

    private var bodyShare: Float = 0
    private var fading: Float = 0

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        var this = self
        for i in 0..<count {
            let sound = this.next()
            l[i] += sound * this.sides.value[0]
            r[i] += sound * this.sides.value[1]
            this.loop.value += this.loop.step
            this.sides.value += this.sides.step
        }
        self = this
    }

    @inline(__always) private mutating func next() -> Float {
        let arrived = read(loop.value[0])
        let middle = inner.0
        let bent = middle + loop.value[2] * (arrived - middle - middle + inner.1)
        inner = (arrived, middle)
        let moved = flushed(loop.value[1] * bent + push())
        position = (position + 1) & mask
        line[position] = moved
        age += 1
        slow += (moved - slow) * bodyShare
        leftover *= fading
        last = moved + 2 * loop.value[3] * slow + leftover
        peak = max(peak, last.magnitude)
        return last
    }

    /// What the plectrum adds, over one period and the way from its place.
    @inline(__always) private mutating func push() -> Float {
        if pluckAge >= pluckLength + pluckShift { return 0 }
        let near: Float = pluckAge < pluckLength ? noise(pluckAge) : 0
        let far: Float = pluckAge >= pluckShift ? noise(pluckAge - pluckShift) : 0
        pluckAge += 1
        soft = near - far + (soft - near + far) * softness
        return soft * pluckGain
    }

    /// Noise that follows from the place alone, so that it can be had twice without memory; reference: Murmur's finaliser.
    @inline(__always) private func noise(_ place: Int) -> Float {
        var x = plectrum &+ UInt32(truncatingIfNeeded: place) &* 0x9E37_79B9
        x = (x ^ x &>> 16) &* 0x85EB_CA6B
        x = (x ^ x &>> 13) &* 0xC2B2_AE35
        x ^= x &>> 16
        return Float(bitPattern: x &>> 9 | 0x4000_0000) - 3
    }

    /// What was written so many frames ago, between frames too (Lagrange, third order).
    @inline(__always) private func read(_ delay: Float) -> Float {
        let whole = Int(delay)
        let t = delay - Float(whole)
        let (before, near) = (at(whole - 1), at(whole))
        let (far, after) = (at(whole + 1), at(whole + 2))
        let up = t + 1, down = t - 1, beyond = t - 2
        return (after * up - before * beyond) * (t * down) * (1 / 6) + (near * down - far * t) * (up * beyond) * 0.5
    }

    @inline(__always) private func at(_ back: Int) -> Float {
        back <= age && back > 0 ? line[(position - back + 1) & mask] : 0
    }
}
