import StarlingMath

/// Makes words of grown trees; see `Trees`.
struct TreeWriter {
    /// What a leaf says of categories.
    enum Leaf {
        /// Each category's share of the examples, among which so many are imagined, spread over all categories
        /// (Cestnik 1990, Estimating probabilities). So a leaf with few examples is less certain.
        case shares(imagined: Double)
        /// The category of the greatest weight alone.
        case winner
    }

    let table: TreeTable
    let leaf: Leaf
    /// Branches go that do not lessen the impurity by this share of the examples for each leaf they add.
    var pruning = 0.0

    private var outputCount: Int { table.examples.outputCount }

    /// The words of the tree that a grower has finished.
    func words(of grower: TreeGrower) -> [Float] {
        let nodes = grower.nodes
        let sizes = prunedSizes(nodes)
        var places = [Int](repeating: 0, count: nodes.count)
        var words: [Float] = []
        var node = 0
        while node < nodes.count {
            places[node] = words.count
            if sizes[node].isLeaf { appendLeaf(grower, node, to: &words) } else { words += [0, nodes[node].threshold] }
            node += sizes[node].isLeaf ? sizes[node].count : 1
        }
        node = 0
        while node < nodes.count {
            if !sizes[node].isLeaf {
                let word = UInt32(places[nodes[node].right] << 10 | nodes[node].input)
                words[places[node]] = Float(bitPattern: word)
            }
            node += sizes[node].isLeaf ? sizes[node].count : 1
        }
        return words
    }

    /// How many nodes grew from each, and whether it is a leaf after pruning.
    ///
    /// One pass from the leaves up leaves the smallest tree of the least risk and cost (Breiman and others 1984, 3.3).
    private func prunedSizes(_ nodes: [TreeNode]) -> [(count: Int, isLeaf: Bool)] {
        var result = [(count: Int, isLeaf: Bool)](repeating: (1, true), count: nodes.count)
        var risks = nodes.map { $0.risk }
        var leaves = [Int](repeating: 1, count: nodes.count)
        let cost = pruning * nodes[0].weight
        for node in nodes.indices.reversed() where nodes[node].input >= 0 {
            let (left, right) = (node + 1, nodes[node].right)
            result[node] = (1 + result[left].count + result[right].count, false)
            let leafCount = leaves[left] + leaves[right]
            let risk = risks[left] + risks[right]
            if nodes[node].risk <= risk + cost * Double(leafCount - 1) {
                result[node].isLeaf = true
            } else {
                leaves[node] = leafCount
                risks[node] = risk
            }
        }
        return result
    }

    // MARK: Leaves

    private func appendLeaf(_ grower: TreeGrower, _ node: Int, to words: inout [Float]) {
        if table.examples.task == .continuous {
            words.append(0)
            for i in 0..<outputCount { words.append(target(i, grower, node)) }
            return
        }
        switch leaf {
        case .shares(let imagined): appendShares(grower, node, imagined, to: &words)
        case .winner: appendNamed([(winner(grower, node), 1)], to: &words)
        }
    }

    /// The mean of those examples that have the target; where none has, that of the branch, the tree, or all.
    private func target(_ output: Int, _ grower: TreeGrower, _ leaf: Int) -> Float {
        var node = leaf
        func weight() -> Double { grower.totals[node * table.totalsWidth + outputCount + output] }
        while weight() == 0 && node > 0 { node = grower.nodes[node].parent }
        let z = weight() > 0 ? grower.totals[node * table.totalsWidth + output] / weight() : 0
        return table.means[output] + table.deviations[output] * Float(z)
    }

    private func appendShares(_ grower: TreeGrower, _ node: Int, _ imagined: Double, to words: inout [Float]) {
        let place = node * table.totalsWidth
        let all = grower.nodes[node].weight + imagined
        let named = (0..<outputCount).filter { grower.totals[place + $0] > 0 }
        appendNamed(named.map { ($0, Float(grower.totals[place + $0] / all)) }, to: &words)
    }

    private func appendNamed(_ named: [(category: Int, share: Float)], to words: inout [Float]) {
        let sum = named.reduce(Float(0)) { $0 + $1.share }
        words.append(Float(bitPattern: UInt32(named.count)))
        words.append(max(1 - sum, 0))
        for (category, share) in named { words += [Float(bitPattern: UInt32(category)), share] }
    }

    /// The category of the greatest weight in a node; the first of equal ones.
    func winner(_ grower: TreeGrower, _ node: Int) -> Int {
        var best = 0
        let place = node * table.totalsWidth
        for i in 0..<outputCount where grower.totals[place + i] > grower.totals[place + best] { best = i }
        return best
    }
}

extension Trees {
    /// The words of trees that answer together.
    static func words(_ trees: [[Float]], weights: [Float], _ examples: Examples) -> [Float] {
        let counts = examples.categoryCounts
        let present = Float(counts.filter { $0 > 0 }.count)
        var words = [Float(bitPattern: UInt32(trees.count))]
        words += counts.map { $0 > 0 ? 1 / present : 0 }
        words += weights
        words += trees.map { Float(bitPattern: UInt32($0.count)) }
        for tree in trees { words += tree }
        return words
    }
}
