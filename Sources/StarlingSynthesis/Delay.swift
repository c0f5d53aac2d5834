import StarlingDSP
import StarlingMath

/// Echoes: two delay lines that feed themselves and each other, a little duller each time.
///
/// A change of the time glides, as a tape's does: by a third of a frame a frame at most, which bends the echoes by a fifth.
final class Delay: Effect {
    private static let longest: Seconds = 2
    private let sampleRate: Hertz
    private let lines: Floats
    private let length: Int
    private var position = 0
    private var way: Float = 0
    /// The way back in frames, feedback straight and across, and how much of the treble is lost each time.
    private var loop = LaneRamp()
    private var dulled = SIMD2<Float>.zero
    private var dry: Fader
    private var wet: Fader
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        var length = 1_024
        while Float(length) < Self.longest * sampleRate + 8 { length *= 2 }
        self.length = length
        lines = Floats(2 * length)
        dry = Fader(sampleRate: sampleRate)
        wet = Fader(sampleRate: sampleRate)
    }

    override func reset() {
        lines.clear()
        dulled = .zero
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        let most = Float(tickFrameCount) / 3
        let aim = clamp(parameters[0], 0.01, Self.longest) * sampleRate
        way = isFresh ? aim : clamp(aim, way - most, way + most)
        let cutoff = min(500 * fastExp2(5 * parameters[2]) / sampleRate, 0.45)
        loop.aim(
            at: Lanes(
                way, parameters[1] * (1 - parameters[3]), parameters[1] * parameters[3], fastExp2(-9.06 * cutoff)),
            atOnce: isFresh)
        dry.aim(at: fastSine(cycles: 0.25 - 0.125 * parameters[4]), atOnce: isFresh)
        wet.aim(at: fastSine(cycles: 0.25 * parameters[4]), atOnce: isFresh)
        isFresh = false
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (loop, dulled, dry, wet, position) = (loop, dulled, dry, wet, position)
        for i in 0..<count {
            let input = SIMD2(flushed(left[i]), flushed(right[i]))
            let echo = SIMD2(read(0, loop.value[0], position), read(length, loop.value[0], position))
            dulled = echo + (dulled - echo) * loop.value[3]
            let back = dulled * loop.value[1] + SIMD2(dulled[1], dulled[0]) * loop.value[2]
            position = (position + 1) & (length - 1)
            // The left side is heard first where echoes cross over.
            lines[position] = bounded(input[0] + back[0])
            lines[length + position] = bounded(input[1] * (1 - 0.7 * loop.value[2]) + back[1])
            dulled = SIMD2(flushed(dulled[0]), flushed(dulled[1]))
            let (near, far) = (dry.next(), wet.next())
            left[i] = input[0] * near + dulled[0] * far
            right[i] = input[1] * near + dulled[1] * far
            loop.value += loop.step
        }
        (self.loop, self.dulled, self.dry, self.wet, self.position) = (loop, dulled, dry, wet, position)
    }

    /// No sound used in earnest is that loud: it keeps a broken number from echoing.
    @inline(__always) private func bounded(_ x: Float) -> Float { flushed(clamp(x, -8, 8)) }

    /// A line's frame so long ago, between frames too (Lagrange, third order).
    @inline(__always) private func read(_ line: Int, _ delay: Float, _ position: Int) -> Float {
        let whole = Int(delay)
        let t = delay - Float(whole)
        let own = lines.pointer + line
        let mask = length - 1
        let (before, near) = (own[(position - whole + 2) & mask], own[(position - whole + 1) & mask])
        let (far, after) = (own[(position - whole) & mask], own[(position - whole - 1) & mask])
        let up = t + 1, down = t - 1, beyond = t - 2
        return (after * up - before * beyond) * (t * down) * (1 / 6) + (near * down - far * t) * (up * beyond) * 0.5
    }
}
