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
            areUsable(view.body + 2, count: layout.outputs - 2), areOutputsValid(view.body, layout),
            areUsable(view.body + layout.blocks, count: layout.wordCount - layout.blocks)
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
        let isCategories = layout.task == .categories
        for i in 0..<layout.outputCount where isCategories && !(words[layout.outputWeights + i] > 0) { return false }
        for i in layout.outputs..<layout.blocks {
            let isCategory = words[i] >= 0 && words[i] < Float(layout.outputCount) && words[i].rounded(.down) == words[i]
            if !(isCategories ? isCategory : isUsable(words[i]) || words[i] == Nearest.missing) { return false }
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
        if layout.task == .continuous { return answerTargets(words, outputs) }
        var total: Float = 0
        for i in 0..<found {
            let category = Int(words[layout.outputs + Int(indices[i])])
            let weight = nearness(i, relativeTo: 0) * words[layout.outputWeights + category]
            outputs[category] += weight
            total += weight
        }
        for output in 0..<layout.outputCount { outputs[output] /= total }
    }

    /// Each target's mean over those neighbours that have it; where none has, over all examples.
    private func answerTargets(_ words: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>) {
        for output in 0..<layout.outputCount {
            var first = -1
            var total: Float = 0
            for i in 0..<found {
                let target = words[layout.outputs + Int(indices[i]) * layout.outputWidth + output]
                if target == Nearest.missing { continue }
                if first < 0 { first = i }
                let weight = nearness(i, relativeTo: first)
                outputs[output] += weight * target
                total += weight
            }
            outputs[output] = first < 0 ? words[layout.outputWeights + output] : outputs[output] / total
        }
    }

    /// One divided by the distance; relative to the nearest, so that a distance of 0 needs no case of its own.
    @inline(__always) private func nearness(_ i: Int, relativeTo first: Int) -> Float {
        distances[i] == distances[first] ? 1 : (distances[first] / distances[i]).squareRoot()
    }
}
