import StarlingDSP
import StarlingMath

/// Echoes: two delay lines that feed themselves and each other, a little duller each time.
///
/// A change of the time glides, as a tape's does: by a third of a frame a frame at most, which bends the echoes by a fifth.
final class Delay: Effect {
    private static let longest: Seconds = 2
    private let sampleRate: Hertz
    private let lines: (left: DelayLine, right: DelayLine)
    private var way: Float = 0
    /// The way back in frames.
    private var ways = LaneRamp()
    /// Feedback straight and across, and how much of the treble is lost each time.
    private var loop: LaneGlide
    private var dulled = SIMD2<Float>.zero
    private var dry: Fader
    private var wet: Fader
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        let maximum = Int(Self.longest * sampleRate)
        lines = (DelayLine(maximum: maximum), DelayLine(maximum: maximum))
        loop = LaneGlide(sampleRate: sampleRate)
        dry = Fader(sampleRate: sampleRate)
        wet = Fader(sampleRate: sampleRate)
    }

    override func reset() {
        lines.left.clear()
        lines.right.clear()
        dulled = .zero
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        let most = Float(tickFrameCount) / 3
        let aim = clamp(seconds(parameters[0], division: Int(parameters[5])), 0.01, Self.longest) * sampleRate
        way = isFresh ? aim : clamp(aim, way - most, way + most)
        let cutoff = min(500 * fastExp2(5 * parameters[2]) / sampleRate, 0.45)
        ways.aim(at: Lanes(repeating: way), atOnce: isFresh)
        loop.aim(
            at: Lanes(parameters[1] * (1 - parameters[3]), parameters[1] * parameters[3], fastExp2(-9.06 * cutoff), 0),
            atOnce: isFresh)
        dry.aim(at: fastSine(cycles: 0.25 - 0.125 * parameters[4]), atOnce: isFresh)
        wet.aim(at: fastSine(cycles: 0.25 * parameters[4]), atOnce: isFresh)
        isFresh = false
    }

    /// The lengths that `sync` offers, in beats: a sixteenth to a half.
    private static let divisions: [Float] = [0.25, 1 / 3, 0.5, 0.75, 2 / 3, 1, 1.5, 2]
    private let divisions = Floats(Delay.divisions)

    /// The way in seconds: the free time, or a length of the beat, halved until there is room for it.
    private func seconds(_ free: Seconds, division: Int) -> Seconds {
        if division < 1 { return free }
        var seconds = divisions[min(division, divisions.count) - 1] * 60 / clamp(tempo, 10, 1_000)
        while seconds > Self.longest { seconds *= 0.5 }
        return seconds
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (ways, loop, dulled, dry, wet) = (ways, loop, dulled, dry, wet)
        for i in 0..<count {
            let input = SIMD2(flushed(left[i]), flushed(right[i]))
            let echo = SIMD2(lines.left.read(ways.value[0]), lines.right.read(ways.value[0]))
            dulled = echo + (dulled - echo) * loop.value[2]
            let back = dulled * loop.value[0] + SIMD2(dulled[1], dulled[0]) * loop.value[1]
            // The left side is heard first where echoes cross over.
            lines.left.write(input[0] + back[0])
            lines.right.write(input[1] * (1 - 0.7 * loop.value[1]) + back[1])
            dulled = SIMD2(flushed(dulled[0]), flushed(dulled[1]))
            let (near, far) = (dry.next(), wet.next())
            left[i] = input[0] * near + dulled[0] * far
            right[i] = input[1] * near + dulled[1] * far
            ways.value += ways.step
            loop.walk()
        }
        (self.ways, self.loop, self.dulled, self.dry, self.wet) = (ways, loop, dulled, dry, wet)
    }
}
