import StarlingMath

/// Where a node is best divided in two, found by passing once over its rows in the order of each column.
///
/// The best split leaves the least Gini impurity (categories) or variance (targets): both are the greatest sum of
/// squared totals divided by weight on the two sides (Breiman, Friedman, Olshen and Stone 1984).
final class TreeSplit {
    /// The column divided at; -1 where no split was found.
    private(set) var column = -1
    /// How many rows go to the left, and the largest value that does.
    private(set) var leftCount = 0
    private(set) var threshold: Float = 0
    /// The sum of squared totals divided by weight: a fraction, since a division costs more than all else here, and so
    /// that equally good splits are seen to be equal.
    private var numerator = 0.0
    private var denominator = 1.0
    var score: Double { numerator / denominator }

    private let table: TreeTable
    private let smallestLeaf: Int
    /// Total weight of each category; or of each target the weighted sum, then the weight of those that have it.
    /// Both of the node, and left of a place in it.
    private let totals: UnsafeMutablePointer<Double>
    private let left: UnsafeMutablePointer<Double>
    private let outputCount: Int
    private let width: Int
    private var weight = 0.0
    private var squares = 0.0

    init(_ table: TreeTable, smallestLeaf: Int) {
        self.table = table
        self.smallestLeaf = smallestLeaf
        outputCount = table.examples.outputCount
        width = table.totalsWidth
        totals = .allocate(capacity: 2 * width)
        totals.initialize(repeating: 0, count: 2 * width)
        left = totals + width
    }

    deinit { totals.deallocate() }

    /// Begins with a node of given totals.
    func begin(totals node: UnsafePointer<Double>, weight: Double) {
        column = -1
        self.weight = weight
        squares = 0
        totals.update(from: node, count: width)
        for i in 0..<outputCount { squares += node[i] * node[i] }
        numerator = -1  // so that a split that gains nothing yet is taken too
        denominator = 1
    }

    /// Looks for a better split in a column; `rows` are the node's in its order.
    func search(_ column: Int, rows: UnsafePointer<Int32>, count: Int, weights: UnsafePointer<Float>) {
        left.update(repeating: 0, count: width)
        if table.examples.task == .categories {
            searchCategories(column, rows, count, weights)
        } else if table.isMissingTargets {
            searchHoledTargets(column, rows, count, weights)
        } else {
            searchTargets(column, rows, count, weights)
        }
    }

    private func searchCategories(
        _ column: Int, _ rows: UnsafePointer<Int32>, _ count: Int, _ weights: UnsafePointer<Float>
    ) {
        let values = table.values(column)
        let categories = table.categories.pointer
        let left = left, totals = totals
        var squaresLeft = 0.0, squaresRight = squares, weightLeft = 0.0
        var next = values[Int(rows[0])]
        for i in 0..<count - 1 {
            let row = Int(rows[i])
            let w = Double(weights[row])
            let category = Int(categories[row])
            let before = left[category]
            squaresLeft += w * (2 * before + w)
            squaresRight += w * (w - 2 * (totals[category] - before))
            left[category] = before + w
            weightLeft += w
            let value = next
            next = values[Int(rows[i + 1])]
            if next > value { consider(column, i + 1, count, squaresLeft, squaresRight, weightLeft, value, next) }
        }
    }

    private func searchTargets(
        _ column: Int, _ rows: UnsafePointer<Int32>, _ count: Int, _ weights: UnsafePointer<Float>
    ) {
        let values = table.values(column)
        let targets = table.targets.pointer
        let left = left, totals = totals
        var weightLeft = 0.0
        var next = values[Int(rows[0])]
        for i in 0..<count - 1 {
            let row = Int(rows[i])
            let w = Double(weights[row])
            var squaresLeft = 0.0, squaresRight = 0.0
            for output in 0..<outputCount {
                let sum = left[output] + w * Double(targets[row * outputCount + output])
                left[output] = sum
                squaresLeft += sum * sum
                squaresRight += (totals[output] - sum) * (totals[output] - sum)
            }
            weightLeft += w
            let value = next
            next = values[Int(rows[i + 1])]
            if next > value { consider(column, i + 1, count, squaresLeft, squaresRight, weightLeft, value, next) }
        }
    }

    /// As `searchTargets` where targets are missing: each counts with the weight of the examples that have it.
    private func searchHoledTargets(
        _ column: Int, _ rows: UnsafePointer<Int32>, _ count: Int, _ weights: UnsafePointer<Float>
    ) {
        let values = table.values(column)
        var weightLeft = 0.0
        for i in 0..<count - 1 {
            let row = Int(rows[i])
            let w = Double(weights[row])
            table.add(row, weight: w, to: left)
            weightLeft += w
            let (value, next) = (values[row], values[Int(rows[i + 1])])
            if next <= value { continue }
            var scoreLeft = 0.0, scoreRight = 0.0
            for output in 0..<outputCount {
                let (sum, share) = (left[output], left[outputCount + output])
                let (rest, restShare) = (totals[output] - sum, totals[outputCount + output] - share)
                if share > 0 { scoreLeft += sum * sum / share }
                if restShare > 0 { scoreRight += rest * rest / restShare }
            }
            consider(
                column, i + 1, count, scoreLeft * weightLeft, scoreRight * (weight - weightLeft), weightLeft, value, next)
        }
    }

    /// Takes the split where it is the best so far; of equally good ones the more even, and then the first.
    @inline(__always) private func consider(
        _ column: Int, _ leftCount: Int, _ count: Int, _ squaresLeft: Double, _ squaresRight: Double,
        _ weightLeft: Double, _ value: Float, _ next: Float
    ) {
        if leftCount < smallestLeaf || count - leftCount < smallestLeaf { return }
        let weightRight = weight - weightLeft
        let product = weightLeft * (weight - weightLeft)
        let sum = squaresLeft * (weight - weightLeft) + squaresRight * weightLeft
        let (new, old) = (sum * denominator, numerator * product)
        if new < old || new == old && product <= denominator || product <= 0 { return }
        self.column = column
        self.leftCount = leftCount
        numerator = sum
        denominator = product
        // Half way, rounded down: so that just those values go left that are at most half way.
        let middle = (Double(value) + Double(next)) / 2
        threshold = Float(middle)
        if Double(threshold) > middle { threshold = threshold.nextDown }
    }
}
