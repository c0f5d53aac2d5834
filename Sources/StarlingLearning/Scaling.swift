/// Mean, deviation and range of each column of a table, and what follows from them.
///
/// Numbers that are missing (NaN) are left out. A column that does not vary has deviation 0 and scale 0: it
/// counts for nothing. So does one without any number, whose mean is 0.
struct Scaling {
    private(set) var means: [Float]
    private(set) var deviations: [Float]
    private(set) var minima: [Float]
    private(set) var maxima: [Float]

    /// One divided by the deviation, or 0.
    private(set) var scales: [Float]
    /// One divided by the range, or 0.
    private(set) var rangeScales: [Float]

    private let columns: Int
    private var tallies: [Tally]

    init(columns: Int) {
        self.columns = columns
        means = [Float](repeating: 0, count: columns)
        deviations = means
        scales = means
        rangeScales = means
        minima = means
        maxima = means
        tallies = [Tally](repeating: Tally(), count: columns)
    }

    /// Takes in rows of a table, some at a time so that they stay in the cache.
    mutating func add(_ table: [Float], rows: Range<Int>) {
        table.withUnsafeBufferPointer { table in
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 64) {
                let last = min(first + 64, rows.upperBound)
                for column in 0..<columns {
                    var tally = tallies[column]
                    for row in first..<last { tally.add(table[row * columns + column]) }
                    tallies[column] = tally
                }
            }
        }
    }

    /// Works out means and deviations from what was taken in.
    mutating func finish() {
        for column in 0..<columns where tallies[column].count > 0 {
            let tally = tallies[column]
            minima[column] = tally.lowest
            maxima[column] = tally.highest
            means[column] = Float(tally.mean)
            let deviation = tally.deviation
            // Below this a column varies by no more than the rounding of its numbers.
            if deviation <= 1e-6 * tally.mean.magnitude || deviation <= 1e-15 { continue }
            deviations[column] = Float(deviation)
            scales[column] = 1 / Float(deviation)
            rangeScales[column] = 1 / (tally.highest - tally.lowest)
        }
    }

    /// A number for which rows a column has no number in: equal ones lack the same rows, 0 lacks none.
    func holes(_ column: Int) -> UInt64 { tallies[column].holes }

    /// What is known of one column. Sums are about its first number, so that large offsets cost no digits.
    private struct Tally {
        private var origin: Float = 0
        private var seen: UInt64 = 0
        private(set) var holes: UInt64 = 0
        private(set) var count = 0.0
        private var sum = 0.0
        private var squares = 0.0
        private(set) var lowest = Float.greatestFiniteMagnitude
        private(set) var highest = -Float.greatestFiniteMagnitude

        var mean: Double { Double(origin) + sum / count }
        var deviation: Double {
            let variance = squares / count - (sum / count) * (sum / count)
            return variance > 0 ? variance.squareRoot() : 0
        }

        @inline(__always) mutating func add(_ x: Float) {
            seen += 1
            if x.isNaN {
                holes = (holes ^ seen) &* 0x9E37_79B9_7F4A_7C15
                return
            }
            if count == 0 { origin = x }
            let distance = Double(x) - Double(origin)
            count += 1
            sum += distance
            squares += distance * distance
            if x < lowest { lowest = x }
            if x > highest { highest = x }
        }
    }
}

/// How far from the mean, in deviations, an input still counts; beyond, it counts as this far.
///
/// It keeps one wild input, in an example or while playing, from saturating a whole network.
private let farthest: Float = 10

/// `x` in deviations from the mean, at most 10 of them; a NaN counts as the mean.
@inline(__always) func standardised(_ x: Float, mean: Float, scale: Float) -> Float {
    let z = (x - mean) * scale
    return z >= -farthest ? (z <= farthest ? z : farthest) : (z < -farthest ? -farthest : 0)
}
