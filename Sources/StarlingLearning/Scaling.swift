/// Mean, deviation and range of each column of a table, and what follows from them.
///
/// A column that does not vary has deviation 0 and scale 0: it counts for nothing.
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
    private var rowsSeen = 0.0
    private var sums: [Double]
    private var squares: [Double]

    init(columns: Int) {
        self.columns = columns
        means = [Float](repeating: 0, count: columns)
        deviations = means
        scales = means
        rangeScales = means
        minima = [Float](repeating: .greatestFiniteMagnitude, count: columns)
        maxima = [Float](repeating: -.greatestFiniteMagnitude, count: columns)
        sums = [Double](repeating: 0, count: columns)
        squares = sums
    }

    /// Takes in rows of a table. Sums are about the first row, so that large offsets cost no digits.
    mutating func add(_ table: [Float], rows: Range<Int>) {
        rowsSeen += Double(rows.count)
        table.withUnsafeBufferPointer { table in
            sums.withUnsafeMutableBufferPointer { sums in
                squares.withUnsafeMutableBufferPointer { squares in
                    for row in rows {
                        for column in 0..<columns {
                            let x = Double(table[row * columns + column]) - Double(table[column])
                            sums[column] += x
                            squares[column] += x * x
                        }
                    }
                }
            }
            addRange(table, rows: rows)
        }
    }

    private mutating func addRange(_ table: UnsafeBufferPointer<Float>, rows: Range<Int>) {
        for column in 0..<columns {
            var low = minima[column]
            var high = maxima[column]
            for row in rows {
                let x = table[row * columns + column]
                if x < low { low = x }
                if x > high { high = x }
            }
            minima[column] = low
            maxima[column] = high
        }
    }

    /// Works out means and deviations from what was taken in of `table`.
    mutating func finish(_ table: [Float]) {
        for column in 0..<columns {
            let shift = sums[column] / rowsSeen
            let mean = Double(table[column]) + shift
            let variance = squares[column] / rowsSeen - shift * shift
            let deviation = variance > 0 ? variance.squareRoot() : 0
            means[column] = Float(mean)
            // Below this a column varies by no more than the rounding of its numbers.
            if deviation <= 1e-6 * mean.magnitude || deviation <= 1e-15 { continue }
            deviations[column] = Float(deviation)
            scales[column] = 1 / Float(deviation)
            rangeScales[column] = 1 / (maxima[column] - minima[column])
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
