import StarlingMath

/// Asks every tree and gives the mean of their answers, each counting as its weight says.
///
/// Cost: a few nanoseconds for each level of each tree; about 2 us for 64 trees of 500 examples.
final class TreesRunner: Runner {
    private var words: UnsafePointer<Float>?
    private var layout: TreesLayout?
    private var total: Float = 0

    override func attach(_ view: WeightsView) -> Bool {
        words = nil
        layout = TreesLayout(view)
        guard let layout else { return false }
        words = view.body
        total = 0
        for tree in 0..<layout.treeCount { total += view.body[layout.treeWeights + tree] }
        return true
    }

    override func run(_ inputs: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let words, let layout else { return }
        let isCategories = layout.task == .categories
        for i in 0..<layout.outputCount { outputs[i] = 0 }
        var tree = words + layout.trees
        for i in 0..<layout.treeCount {
            let leaf = leafOfTree(tree, inputs)
            let weight = words[layout.treeWeights + i]
            if isCategories {
                addCertainties(leaf, shares: words + layout.shares, weight, layout.outputCount, outputs)
            } else {
                for j in 0..<layout.outputCount { outputs[j] += weight * leaf[1 + j] }
            }
            tree += Int(wholeNumber(words, layout.treeLengths + i))
        }
        let whole = isCategories ? sum(outputs, layout.outputCount) : total
        for i in 0..<layout.outputCount { outputs[i] /= whole }
    }

    /// Certainties are divided by their own sum, which makes up for rounding.
    private func sum(_ outputs: UnsafePointer<Float>, _ count: Int) -> Float {
        var sum: Float = 0
        for i in 0..<count { sum += outputs[i] }
        return sum
    }
}

/// Where a tree's questions lead.
@inline(__always) func leafOfTree(_ tree: UnsafePointer<Float>, _ inputs: UnsafePointer<Float>) -> UnsafePointer<Float> {
    var node = tree
    var word = wholeNumber(node, 0)
    while word >= 1024 {
        node = inputs[Int(word & 1023)] <= node[1] ? node + 2 : tree + Int(word >> 10)
        word = wholeNumber(node, 0)
    }
    return node
}

/// Adds the certainties of a leaf.
private func addCertainties(
    _ leaf: UnsafePointer<Float>, shares: UnsafePointer<Float>, _ weight: Float, _ count: Int,
    _ outputs: UnsafeMutablePointer<Float>
) {
    if leaf[1] > 0 { for i in 0..<count { outputs[i] += weight * leaf[1] * shares[i] } }
    for i in 0..<Int(wholeNumber(leaf, 0)) { outputs[Int(wholeNumber(leaf, 2 + 2 * i))] += weight * leaf[3 + 2 * i] }
}
