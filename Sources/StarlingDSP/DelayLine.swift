import StarlingMath

/// One delay line, read at any place: between sample-frames by a cubic through four neighbours.
///
/// The memory is taken at setup: a power of two. Cost of a read: twelve multiplications.
/// Reference: Lagrange interpolation of third order, T. Laakso et al., "Splitting the unit delay", 1996.
public final class DelayLine: @unchecked Sendable {
    private let samples: Floats
    private let mask: Int
    private var position = 0

    /// A silent line that can be read up to `maximum` sample-frames back.
    public init(maximum: Int) {
        var length = 16
        while length < maximum + 8 { length *= 2 }
        mask = length - 1
        samples = Floats(length)
    }

    /// Makes the line silent.
    public func clear() { samples.clear() }

    /// Writes the next sample. Louder than 8 is no sound used in earnest: the limit keeps a broken number from echoing.
    public func write(_ sample: Float) {
        position = (position + 1) & mask
        samples[position] = flushed(clamp(sample, -8, 8))
    }

    /// The sample before the next one to be written, by so many sample-frames: 2...maximum; 1 would be the one written last.
    @inline(never) public func read(_ delay: Float) -> Float {
        let whole = Int(delay)
        let t = delay - Float(whole)
        let here = position - whole
        let (before, near) = (samples[(here + 2) & mask], samples[(here + 1) & mask])
        let (far, after) = (samples[here & mask], samples[(here - 1) & mask])
        let up = t + 1, down = t - 1, beyond = t - 2
        return (after * up - before * beyond) * (t * down) * (1 / 6) + (near * down - far * t) * (up * beyond) * 0.5
    }
}
