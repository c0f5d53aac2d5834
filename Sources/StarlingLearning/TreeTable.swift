import StarlingMath

/// The examples as trees look at them: each input a column, with the rows in the order of its values.
///
/// Made once for all trees of a training. Memory: 8 bytes for each number of the inputs.
final class TreeTable {
    let examples: Examples
    /// Which input each column is. Those that do not vary are left out, but one is always there.
    let inputs: [Int]
    /// What a row should be answered with: its category, or targets in deviations from their mean, 0 where missing.
    let categories: Wholes
    let targets: Floats
    /// Mean and deviation of each target.
    let means: [Float]
    let deviations: [Float]
    /// Whether some examples lack some targets.
    let isMissingTargets: Bool

    private let values: Floats
    private let orders: Wholes
    private let sorter: ColumnSort
    private var next = 0

    init(_ set: TrainingSet) {
        examples = set.examples
        let varying = (0..<examples.inputCount).filter { set.inputScaling.scales[$0] > 0 }
        inputs = varying.isEmpty ? [0] : varying
        means = set.outputScaling.means
        deviations = set.outputScaling.deviations
        let count = set.count
        values = Floats(inputs.count * count)
        orders = Wholes(inputs.count * count)
        sorter = ColumnSort(count: count)
        categories = Wholes(count)
        isMissingTargets = examples.task == .continuous && examples.outputs.contains { $0.isNaN }
        targets = Floats(examples.task == .continuous ? count * examples.outputCount : 0)
        for row in 0..<count {
            if examples.task == .categories {
                categories[row] = examples.category(row)
            } else {
                for i in 0..<examples.outputCount {
                    let z = (examples.outputs[row * examples.outputCount + i] - means[i]) * set.outputScaling.scales[i]
                    targets[row * examples.outputCount + i] = z.isNaN ? 0 : z
                }
            }
        }
    }

    var rowCount: Int { examples.count }
    /// How many totals of examples are kept: see `add`.
    var totalsWidth: Int { examples.outputCount * (examples.task == .categories ? 1 : 2) }
    var progress: Float { Float(next) / Float(inputs.count) }

    /// Fills and sorts columns; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && next < inputs.count {
            let column = values.pointer + next * rowCount
            examples.inputs.withUnsafeBufferPointer {
                var place = $0.baseAddress! + inputs[next]
                for row in 0..<rowCount {
                    column[row] = place.pointee
                    place += examples.inputCount
                }
            }
            sorter.sort(column, into: orders.pointer + next * rowCount)
            work -= 30 * rowCount
            next += 1
        }
        return next < inputs.count
    }

    /// The value of every row in a column.
    @inline(__always) func values(_ column: Int) -> UnsafePointer<Float> {
        UnsafePointer(values.pointer + column * rowCount)
    }
    /// The rows in the order of a column's values.
    @inline(__always) func order(_ column: Int) -> UnsafePointer<Int32> {
        UnsafePointer(orders.pointer + column * rowCount)
    }

    /// Adds a row to totals: the weight of each category; or of each target the weighted sum, then the weight of
    /// the examples that have it. Gives the sum of the weighted squares of the targets.
    @inline(__always) @discardableResult
    func add(_ row: Int, weight: Double, to totals: UnsafeMutablePointer<Double>) -> Double {
        if examples.task == .categories {
            totals[categories[row]] += weight
            return 0
        }
        var squares = 0.0
        for i in 0..<examples.outputCount where !isMissingTargets || !examples.outputs[row * examples.outputCount + i].isNaN {
            let target = Double(targets[row * examples.outputCount + i])
            totals[i] += weight * target
            totals[examples.outputCount + i] += weight
            squares += weight * target * target
        }
        return squares
    }
}
