import StarlingMath

/// Finds the centres of radial basis functions among the examples, and how wide each should be.
///
/// Centres are those of k-means over at most 2000 examples, evenly spread; the width of each is the mean distance to
/// its two nearest neighbours, times the setting. Equal centres do no harm: their width is then a deviation.
final class RadialCentres {
    private static let mostRows = 2000
    private static let mostPasses = 10

    private let reader: RowReader
    private let width: Int
    private let rows: Floats
    private let rowCount: Int
    private let stride: Int
    private var next = 0
    private let groups: KMeans

    init(_ reader: RowReader, count: Int, seed: UInt64) {
        self.reader = reader
        width = roundedUpToFour(reader.inputCount)
        stride = (reader.set.count + RadialCentres.mostRows - 1) / RadialCentres.mostRows
        rowCount = (reader.set.count + stride - 1) / stride
        rows = Floats(rowCount * width)
        groups = KMeans(
            rows: rows, count: rowCount, dimension: reader.inputCount, clusters: count, seed: seed,
            mostPasses: RadialCentres.mostPasses)
    }

    /// How many centres there are: at most as many as examples.
    var count: Int { groups.clusterCount }

    func step(_ work: inout Int) -> Bool {
        while work > 0 && next < rowCount {
            reader.readInputs(next * stride, into: rows.pointer + next * width)
            next += 1
            work -= 8 * width
        }
        return next < rowCount || groups.step(&work)
    }

    /// Puts centres and factors into words.
    func write(_ layout: LinearLayout, widthFactor: Float, into words: UnsafeMutablePointer<Float>) {
        for centre in 0..<count {
            for i in 0..<layout.inputCount {
                words[layout.place(centre: centre, input: i)] = groups.centreRows[centre * width + i]
            }
            let reach = max(1e-2, distanceToNeighbours(centre) * widthFactor)
            words[layout.factors + centre] = -0.721_347_52 / (reach * reach)  // 1 / (2 ln 2)
        }
    }

    private func distanceToNeighbours(_ centre: Int) -> Float {
        var (first, second) = (Float.infinity, Float.infinity)
        for other in 0..<count where other != centre {
            let distance = squaredDistance(
                groups.centreRows.pointer + centre * width, groups.centreRows.pointer + other * width, count: width)
            if distance < first { (first, second) = (distance, first) } else if distance < second { second = distance }
        }
        if second == .infinity { return first > 0 && first < .infinity ? first.squareRoot() : 1 }
        let mean = (first.squareRoot() + second.squareRoot()) / 2
        return mean > 0 ? mean : 1
    }
}
