import StarlingDSP
import StarlingMath

/// One cycle of every wave of the wavetable synthesiser at each bandwidth, so that nothing lies above half the sample rate.
///
/// Table `t` holds the first 2^(t/2) partials. All waves lie side by side at each point, so that neighbours in a set and
/// neighbouring sets are near in memory; between points they are straight. With 16 points a cycle of the highest partial its
/// image lies 47 dB below it. Memory: 2.3 MiB.
final class MorphTables: @unchecked Sendable {
    /// How many bandwidths there are.
    static let count = 17
    static let stride = MorphSpectra.setCount * MorphSpectra.waveCount
    private let points: Floats
    private let places: UnsafeMutablePointer<(start: Int, length: Int)>

    /// Works all tables out: about fifty million multiplications, four at a time.
    init() {
        places = .allocate(capacity: Self.count)
        var total = 0
        for table in 0..<Self.count {
            (places + table).initialize(to: (total, Self.length(table)))
            total += (Self.length(table) + 1) * Self.stride
        }
        points = Floats(total)
        fill()
    }

    deinit { places.deallocate() }

    private static func partials(_ table: Int) -> Int { Int(fastExp2(Float(table) * 0.5) + 0.01) }

    private static func length(_ table: Int) -> Int {
        var length = 256
        while length < 16 * partials(table) { length *= 2 }
        return length
    }

    private func fill() {
        let amplitudes = transposed()
        for table in 0..<Self.count {
            let (start, length) = places[table]
            let own = points.pointer + start
            let sine = Floats((0..<length).map { fastSine(cycles: Float($0) / Float(length)) })
            var done = 0
            // A wider table of the same length begins with what the narrower one has.
            if table > 0, places[table - 1].length == length {
                done = Self.partials(table - 1)
                own.update(from: points.pointer + places[table - 1].start, count: length * Self.stride)
            }
            while done < Self.partials(table) {
                done += 1
                add(done, amplitudes.pointer + (done - 1) * Self.stride, to: own, sine)
            }
            (own + length * Self.stride).update(from: own, count: Self.stride)
        }
    }

    /// All waves' amplitudes of the first partial, then of the second, and so on.
    private func transposed() -> Floats {
        let (spectra, all) = (MorphSpectra(), Floats(MorphSpectra.partialCount * Self.stride))
        for column in 0..<Self.stride {
            let own = spectra.amplitudes(set: column / MorphSpectra.waveCount, wave: column % MorphSpectra.waveCount)
            for partial in 0..<own.count { all[partial * Self.stride + column] = own[partial] }
        }
        return all
    }

    private func add(_ partial: Int, _ amplitudes: UnsafePointer<Float>, to own: UnsafeMutablePointer<Float>, _ sine: Floats) {
        for i in 0..<sine.count {
            let s = sine[(i * partial) & (sine.count - 1)]
            let point = i * Self.stride
            for column in Swift.stride(from: 0, to: Self.stride, by: 4) {
                own.setLanes(own.lanes(at: point + column) + amplitudes.lanes(at: column) * s, at: point + column)
            }
        }
    }

    /// The widest table whose partials stay below half the sample rate; the frequency is in cycles per sample-frame.
    static func table(frequency: Float) -> Int { min(WaveTables.table(frequency: frequency), count - 1) }

    /// Waves at a phase 0..<1: `place` says where among the sets (0...3) and among the waves of a set (0...7).
    @inline(never) func wave(_ table: Int, phase: Float, _ place: MorphPlace) -> Float {
        let (start, length) = places[table]
        let at = phase * Float(length)
        let index = min(Int(at), length - 1)
        let here = UnsafePointer(points.pointer + start + index * Self.stride + place.column)
        var pair = Self.pair(here, at - Float(index))
        if place.setShare > 0 {
            let other = Self.pair(here + MorphSpectra.waveCount, at - Float(index))
            pair += (other - pair) * place.setShare
        }
        return pair[0] + (pair[1] - pair[0]) * place.waveShare
    }

    /// Two neighbouring waves between two points.
    @inline(__always) private static func pair(_ point: UnsafePointer<Float>, _ share: Float) -> SIMD2<Float> {
        let (a, b) = (SIMD2(point[0], point[1]), SIMD2(point[stride], point[stride + 1]))
        return a + (b - a) * share
    }
}

/// A place among the waves: the column of one, and how far it is to the next wave and to the next set.
struct MorphPlace {
    let column: Int
    let waveShare: Float
    let setShare: Float

    /// The place at a set 0...3 and a wave 0...7, both with fractions; beyond is limited.
    @inline(__always) init(set: Float, wave: Float) {
        let (limitedSet, limitedWave) = (clamp(set, 0, Float(MorphSpectra.setCount - 1)), clamp(wave, 0, Float(MorphSpectra.waveCount - 1)))
        let (firstSet, firstWave) = (min(Int(limitedSet), MorphSpectra.setCount - 2), min(Int(limitedWave), MorphSpectra.waveCount - 2))
        column = firstSet * MorphSpectra.waveCount + firstWave
        waveShare = limitedWave - Float(firstWave)
        setShare = limitedSet - Float(firstSet)
    }
}
