import StarlingMath

/// Decision trees, one or many that answer together: the words of the kinds `tree`, `adaboost` and `forest`.
///
/// The model's own words, behind those of every model (* whole numbers by bit pattern):
///
/// | words | content |
/// |---|---|
/// | 1 | trees T* |
/// | O | categories only: what share of the unnamed certainty of a leaf each category has |
/// | T + T | how much the answer of each tree counts, and its words* |
/// | rest | the trees, node after node; a node's left child follows at once |
///
/// A node that asks is two words: 1024 x place of its right child in the tree + input*, and the largest value of the
/// input for which the answer lies left. A leaf of categories is 2 + 2 K words: K* (below 1024), the certainty that is
/// left for categories without name, and K times category* and certainty, categories ascending. A leaf of targets is
/// 1 + O words: 0* and the targets.
enum Trees {
    static let mostTrees = 500
    static let mostDepth = 32
    /// The most words of all trees together, which leaves room for the rest of the weights.
    static let mostWords = LearningLimits.bodyWords

    /// The most examples that trees are grown from, so that the sorted columns stay below 50 MB.
    static func mostExamples(_ examples: Examples) -> Int { (1 << 22) / examples.inputCount }

    /// The smallest leaf, at least `wanted`, with which trees of this many examples surely have room.
    static func smallestLeaf(_ wanted: Int, _ examples: Examples, trees: Int) -> Int {
        let present = examples.categoryCounts.filter { $0 > 0 }.count
        var leaf = wanted
        while leaf < examples.count {
            let leafWords = examples.task == .categories ? 2 + 2 * min(present, leaf) : 1 + examples.outputCount
            if (examples.count / leaf) * (leafWords + 2) <= mostWords / trees { break }
            leaf += 1 + leaf / 8
        }
        return leaf
    }
}

/// Where the parts of the words lie.
struct TreesLayout {
    let task: Task
    let inputCount: Int
    let outputCount: Int
    let treeCount: Int

    var shares: Int { 1 }
    var treeWeights: Int { shares + (task == .categories ? outputCount : 0) }
    var treeLengths: Int { treeWeights + treeCount }
    var trees: Int { treeLengths + treeCount }

    /// The layout of checked words; nil where they are not complete and right.
    init?(_ view: WeightsView) {
        guard let count = checkedCount(view.body, 0, atMost: Trees.mostTrees) else { return nil }
        task = view.task
        inputCount = view.inputCount
        outputCount = view.outputCount
        treeCount = count
        guard view.bodyCount > trees, areHeadsRight(view.body) else { return nil }
        var place = trees
        for tree in 0..<treeCount {
            guard let length = checkedCount(view.body, treeLengths + tree, atMost: view.bodyCount - place),
                isTreeRight(view.body + place, count: length)
            else { return nil }
            place += length
        }
        if place != view.bodyCount { return nil }
    }

    /// Shares sum to 1, and every tree counts.
    private func areHeadsRight(_ words: UnsafePointer<Float>) -> Bool {
        if task == .categories && !areShares(words + shares, count: outputCount, stride: 1, rest: 0) { return false }
        for tree in 0..<treeCount where !(words[treeWeights + tree] >= 1e-6 && words[treeWeights + tree] <= 1e6) {
            return false
        }
        return true
    }

    /// Reads a tree to its end. Right children must begin just where the left side ends.
    private func isTreeRight(_ words: UnsafePointer<Float>, count: Int) -> Bool {
        var expected = InlineArray<32, Int>(repeating: 0)
        var depth = 0
        var place = 0
        while place + 1 < count {
            let word = Int(wholeNumber(words, place))
            if word >= 1024 {
                guard word & 1023 < inputCount, isUsable(words[place + 1]), depth < Trees.mostDepth else { return false }
                expected[depth] = word >> 10
                depth += 1
                place += 2
                continue
            }
            guard let length = leafLength(words + place, atMost: count - place) else { return false }
            place += length
            if depth == 0 { return place == count }
            depth -= 1
            if expected[depth] != place { return false }
        }
        return false
    }

    /// The words of a leaf; nil where it is wrong.
    private func leafLength(_ words: UnsafePointer<Float>, atMost most: Int) -> Int? {
        let named = Int(wholeNumber(words, 0))
        if task == .continuous {
            return named == 0 && 1 + outputCount <= most && areUsable(words + 1, count: outputCount) ? 1 + outputCount : nil
        }
        let length = 2 + 2 * named
        guard named <= outputCount, length <= most, areShares(words + 3, count: named, stride: 2, rest: words[1]) else {
            return nil
        }
        var last = -1
        for i in 0..<named {
            let category = Int(wholeNumber(words, 2 + 2 * i))
            guard category > last, category < outputCount else { return nil }
            last = category
        }
        return length
    }

    private func areShares(_ words: UnsafePointer<Float>, count: Int, stride: Int, rest: Float) -> Bool {
        var sum = rest
        if !(rest >= 0) { return false }
        for i in 0..<count {
            if !(words[i * stride] >= 0) { return false }
            sum += words[i * stride]
        }
        return sum >= 0.999 && sum <= 1.001
    }
}
