import Foundation
import StarlingLearning
import StarlingMath

/// A world drawn by chance in which a kind of model must behave: shapes, examples good and bad, edits, settings.
///
/// Everything follows from the seed.
struct PropertyWorld {
    let kind: ModelInfo
    let task: Task
    let dataset: Dataset
    var random: SeededRandom
    private let inputCount: Int
    private let flavour: Int
    private var nextTake = 0
    /// How often something was refused that should have been, or was taken that should not have been.
    private(set) var mistakes: [String] = []

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 7919)
        kind = ModelCatalogue.all[random.index(below: ModelCatalogue.all.count)]
        task = kind.tasks[random.index(below: kind.tasks.count)]
        // Mostly tiny; one in fifty has as many inputs as nobody would choose.
        inputCount = random.index(below: 50) == 0 ? 1000 : [1, 1, 2, 3, 4, 5, 8, 13][random.index(below: 8)]
        let outputCount = random.index(below: 40) == 0 ? 12 : 1 + random.index(below: 4)
        flavour = random.index(below: 8)
        dataset = Dataset(inputCount: inputCount, outputCount: outputCount, task: task)
        self.random = random
    }

    /// Settings anywhere in their range, often at a limit, sometimes beyond it or no number.
    mutating func settings() -> [Float] {
        kind.settings.map { setting in
            // Many rounds take long and show nothing new; now and then they get them all the same.
            if Text(setting.name) == "rounds", random.index(below: 12) > 0 { return Float(1 + random.index(below: 16)) }
            switch random.index(below: 6) {
            case 0: return setting.minimum
            // Rounds and sizes at their most are for those who have the time.
            case 1: return random.index(below: 8) == 0 ? setting.maximum : setting.defaultValue
            case 2: return [.nan, .infinity, -1e30, 1e-30][random.index(below: 4)]
            case 3: return setting.value(position: 0.3 * random.uniform())
            default: return setting.defaultValue
            }
        }
    }

    /// One edit of the dataset.
    mutating func edit() {
        switch random.index(below: 8) {
        case 0: dataset.remove(take: random.index(below: max(nextTake, 1)))
        case 1 where task.hasCategories && dataset.outputCount < 16: dataset.addCategory()
        case 2 where random.index(below: 6) == 0: dataset.removeAll()
        case 3: offerWhatMustBeRefused()
        default: addTake(rows: inputCount > 100 ? 1 + random.index(below: 8) : takeLength())
        }
    }

    private mutating func takeLength() -> Int {
        let most = task == .gestures ? 24 : 12
        return random.index(below: 5) == 0 ? 1 : 1 + random.index(below: most)
    }

    private mutating func addTake(rows: Int) {
        let output = random.index(below: dataset.outputCount)
        for row in 0..<rows {
            let inputs = inputs(output: output, place: Float(row) / Float(rows))
            add(inputs, output)
        }
        nextTake += 1
    }

    private mutating func add(_ inputs: [Float], _ output: Int) {
        do {
            if task.hasCategories {
                try dataset.append(inputs, category: output, take: nextTake)
            } else {
                try dataset.append(inputs, targets: targets(inputs, output), take: nextTake)
            }
        } catch { mistakes.append("refused a good example: \(error.sentence)") }
    }

    /// Inputs of this world's flavour: clouds, constants, duplicates, far numbers, single wild ones, curves.
    mutating func inputs(output: Int, place: Float) -> [Float] {
        let size: Float = [1, 1, 1, 1e-6, 1e6, 1e15, 1, 1][flavour]
        let shared = random.normal()
        return (0..<inputCount).map { input in
            let side = Float((output * 7 + input * 3) % 5) - 2
            switch flavour {
            case 0: return random.normal() + side
            case 1: return input % 2 == 0 ? 42.1 : side + 0.1 * random.normal()
            case 2: return side
            case 3, 4: return size * (random.normal() + side)
            case 5: return random.index(below: 10) == 0 ? size * (random.index(below: 2) == 0 ? 1 : -1) : side
            case 6: return side + fastSine(cycles: place + 0.1 * Float(input)) + 0.05 * shared
            default: return shared * Float(input + 1)
            }
        }
    }

    private mutating func targets(_ inputs: [Float], _ output: Int) -> [Float] {
        var targets = (0..<dataset.outputCount).map { target -> Float in
            let isMissing = random.index(below: 6) == 0
            return isMissing ? .nan : flavour == 2 ? 3 : inputs[target % inputCount] / Float(target + 2)
        }
        if targets.allSatisfy({ $0.isNaN }) { targets[output] = 1 }
        return targets
    }

    /// No numbers, and numbers beyond all bounds, are refused with a sentence, and nothing is added.
    private mutating func offerWhatMustBeRefused() {
        var inputs = inputs(output: 0, place: 0)
        inputs[random.index(below: inputCount)] = [.nan, .infinity, -.infinity, 1e16][random.index(below: 4)]
        let before = dataset.count
        do {
            if task.hasCategories {
                try dataset.append(inputs, category: 0, take: nextTake)
            } else {
                try dataset.append(inputs, targets: [Float](repeating: 0, count: dataset.outputCount), take: nextTake)
            }
            mistakes.append("took an example that is no number")
        } catch {
            if "\(error.sentence)".count < 20 { mistakes.append("refused without a sentence") }
        }
        if dataset.count != before { mistakes.append("added what it refused") }
    }

    /// Inputs to be asked for: like the examples, or like nothing that ever was.
    mutating func question() -> [Float] {
        var inputs = inputs(output: random.index(below: dataset.outputCount), place: random.uniform())
        if random.index(below: 3) == 0 {
            let wild: [Float] = [.nan, .infinity, -.infinity, 3e38, -3e38, 0, 1e-38]
            inputs[random.index(below: inputCount)] = wild[random.index(below: wild.count)]
        }
        return inputs
    }

    /// Damaged or hostile words.
    mutating func spoiled(_ words: [Float]) -> [Float] {
        var words = words
        switch random.index(below: 5) {
        case 0: return Array(words.prefix(random.index(below: words.count)))
        case 1: return words + [random.normal()]
        default: break
        }
        for _ in 0...random.index(below: 3) {
            let place = random.index(below: random.index(below: 2) == 0 ? min(words.count, 24) : words.count)
            let small = UInt32(random.index(below: 70))
            switch random.index(below: 5) {
            case 0: words[place] = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            case 1: words[place] = Float(bitPattern: words[place].bitPattern ^ (1 << UInt32(random.index(below: 32))))
            case 2: words[place] = Float(bitPattern: small)
            case 3: words[place] = [.nan, .infinity, -.infinity, 1e20, -1e15][random.index(below: 5)]
            default: words[place] = Float(small)
            }
        }
        return words
    }
}
