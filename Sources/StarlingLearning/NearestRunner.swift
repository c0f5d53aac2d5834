import StarlingMath

/// Finds the nearest examples and lets them speak.
///
/// Cost: about 50 us for 10,000 examples of 33 inputs. Of equally near examples the earlier counts as nearer.
final class NearestRunner: Runner {
    private static let most = 64
    private let query: Floats
    private let blockDistances = Floats(Nearest.blockSize)
    private let distances = Floats(most)
    private let indices: UnsafeMutablePointer<Int32>
    private var found = 0
    private var k = 1
    private var words: UnsafePointer<Float>?
    private var layout = NearestLayout(task: .categories, inputCount: 1, outputCount: 1, exampleCount: 0)

    init(maximumInputs: Int) {
        query = Floats(maximumInputs)
        indices = .allocate(capacity: NearestRunner.most)
        indices.initialize(repeating: 0, count: NearestRunner.most)
    }

    deinit { indices.deallocate() }

    override func attach(_ view: WeightsView) -> Bool {
        words = nil
        guard view.bodyCount > 2,
            let k = checkedCount(view.body, 0, atMost: NearestRunner.most),
            let count = checkedCount(view.body, 1, atMost: LearningLimits.examples)
        else { return false }
        let layout = NearestLayout(
            task: view.task, inputCount: view.inputCount, outputCount: view.outputCount, exampleCount: count)
        guard view.bodyCount == layout.wordCount,
            areUsable(view.body + 2, count: layout.wordCount - 2), areOutputsValid(view.body, layout)
        else { return false }
        attach(view.body, layout, k: k)
        return true
    }

    /// Runs words that are known to be valid; only the first `exampleCount` of the layout are searched.
    func attach(_ words: UnsafePointer<Float>, _ layout: NearestLayout, k: Int) {
        self.words = words
        self.layout = layout
        self.k = k
    }

    private func areOutputsValid(_ words: UnsafePointer<Float>, _ layout: NearestLayout) -> Bool {
        for output in 0..<layout.outputCount where !(words[layout.outputWeights + output] > 0) { return false }
        if layout.task == .continuous { return true }
        for i in layout.outputs..<layout.blocks {
            if !(words[i] >= 0 && words[i] < Float(layout.outputCount) && words[i].rounded(.down) == words[i]) {
                return false
            }
        }
        return true
    }

    override func run(_ inputs: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        run(inputs, among: layout.exampleCount, into: outputs)
    }

    /// Answers from the first `exampleCount` examples alone.
    func run(_ inputs: UnsafePointer<Float>, among exampleCount: Int, into outputs: UnsafeMutablePointer<Float>) {
        guard let words else { return }
        for i in 0..<layout.inputCount {
            query[i] = shareOfRange(inputs[i], low: words[layout.lows + i], scale: words[layout.rangeScales + i])
        }
        search(words + layout.blocks, exampleCount)
        answer(words, outputs)
    }

    private func search(_ blocks: UnsafePointer<Float>, _ exampleCount: Int) {
        found = 0
        var block = blocks
        for first in stride(from: 0, to: exampleCount, by: Nearest.blockSize) {
            squaredDistances(query.pointer, block, inputCount: layout.inputCount, into: blockDistances.pointer)
            insert(first: first, count: min(Nearest.blockSize, exampleCount - first))
            block += Nearest.blockSize * layout.inputCount
        }
    }

    /// Takes those of a block that are nearer than the farthest found.
    @inline(__always) private func insert(first: Int, count: Int) {
        let measured = blockDistances.pointer
        for i in 0..<count where found < k || measured[i] < distances[found - 1] {
            var place = found < k ? found : k - 1
            if found < k { found += 1 }
            while place > 0, distances[place - 1] > measured[i] {
                distances[place] = distances[place - 1]
                indices[place] = indices[place - 1]
                place -= 1
            }
            distances[place] = measured[i]
            indices[place] = Int32(truncatingIfNeeded: first + i)
        }
    }

    /// The weighted mean of the outputs found, each weighing one divided by its distance.
    private func answer(_ words: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>) {
        for output in 0..<layout.outputCount { outputs[output] = 0 }
        var total: Float = 0
        for i in 0..<found {
            // Relative to the nearest, so that a distance of 0 needs no case of its own.
            let nearness = distances[i] == distances[0] ? 1 : (distances[0] / distances[i]).squareRoot()
            let row = words + layout.outputs + Int(indices[i]) * layout.outputWidth
            let weight = layout.task == .categories ? nearness * words[layout.outputWeights + Int(row[0])] : nearness
            if layout.task == .categories {
                outputs[Int(row[0])] += weight
            } else {
                for output in 0..<layout.outputCount { outputs[output] += weight * row[output] }
            }
            total += weight
        }
        for output in 0..<layout.outputCount { outputs[output] /= total }
    }
}
