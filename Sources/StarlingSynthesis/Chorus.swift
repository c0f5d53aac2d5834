import StarlingDSP
import StarlingMath

/// Chorus and flanger: up to two copies a side whose delay swings, so that their pitch does too.
///
/// Near a millisecond with feedback the copies comb the sound, as a flanger's do; further away they are other players.
/// The swing bends the pitch by a semitone at most, however fast it is; the delays move by a third of a frame a frame at most.
final class Chorus: Effect {
    private static let longest: Seconds = 0.08
    private let sampleRate: Hertz
    private let lines: (left: DelayLine, right: DelayLine)
    private var phase: Float = 0
    /// The delays of both copies on the left, then of both on the right, in sample-frames.
    private var ways = LaneRamp()
    private var aims = Lanes.zero
    /// Gains of the sound itself, the first copy, the second copy, and the feedback.
    private var gains: LaneGlide
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        let maximum = Int(Self.longest * sampleRate)
        lines = (DelayLine(maximum: maximum), DelayLine(maximum: maximum))
        gains = LaneGlide(sampleRate: sampleRate)
    }

    override func reset() {
        lines.left.clear()
        lines.right.clear()
        phase = 0
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        let (rate, delay) = (parameters[0], parameters[2])
        phase += rate * Float(tickFrameCount) / sampleRate
        phase -= phase.rounded(.down)
        // A semitone is a slope of 0.06; a sine's steepest slope is 2 pi times its rate and depth.
        let swing = parameters[1] * min(0.98 * delay, 0.0095 / rate)
        let aside = 0.25 * parameters[4]
        move(to: Lanes(
            delay + swing * fastSine(cycles: phase), delay + swing * fastSine(cycles: phase + 0.5),
            delay + swing * fastSine(cycles: phase + aside), delay + swing * fastSine(cycles: phase + aside + 0.5)))
        let (wet, more) = (fastSine(cycles: 0.25 * parameters[6]), parameters[5])
        gains.aim(
            at: Lanes(
                fastSine(cycles: 0.25 - 0.25 * parameters[6]), wet * fastSine(cycles: 0.25 - 0.125 * more),
                wet * fastSine(cycles: 0.125 * more), parameters[3]),
            atOnce: isFresh)
        isFresh = false
    }

    private func move(to delays: Lanes) {
        let most = Float(tickFrameCount) / 3
        let next = smaller(
            larger(delays * sampleRate, Lanes(repeating: 2)), Lanes(repeating: Self.longest * sampleRate))
        aims = isFresh ? next : larger(smaller(next, aims + most), aims - most)
        ways.aim(at: aims, atOnce: isFresh)
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (ways, gains) = (ways, gains)
        for i in 0..<count {
            let (input, way, gain) = (SIMD2(flushed(left[i]), flushed(right[i])), ways.value, gains.value)
            let first = SIMD2(lines.left.read(way[0]), lines.right.read(way[2]))
            let second = SIMD2(lines.left.read(way[1]), lines.right.read(way[3]))
            let kept = input + first * gain[3]
            lines.left.write(kept[0])
            lines.right.write(kept[1])
            let sound = input * gain[0] + first * gain[1] + second * gain[2]
            left[i] = flushed(sound[0])
            right[i] = flushed(sound[1])
            ways.value += ways.step
            gains.walk()
        }
        (self.ways, self.gains) = (ways, gains)
    }
}
