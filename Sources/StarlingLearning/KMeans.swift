import StarlingMath

/// Finds groups in rows of numbers: centres such that each row is near one of them.
///
/// Reference: Lloyd 1982; started as Arthur and Vassilvitskii 2007 propose (k-means++), each further centre the best of
/// a few candidates drawn by chance, the farther from the others the likelier.
/// Cost of a pass: rows x clusters x dimensions. Rows that are all alike give as many equal centres; a group that loses all
/// its rows keeps its centre.
public final class KMeans {
    /// How many numbers a row has.
    public let dimension: Int
    /// How many groups are looked for: at most as many as there are rows.
    public let clusterCount: Int
    /// The group of each row.
    public private(set) var assignments: [Int]
    /// The sum of squared distances of all rows to their centres, as of the last pass.
    public private(set) var inertia = 0.0

    private let rowCount: Int
    /// Lengths of rows are multiples of four inside.
    let width: Int
    private let rows: Floats
    let centreRows: Floats
    private let sums: Floats
    private var counts: [Int]
    private let nearest: Floats
    private let candidate: Floats
    private var random: SeededRandom
    private let mostPasses: Int
    private var chosen = 0
    private var pass = 0
    private var row = 0
    private var hasChanged = false

    /// Begins; `points` are rows of `dimension` numbers each, at least one row.
    public convenience init(points: [Float], dimension: Int, clusters: Int, seed: UInt64 = 1, mostPasses: Int = 100) {
        precondition(dimension > 0 && !points.isEmpty && points.count % dimension == 0, "points must be whole rows")
        precondition(clusters > 0, "there must be at least one cluster")
        let count = points.count / dimension
        let width = roundedUpToFour(dimension)
        let rows = Floats(count * width)
        for i in 0..<count { for k in 0..<dimension { rows[i * width + k] = points[i * dimension + k] } }
        self.init(
            rows: rows, count: count, dimension: dimension, clusters: clusters, seed: seed, mostPasses: mostPasses)
    }

    /// Begins with rows filled up to a multiple of four with zeros.
    init(rows: Floats, count: Int, dimension: Int, clusters: Int, seed: UInt64, mostPasses: Int) {
        self.rows = rows
        self.dimension = dimension
        self.mostPasses = mostPasses
        rowCount = count
        width = roundedUpToFour(dimension)
        clusterCount = min(clusters, count)
        assignments = [Int](repeating: 0, count: count)
        counts = [Int](repeating: 0, count: clusterCount)
        centreRows = Floats(clusterCount * width)
        sums = Floats(clusterCount * width)
        nearest = Floats(count)
        candidate = Floats(count)
        random = SeededRandom(seed: seed)
    }

    /// The centres, row after row.
    public var centres: [Float] {
        (0..<clusterCount).flatMap { centre in (0..<dimension).map { centreRows[centre * width + $0] } }
    }

    /// The words of the centres to save (* whole number by bit pattern): magic*, dimension*, clusters*, the centres.
    public var words: [Float] {
        [KMeans.magic, UInt32(dimension), UInt32(clusterCount)].map { Float(bitPattern: $0) } + centres
    }

    /// The centres in words from outside, row after row, and how long a row is; nil where they are not complete and sound.
    public static func centres(checking words: [Float]) -> (rows: [Float], dimension: Int)? {
        guard words.count > 3, words[0].bitPattern == magic,
            1...UInt32(LearningLimits.inputs) ~= words[1].bitPattern,
            1...UInt32(LearningLimits.examples) ~= words[2].bitPattern
        else { return nil }
        let (dimension, count) = (Int(words[1].bitPattern), Int(words[2].bitPattern))
        guard words.count == 3 + dimension * count, words[3...].allSatisfy(isUsable) else { return nil }
        return (Array(words[3...]), dimension)
    }

    private static let magic: UInt32 = 0x4B4D_4E53

    /// Does all the work.
    public func finish() {
        while step(work: 1 << 24) {}
    }

    /// Works for about `work` multiply-adds and says whether there is more to do.
    public func step(work: Int) -> Bool {
        var left = work
        return step(&left)
    }

    func step(_ work: inout Int) -> Bool {
        while work > 0 && chosen < clusterCount { choose(&work) }
        while work > 0 && pass < mostPasses { assign(&work) }
        return pass < mostPasses
    }

    // MARK: Start

    /// Takes a row as the next centre.
    private func choose(_ work: inout Int) {
        if chosen == 0 {
            _ = measure(from: random.index(below: rowCount), isFirst: true)
            take()
        } else {
            let tries = 2 + (chosen > 8 ? 2 : 1)
            var best = (row: 0, sum: Float.infinity)
            for _ in 0..<tries {
                let place = drawn()
                let sum = measure(from: place, isFirst: false)
                if sum < best.sum { best = (place, sum) }
            }
            _ = measure(from: best.row, isFirst: false)
            take()
            work -= tries * rowCount * width
        }
        work -= rowCount * width
    }

    /// A row drawn by chance, likelier the farther it is from all centres.
    private func drawn() -> Int {
        var total: Float = 0
        for i in 0..<rowCount { total += nearest[i] }
        var left = random.uniform() * total
        for i in 0..<rowCount {
            left -= nearest[i]
            if left < 0 { return i }
        }
        return random.index(below: rowCount)
    }

    /// How far each row would be from its nearest centre, were a row one; gives the sum.
    private func measure(from place: Int, isFirst: Bool) -> Float {
        let centre = rows.pointer + place * width
        (centreRows.pointer + chosen * width).update(from: centre, count: width)
        var sum: Float = 0
        for i in 0..<rowCount {
            let distance = squaredDistance(rows.pointer + i * width, centre, count: width)
            candidate[i] = isFirst || distance < nearest[i] ? distance : nearest[i]
            sum += candidate[i]
        }
        return sum
    }

    private func take() {
        nearest.pointer.update(from: candidate.pointer, count: rowCount)
        chosen += 1
    }

    // MARK: Passes

    /// Gives one row to its nearest centre.
    private func assign(_ work: inout Int) {
        let x = rows.pointer + row * width
        var best = 0
        var shortest = Float.infinity
        for centre in 0..<clusterCount {
            let distance = squaredDistance(x, centreRows.pointer + centre * width, count: width)
            if distance < shortest {
                shortest = distance
                best = centre
            }
        }
        if row == 0 { inertiaSoFar = 0 }
        inertiaSoFar += Double(shortest)
        if pass == 0 || assignments[row] != best {
            assignments[row] = best
            hasChanged = true
        }
        let sum = sums.pointer + best * width
        add(sum, x, times: 1, into: sum, count: width)
        counts[best] += 1
        work -= clusterCount * width
        row += 1
        if row == rowCount { finishPass() }
    }

    private var inertiaSoFar = 0.0

    private func finishPass() {
        inertia = inertiaSoFar
        row = 0
        pass = hasChanged ? pass + 1 : mostPasses
        for centre in 0..<clusterCount where counts[centre] > 0 && hasChanged {
            let sum = sums.pointer + centre * width
            scale(sum, by: 1 / Float(counts[centre]), count: width)
            (centreRows.pointer + centre * width).update(from: sum, count: width)
        }
        hasChanged = false
        sums.clear()
        for centre in 0..<clusterCount { counts[centre] = 0 }
    }
}
