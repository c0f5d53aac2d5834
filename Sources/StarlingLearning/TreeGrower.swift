import StarlingMath

/// One node of a tree while it grows. The left child follows at once.
struct TreeNode {
    /// The input asked about; -1 for a leaf.
    var input = -1
    /// Up to this value the answer lies left.
    var threshold: Float = 0
    /// The place of the right child, and of the node that this is a child of.
    var right = 0
    let parent: Int
    /// The weight of the examples that came here, and how much they differ: impurity or variance times weight.
    let weight: Double
    let risk: Double
}

/// How far a tree grows.
struct TreeLimits {
    var depth = Trees.mostDepth
    /// The fewest examples in a leaf.
    var smallestLeaf = 1
    /// How many inputs are tried for each split, drawn by chance where not all.
    var triedInputs = Int.max
}

/// Grows trees from weighted examples, in slices: depth first, the left side first.
///
/// Every column's rows are kept sorted: they are sorted once for all trees, and divided stably at each split (Mehta,
/// Agrawal and Rissanen 1996, SLIQ). Cost: about 4 ns for each column and example of each level.
final class TreeGrower {
    private(set) var nodes: [TreeNode] = []
    /// For each node `TreeTable.totalsWidth` totals of its examples.
    private(set) var totals: [Double] = []
    /// The leaf that each example came to.
    let leafOfRow: Wholes

    private let table: TreeTable
    private let limits: TreeLimits
    private let split: TreeSplit
    private let lists: Wholes
    private let aside: Wholes
    private let columns: Wholes
    private let goesLeft: UnsafeMutablePointer<UInt8>
    private var weights = Floats(0)
    private var random = SeededRandom(seed: 0)

    private enum Stage { case listing, opening, searching, dividing, done }
    private var stage = Stage.done
    private var pending: [Branch] = []
    private var node = Branch()
    private var next = 0
    private var tried = 0
    private var listCount = 0

    /// Rows that become a node: where they lie in the lists, and in which list they surely do.
    private struct Branch {
        var start = 0
        var count = 0
        var depth = 0
        var list = 0
        /// The node whose child this will be.
        var parent = 0
        /// Whether this will not be divided for sure, so that the other lists do not know these rows.
        var isLeaf = false
    }

    init(_ table: TreeTable, _ limits: TreeLimits) {
        self.table = table
        self.limits = limits
        split = TreeSplit(table, smallestLeaf: limits.smallestLeaf)
        lists = Wholes(table.rowCount * table.inputs.count)
        aside = Wholes(table.rowCount)
        leafOfRow = Wholes(table.rowCount)
        columns = Wholes(table.inputs.count)
        for i in table.inputs.indices { columns[i] = i }
        goesLeft = .allocate(capacity: table.rowCount)
        goesLeft.initialize(repeating: 0, count: table.rowCount)
    }

    deinit { goesLeft.deallocate() }

