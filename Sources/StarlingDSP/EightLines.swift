import StarlingMath

/// Up to a tick of eight lines of sound, the sample-frames of each line one behind another: what goes through a `DelayBank`.
///
/// Work is done on four sample-frames at once; up to three before and behind those that are asked for hold anything. The memory
/// is taken at setup.
public final class EightLines: @unchecked Sendable {
    private static let margin = 4
    private let samples = Floats(margin + 8 * tickFrameCount)

    /// Silence.
    public init() {}

    /// The sample-frames of a line.
    public subscript(_ line: Int) -> UnsafeMutablePointer<Float> {
        samples.pointer + (Self.margin &+ line &* tickFrameCount)
    }

    /// Makes all even lines what line 0 is, and all odd ones what line 1 is.
    public func spread(count: Int) {
        let x = self[0]
        for i in stride(from: 0, to: count, by: 4) {
            let (even, odd) = (Self.lanes(x, 0, i), Self.lanes(x, 1, i))
            Self.set((even, odd, even, odd), x, 0, i)
            Self.set((even, odd, even, odd), x, 4, i)
        }
    }

    /// Takes the lines from frames.
    public func take(_ frames: UnsafePointer<EightLanes>, count: Int) {
        let x = self[0]
        for i in stride(from: 0, to: count, by: 4) {
            let (a, b, c, d) = (frames[i], frames[i &+ 1], frames[i &+ 2], frames[i &+ 3])
            Self.set(transposed(a.lowHalf, b.lowHalf, c.lowHalf, d.lowHalf), x, 0, i)
            Self.set(transposed(a.highHalf, b.highHalf, c.highHalf, d.highHalf), x, 4, i)
        }
    }

    /// Gives the lines as frames.
    public func give(_ frames: UnsafeMutablePointer<EightLanes>, count: Int) {
        let x = self[0]
        for i in stride(from: 0, to: count, by: 4) {
            let low = transposed(Self.lanes(x, 0, i), Self.lanes(x, 1, i), Self.lanes(x, 2, i), Self.lanes(x, 3, i))
            let high = transposed(Self.lanes(x, 4, i), Self.lanes(x, 5, i), Self.lanes(x, 6, i), Self.lanes(x, 7, i))
            frames[i] = EightLanes(lowHalf: low.0, highHalf: high.0)
            frames[i &+ 1] = EightLanes(lowHalf: low.1, highHalf: high.1)
            frames[i &+ 2] = EightLanes(lowHalf: low.2, highHalf: high.2)
            frames[i &+ 3] = EightLanes(lowHalf: low.3, highHalf: high.3)
        }
    }

    /// Mixes the lines with equal weight by a Hadamard matrix of order 8; no energy is lost where `mixGain` goes before or after.
    public func mix(count: Int) {
        let x = self[0]
        for i in stride(from: 0, to: count, by: 4) {
            let low = Self.butterflies(x, 0, i)
            let high = Self.butterflies(x, 4, i)
            Self.set((low.0 + high.0, low.1 + high.1, low.2 + high.2, low.3 + high.3), x, 0, i)
            Self.set((low.0 - high.0, low.1 - high.1, low.2 - high.2, low.3 - high.3), x, 4, i)
        }
    }

    /// The gain that makes a mix lossless.
    public static let mixGain: Float = 0.353_553_39

    /// Adds the sound of other lines.
    public func add(_ other: EightLines, count: Int) {
        for line in 0..<8 {
            let (own, more) = (self[line], other[line])
            for i in stride(from: 0, to: count, by: 4) { own.setLanes(own.lanes(at: i) + more.lanes(at: i), at: i) }
        }
    }

    /// Sums and differences of four lines, from `first` on.
    @inline(__always) private static func butterflies(
        _ x: UnsafeMutablePointer<Float>, _ first: Int, _ i: Int
    ) -> (Lanes, Lanes, Lanes, Lanes) {
        let (a, b) = (lanes(x, first, i), lanes(x, first + 1, i))
        let (c, d) = (lanes(x, first + 2, i), lanes(x, first + 3, i))
        let (e, f, g, h) = (a + b, a - b, c + d, c - d)
        return (e + g, f + h, e - g, f - h)
    }

    @inline(__always) private static func lanes(_ x: UnsafeMutablePointer<Float>, _ line: Int, _ i: Int) -> Lanes {
        x.lanes(at: line &* tickFrameCount &+ i)
    }

    @inline(__always) private static func set(
        _ lines: (Lanes, Lanes, Lanes, Lanes), _ x: UnsafeMutablePointer<Float>, _ first: Int, _ i: Int
    ) {
        let at = first &* tickFrameCount &+ i
        x.setLanes(lines.0, at: at)
        x.setLanes(lines.1, at: at &+ tickFrameCount)
        x.setLanes(lines.2, at: at &+ 2 &* tickFrameCount)
        x.setLanes(lines.3, at: at &+ 3 &* tickFrameCount)
    }
}
