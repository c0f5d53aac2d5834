import StarlingMath

/// Eight delay lines that are written together, up to a tick at a time, and read at eight different places.
///
/// Each line is a ring whose length is a power of two, with its beginning once more at its end, so that neighbours always lie
/// side by side. The memory is taken at setup.
public final class DelayBank: @unchecked Sendable {
    private let rings: Floats
    private let length: Int
    private let distance: Int
    /// Where the next frame goes.
    private var position = 0
    /// What of each line's beginning lies at its end once more.
    private static let margin = tickFrameCount + 4

    /// Lines that can be read up to `maximum` sample-frames back.
    public init(maximum: Int) {
        var length = 64
        while length < maximum + tickFrameCount + 8 { length *= 2 }
        self.length = length
        distance = length + Self.margin + 12  // no power of two: lines would drive each other out of the cache
        rings = Floats(8 * distance)
    }

    /// Makes all lines silent.
    public func clear() { rings.clear() }

    /// Writes the next `count` frames to the lines, times a gain.
    public func write(_ lines: EightLines, gain: Float = 1, count: Int) {
        let (position, end) = (position, position &+ (count &+ 3) & ~3)
        for line in 0..<8 {
            let (ring, sound) = (rings.pointer + line &* distance, lines[line])
            for i in stride(from: 0, to: count, by: 4) { ring.setLanes(sound.lanes(at: i) * gain, at: position &+ i) }
            if position < Self.margin || end > length { repeatBeginning(ring, end: end) }
        }
        self.position = (position + count) & (length - 1)
    }

    @inline(never) private func repeatBeginning(_ ring: UnsafeMutablePointer<Float>, end: Int) {
        for i in stride(from: length, to: end, by: 1) { ring[i &- length] = ring[i] }
        for i in stride(from: position, to: min(end, Self.margin), by: 1) { ring[i &+ length] = ring[i] }
    }

    /// What each line was given so many frames before each of the `count` frames written last, 0...maximum, times a gain.
    public func read(_ delay: SIMD8<Int32>, gains: EightLanes, into lines: EightLines, count: Int) {
        for line in 0..<8 {
            let place = (position &- count &- Int(delay[line])) & (length &- 1)
            let (from, sound, gain) = (rings.pointer + (line &* distance &+ place), lines[line], gains[line])
            for i in stride(from: 0, to: count, by: 4) { sound.setLanes(from.lanes(at: i) * gain, at: i) }
        }
    }

    /// What each line was given so many frames before each of the next `count` frames to come, between frames too, by a cubic
    /// through four neighbours; a tick and two frames or more.
    ///
    /// The delays move evenly over a tick of which `frame` frames are over. Neighbours are chosen once in four frames of it, so
    /// that four are worked on at once wherever the tick is cut.
    /// Reference: Lagrange interpolation of third order, T. Laakso et al., "Splitting the unit delay", 1996.
    public func read(_ delay: EightLaneRamp, frame: Int, into lines: EightLines, count: Int) {
        for line in 0..<8 {
            let (ring, sound) = (UnsafePointer(rings.pointer + line &* distance), lines[line])
            let (start, step) = (delay.value[line], delay.step[line])
            for four in stride(from: frame & ~3, to: frame + count, by: 4) {
                let ways = Lanes(repeating: Float(four)) + Lanes(0, 1, 2, 3)
                let delays = start + step * ways
                let shifted = delays[0] - 0.5 + 12_582_912  // 1.5 * 2^23: rounds to an integer in the low mantissa bits
                let whole = Int(shifted.bitPattern & 0x3F_FFFF)
                let oldest = (position &+ four &- frame &- whole &- 2) & (length &- 1)
                sound.setLanes(Self.between(ring + oldest, delays - (shifted - 12_582_912)), at: four &- frame)
            }
        }
    }

    /// Four cubics, each through four neighbours, at `t` from the second newest back to the second oldest.
    @inline(__always) private static func between(_ x: UnsafePointer<Float>, _ t: Lanes) -> Lanes {
        let (up, down, beyond) = (t + 1, t - 1, t - 2)
        let outer: Lanes = x.lanes(at: 0) * up - x.lanes(at: 3) * beyond
        let inner: Lanes = x.lanes(at: 2) * down - x.lanes(at: 1) * t
        let (outside, inside): (Lanes, Lanes) = (t * down * (1 / 6), up * beyond * 0.5)
        return outer * outside + inner * inside
    }
}
