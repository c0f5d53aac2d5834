import StarlingMath

/// One cycle of a sawtooth and of a triangle at each bandwidth, so that nothing lies above half the sample rate.
///
/// Table `t` holds the first 2^(t/2) harmonics. Both waves lie side by side, so that one load brings two neighbours of
/// each; between neighbours they are straight. With four points a cycle of the highest harmonic the images of that lie at
/// least 75 dB below the fundamental, and below -110 dB from 1 kHz on.
/// Memory: 19 tables of 16 KiB.
public final class WaveTables: @unchecked Sendable {
    /// How many bandwidths there are.
    public static let count = 19
    @usableFromInline static let length = 2_048
    @usableFromInline static let stride = 2 * length + 2  // the first point once more at the end
    @usableFromInline let points: Floats

    /// Works all tables out: about a million multiplications.
    public init() {
        points = Floats(Self.count * Self.stride)
        let sine = Floats((0..<Self.length).map { fastSine(cycles: Float($0) / Float(Self.length)) })
        var harmonic = 1
        for table in 0..<Self.count {
            let own = points.pointer + table * Self.stride
            if table > 0 { own.update(from: own - Self.stride, count: Self.stride) }
            while harmonic <= Self.harmonics(table) {
                Self.add(harmonic, to: own, sine)
                harmonic += 1
            }
            own[Self.stride - 2] = own[0]
            own[Self.stride - 1] = own[1]
        }
    }

    private static func harmonics(_ table: Int) -> Int { Int(fastExp2(Float(table) * 0.5) + 0.01) }

    private static func add(_ harmonic: Int, to own: UnsafeMutablePointer<Float>, _ sine: Floats) {
        let saw = 0.636_619_77 / Float(harmonic)
        let sign: Float = harmonic & 3 == 1 ? 1 : -1
        let triangle = harmonic & 1 == 0 ? 0 : sign * 0.810_569_47 / Float(harmonic * harmonic)
        for i in 0..<length {
            let s = sine[(i * harmonic) & (length - 1)]
            own[2 * i] += saw * s
            own[2 * i + 1] += triangle * s
        }
    }

    /// The widest table whose harmonics stay below half the sample rate; the frequency is in cycles per sample-frame.
    public static func table(frequency: Float) -> Int {
        Int(clamp(2 * fastLog2(0.498 / max(frequency, 1e-6)), 0, Float(count - 1)))
    }

    /// Where a table lies, for `wave`.
    @inlinable @inline(__always) public func start(_ table: Int) -> UnsafePointer<Float> {
        UnsafePointer(points.pointer + table * Self.stride)
    }

    /// Four sawtooths and triangles at phases 0..<1, each -1...1: three of one table and the last of another.
    @inlinable @inline(__always) public static func waves(
        _ table: UnsafePointer<Float>, _ last: UnsafePointer<Float>, phase: Lanes
    ) -> (sawtooth: Lanes, triangle: Lanes) {
        let place = phase * Float(length)
        let shifted = place - 0.5 + 12_582_912  // 1.5 * 2^23: rounds to an integer in the low mantissa bits
        let share = place - (shifted - 12_582_912)
        let index = (unsafeBitCast(shifted, to: SIMD4<UInt32>.self) & UInt32(length - 1)) &<< 1
        let (sawtooth, triangle, nextSawtooth, nextTriangle) = transposed(
            table.lanes(at: Int(index[0])), table.lanes(at: Int(index[1])), table.lanes(at: Int(index[2])),
            last.lanes(at: Int(index[3])))
        return (sawtooth + (nextSawtooth - sawtooth) * share, triangle + (nextTriangle - triangle) * share)
    }
}
