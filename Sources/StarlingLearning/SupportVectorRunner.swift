import StarlingMath

/// Asks the border of every pair of categories and makes one certainty a category of their answers.
///
/// Cost: about 1 us for 150 support vectors of 13 inputs; each pair adds a few nanoseconds for each of its vectors.
final class SupportVectorRunner: Runner {
    private let vector: Floats
    private let kernels = Floats(SupportVectors.mostExamples)
    private let decisions: Floats
    private let doubts: Floats
    private var words: UnsafePointer<Float>?
    private var view: WeightsView?
    private var kernel = Kernel(degree: 0, gamma: 0, offset: 0)
    private var layout = SupportVectorLayout(inputCount: 1, vectorCount: 0, categoryCount: 1)

    init(maximumInputs: Int, maximumOutputs: Int) {
        vector = Floats(maximumInputs)
        decisions = Floats(maximumOutputs * (maximumOutputs - 1) / 2)
        doubts = Floats(maximumOutputs)
    }

    override func attach(_ view: WeightsView) -> Bool {
        words = nil
        guard view.task == .categories, view.bodyCount > 5,
            let categoryCount = checkedCount(view.body, 4, atMost: view.outputCount),
            wholeNumber(view.body, 0) <= 5, view.body[1] >= 0,
            wholeNumber(view.body, 3) <= UInt32(SupportVectors.mostExamples)
        else { return false }
        layout = SupportVectorLayout(
            inputCount: view.inputCount, vectorCount: Int(wholeNumber(view.body, 3)), categoryCount: categoryCount)
        guard view.bodyCount == layout.wordCount, areUsable(view.body + 1, count: 2), areCategoriesRight(view),
            areUsable(view.body + layout.pairs, count: 2 * layout.pairCount), isSpeechSmall(view.body),
            areUsable(view.body + layout.blocks, count: layout.wordCount - layout.blocks)
        else { return false }
        kernel = Kernel(degree: Int(wholeNumber(view.body, 0)), gamma: view.body[1], offset: view.body[2])
        words = view.body
        self.view = view
        return true
    }

    /// Categories ascend, and all vectors are somebody's.
    private func areCategoriesRight(_ view: WeightsView) -> Bool {
        var last = -1
        var total = 0
        for i in 0..<layout.categoryCount {
            let category = Int(wholeNumber(view.body, layout.categories + i))
            if category <= last || category >= view.outputCount { return false }
            last = category
            total += Int(wholeNumber(view.body, layout.vectorCounts + i))
        }
        return total == layout.vectorCount
    }

    /// Sums of products with kernels must stay finite.
    private func isSpeechSmall(_ words: UnsafePointer<Float>) -> Bool {
        for i in layout.speech..<layout.blocks where !(words[i].magnitude <= SupportVectors.loudest) { return false }
        return true
    }

    override func run(_ inputs: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let words, let view else { return }
        for i in 0..<layout.inputCount { vector[i] = view.standardised(inputs[i], i) }
        for i in 0..<view.outputCount { outputs[i] = 0 }
        kernel.apply(
            vector.pointer, words + layout.blocks, blockCount: layout.blockCount, inputCount: layout.inputCount,
            into: kernels.pointer)
        layout.decide(words, kernels: kernels.pointer, into: decisions.pointer)
        addDoubts(words + layout.pairs)
        var total: Float = 0
        for i in 0..<layout.categoryCount { total += certainty(i) }
        for i in 0..<layout.categoryCount {
            outputs[Int(wholeNumber(words, layout.categories + i))] = certainty(i) / total
        }
    }

    /// One divided by the doubts of all pairs (Price, Knerr, Personnaz and Dreyfus 1995).
    private func certainty(_ category: Int) -> Float { 1 / (doubts[category] - Float(layout.categoryCount - 2)) }

    /// Adds up, for each category, one divided by its certainty against each other.
    private func addDoubts(_ pairs: UnsafePointer<Float>) {
        let doubts = doubts.pointer
        for i in 0..<layout.categoryCount { doubts[i] = 0 }
        var pair = 0
        for first in 0..<layout.categoryCount {
            for second in first + 1..<max(layout.categoryCount, first + 1) {
                let certainty = clamp(1 / (1 + fastExp(-pairs[2 * pair + 1] * decisions[pair])), 1e-6, 1 - 1e-6)
                doubts[first] += 1 / certainty
                doubts[second] += 1 / (1 - certainty)
                pair += 1
            }
        }
    }
}