    /// Begins a tree of the rows whose weight is above 0; there must be one.
    func begin(weights: Floats, random: SeededRandom) {
        self.weights = weights
        self.random = random
        nodes.removeAll(keepingCapacity: true)
        totals.removeAll(keepingCapacity: true)
        stage = .listing
        next = 0
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .listing: listColumn(&work)
            case .opening: openNode(&work)
            case .searching: searchColumn(&work)
            case .dividing: divideColumn(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    private func list(_ column: Int) -> UnsafeMutablePointer<Int32> { lists.pointer + column * table.rowCount }

    /// Takes the rows that count from a column.
    private func listColumn(_ work: inout Int) {
        let order = table.order(next)
        let result = list(next)
        let weights = weights.pointer
        listCount = 0
        for i in 0..<table.rowCount {
            result[listCount] = order[i]
            listCount += weights[Int(order[i])] > 0 ? 1 : 0
        }
        work -= 2 * table.rowCount
        next += 1
        if next < table.inputs.count { return }
        pending = [Branch(start: 0, count: listCount)]
        stage = .opening
    }

    // MARK: Nodes

    private func openNode(_ work: inout Int) {
        guard let branch = pending.popLast() else {
            stage = .done
            return
        }
        node = branch
        if branch.parent < nodes.count - 1 { nodes[branch.parent].right = nodes.count }
        let place = totals.count
        totals.append(contentsOf: repeatElement(0, count: table.totalsWidth))
        let (weight, risk) = measure(place)
        nodes.append(TreeNode(parent: branch.parent, weight: weight, risk: max(risk, 0)))
        work -= 4 * node.count
        let mayDivide = !node.isLeaf && node.depth < limits.depth && node.count >= 2 * limits.smallestLeaf
        if !mayDivide || risk <= 1e-12 * weight { return closeLeaf() }
        totals.withUnsafeBufferPointer { split.begin(totals: $0.baseAddress! + place, weight: weight) }
        next = 0
        tried = 0
        stage = .searching
    }

    private func closeLeaf() {
        let rows = list(node.list) + node.start
        for i in 0..<node.count { leafOfRow[Int(rows[i])] = nodes.count - 1 }
        stage = .opening
    }

    /// Adds up the totals of the node's rows; gives its weight and its risk.
    private func measure(_ place: Int) -> (weight: Double, risk: Double) {
        let rows = list(node.list) + node.start
        let isCategories = table.examples.task == .categories
        let outputCount = table.examples.outputCount
        return totals.withUnsafeMutableBufferPointer { buffer in
            let sums = buffer.baseAddress! + place
            var weight = 0.0, squares = 0.0, explained = 0.0
            for i in 0..<node.count {
                let w = Double(weights[Int(rows[i])])
                weight += w
                squares += table.add(Int(rows[i]), weight: w, to: sums)
            }
            for i in 0..<outputCount {
                let share = isCategories ? weight : sums[outputCount + i]
                if share > 0 { explained += sums[i] * sums[i] / share }
            }
            return (weight, (isCategories ? weight : squares) - explained)
        }
    }

    // MARK: Splits

    private func searchColumn(_ work: inout Int) {
        if next == table.inputs.count || tried >= limits.triedInputs { return decide() }
        if limits.triedInputs < table.inputs.count {
            let other = next + random.index(below: table.inputs.count - next)
            (columns[next], columns[other]) = (columns[other], columns[next])
        }
        let column = columns[next]
        next += 1
        let rows = list(column) + node.start
        let values = table.values(column)
        // An input that is the same in all these examples is no choice.
        if values[Int(rows[0])] == values[Int(rows[node.count - 1])] { return work -= 1 }
        split.search(column, rows: rows, count: node.count, weights: weights.pointer)
        tried += 1
        work -= 8 * node.count
    }

    private func decide() {
        if split.column < 0 { return closeLeaf() }
        let place = nodes.count - 1
        nodes[place].input = table.inputs[split.column]
        nodes[place].threshold = split.threshold
        let isLeaf = areChildrenLeaves
        func branch(_ rows: Range<Int>) -> Branch {
            Branch(
                start: node.start + rows.lowerBound, count: rows.count, depth: node.depth + 1, list: split.column,
                parent: place, isLeaf: isLeaf)
        }
        pending.append(branch(split.leftCount..<node.count))
        pending.append(branch(0..<split.leftCount))
        next = 0
        stage = isLeaf ? .opening : .dividing
        if stage == .dividing { markSides() }
    }

    /// Whether neither child will be divided.
    private var areChildrenLeaves: Bool {
        let larger = max(split.leftCount, node.count - split.leftCount)
        let weight = nodes[nodes.count - 1].weight
        let isPure = table.examples.task == .categories && weight - split.score <= 1e-12 * weight
        return node.depth + 1 >= limits.depth || larger < 2 * limits.smallestLeaf || isPure
    }

    private func markSides() {
        let rows = list(split.column) + node.start
        for i in 0..<node.count { goesLeft[Int(rows[i])] = i < split.leftCount ? 1 : 0 }
    }

    /// Divides a column's rows, each side in its order.
    private func divideColumn(_ work: inout Int) {
        if next != split.column {
            let rows = list(next) + node.start
            let right = aside.pointer
            var leftCount = 0, rightCount = 0
            for i in 0..<node.count {
                let row = rows[i]
                let left = Int(goesLeft[Int(row)])
                rows[leftCount] = row
                right[rightCount] = row
                leftCount += left
                rightCount += 1 - left
            }
            (rows + leftCount).update(from: right, count: rightCount)
            work -= 3 * node.count
        }
        next += 1
        if next == table.inputs.count { stage = .opening }
    }
}
