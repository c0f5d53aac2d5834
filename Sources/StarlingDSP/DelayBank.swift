import StarlingMath

/// Eight delay lines that are written together and read at eight different places.
///
/// Lines lie interleaved in one ring whose length is a power of two. The memory is taken at setup.
public final class DelayBank: @unchecked Sendable {
    private let frames: UnsafeMutablePointer<EightLanes>
    private let numbers: UnsafeMutablePointer<Float>
    private let mask: Int32
    private var position: Int32 = 0

    /// Lines that can be read up to `maximum` sample-frames back.
    public init(maximum: Int) {
        var length = 8
        while length < maximum + 4 { length *= 2 }
        mask = Int32(length - 1)
        frames = .allocate(capacity: length)
        frames.initialize(repeating: .zero, count: length)
        numbers = UnsafeMutableRawPointer(frames).assumingMemoryBound(to: Float.self)
    }

    deinit { frames.deallocate() }

    /// Makes all lines silent.
    public func clear() { frames.update(repeating: .zero, count: Int(mask) + 1) }

    /// Writes one frame to the lines.
    @inline(__always) public func write(_ frame: EightLanes) {
        position = (position &+ 1) & mask
        frames[Int(position)] = frame
    }

    /// What each line was given so many frames ago; 0 is the frame written last.
    @inline(__always) public func read(_ delay: SIMD8<Int32>) -> EightLanes { numbers(at: position &- delay) }

    /// What each line was given so many frames ago, between frames too, by a cubic through four neighbours; 1 or more.
    ///
    /// Reference: Lagrange interpolation of third order, T. Laakso et al., "Splitting the unit delay", 1996.
    @inline(__always) public func read(_ delay: EightLanes) -> EightLanes {
        let shifted = delay - 0.5 + 12_582_912  // 1.5 * 2^23: rounds to an integer in the low mantissa bits
        let t = delay - (shifted - 12_582_912)
        let here = position &- (unsafeBitCast(shifted, to: SIMD8<Int32>.self) & 0x3F_FFFF)
        let (before, near) = (numbers(at: here &+ 1), numbers(at: here))
        let (far, after) = (numbers(at: here &- 1), numbers(at: here &- 2))
        let up = t + 1, down = t - 1, beyond = t - 2
        let outer = (after * up - before * beyond) * (t * down) * (1 / 6)
        let inner = (near * down - far * t) * (up * beyond) * 0.5
        return outer + inner
    }

    /// The number of each line at a place in the ring.
    @inline(__always) private func numbers(at place: SIMD8<Int32>) -> EightLanes {
        let at = (place & mask) &* 8 &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
        var frame = EightLanes.zero
        for line in 0..<8 { frame[line] = numbers[Int(at[line])] }
        return frame
    }
}

/// Eight numbers mixed with equal weight and no loss of energy (Hadamard matrix of order 8, scaled).
@inlinable @inline(__always) public func hadamard(_ x: EightLanes) -> EightLanes {
    let sums = x.lowHalf + x.highHalf, differences = x.lowHalf - x.highHalf
    return EightLanes(lowHalf: butterflies(sums), highHalf: butterflies(differences)) * 0.353_553_39
}

@inlinable @inline(__always) func butterflies(_ x: Lanes) -> Lanes {
    let halves = Lanes(x[2], x[3], x[0], x[1]) + x * Lanes(1, 1, -1, -1)
    return Lanes(halves[1], halves[0], halves[3], halves[2]) + halves * Lanes(1, -1, 1, -1)
}
