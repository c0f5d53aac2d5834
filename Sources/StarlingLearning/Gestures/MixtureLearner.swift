import StarlingMath

/// Fits the mixture by expectation and maximisation: first to the examples to learn from, then, having been asked for those
/// held out, on with all of them.
///
/// A missing target (NaN) counts as what the mixture expects there.
final class MixtureLearner: Learner {
    private let lesson: Lesson
    private let layout: MixtureLayout
    private let words: Floats
    private let rows: Floats
    private let targets: Floats
    private let sums: MixtureSums
    private let shares = Floats(MixtureRegression.mostGaussians)
    private let centred = Floats(MixtureRegression.mostDirections)
    private let expected: Floats
    private let squares: Floats
    private var stage = Stage.first
    private var round = 0
    private var next = 0
    private var result: [Float]?
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    private enum Stage { case first, checking, all, done }
    private static let rounds = 40
    private static let lastRounds = 10

    init(_ lesson: Lesson) {
        self.lesson = lesson
        let set = lesson.set
        let inputCount = set.examples.inputCount
        let directionCount = min(inputCount, MixtureRegression.mostDirections)
        layout = MixtureLayout(
            inputCount: inputCount, outputCount: set.examples.outputCount,
            gaussianCount: max(1, min(Int(lesson.settings[0]), set.trainingCount / 3)), directionCount: directionCount)
        words = Floats(layout.wordCount)
        rows = Floats(set.count * directionCount)
        targets = Floats(set.count * layout.outputCount)
        sums = MixtureSums(layout, smoothness: lesson.settings[1])
        expected = Floats(layout.outputCount)
        squares = Floats(layout.outputCount)
        super.init()
        prepare()
    }

    override var progress: Float {
        switch stage {
        case .first: Float(round) / Float(Self.rounds + Self.lastRounds)
        case .checking, .all: Float(Self.rounds + round) / Float(Self.rounds + Self.lastRounds)
        case .done: 1
        }
    }
    override var trainingError: Float? { training.error(.continuous) }
    override var heldOutError: Float? { heldOut.error(.continuous) }

    override func takeNews() -> [Float]? {
        defer { result = nil }
        return result
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .first: fit(lesson.set.trainingCount, rounds: Self.rounds, &work)
            case .checking: check(&work)
            case .all: fit(lesson.set.count, rounds: Self.lastRounds, &work)
            case .done: break
            }
        }
        return stage != .done
    }

    private func prepare() {
        let set = lesson.set
        words[0] = Float(bitPattern: UInt32(layout.gaussianCount))
        words[1] = Float(bitPattern: UInt32(layout.directionCount))
        for target in 0..<layout.outputCount {
            words[layout.centres + target] = set.outputScaling.means[target]
            words[layout.deviations + target] = set.outputScaling.deviations[target]
        }
        let standard = standardisedRows(set)
        if layout.directionCount < layout.inputCount {
            mainDirections(
                standard, width: layout.inputCount, count: layout.directionCount, seed: lesson.seed,
                into: words.pointer + layout.directions)
        }
        for row in 0..<set.count {
            layout.project(
                words.pointer, standard.pointer + row * layout.inputCount,
                into: rows.pointer + row * layout.directionCount)
            for target in 0..<layout.outputCount {
                let value = set.examples.outputs[set.order[row] * layout.outputCount + target]
                let deviation = set.outputScaling.deviations[target]
                let centred = value - set.outputScaling.means[target]
                targets[row * layout.outputCount + target] = value.isNaN ? .nan : (deviation > 0 ? centred / deviation : 0)
            }
        }
        sums.start(rows, targets, count: set.trainingCount, seed: lesson.seed, into: words.pointer)
    }

    /// Takes one example into the sums of a round.
    private func fit(_ count: Int, rounds: Int, _ work: inout Int) {
        sums.add(rows.pointer + next * layout.directionCount, targets.pointer + next * layout.outputCount, words.pointer)
        work -= layout.gaussianCount * (layout.directionCount + 1) * (layout.directionCount + 2 * layout.outputCount)
        next += 1
        if next < count { return }
        next = 0
        round += 1
        let isSettled = sums.finish(into: words.pointer)
        if round < rounds && !isSettled { return }
        round = 0
        result = words.array
        stage = stage == .first ? .checking : .done
    }

    private func check(_ work: inout Int) {
        layout.answer(
            words.pointer, rows.pointer + next * layout.directionCount, shares: shares.pointer, centred: centred.pointer,
            expected: expected.pointer, squares: squares.pointer)
        for target in 0..<layout.outputCount where lesson.set.outputScaling.deviations[target] > 0 {
            let wanted = targets[next * layout.outputCount + target]
            if wanted.isNaN { continue }
            let error = expected[target] - wanted
            next < lesson.set.trainingCount ? training.add(square: error * error) : heldOut.add(square: error * error)
        }
        work -= layout.gaussianCount * layout.directionCount * (layout.directionCount + layout.outputCount)
        next += 1
        if next < lesson.set.count { return }
        next = 0
        stage = lesson.set.trainingCount < lesson.set.count ? .all : .done
    }
}

/// All rows of a training, standardised, in its order.
func standardisedRows(_ set: TrainingSet) -> Floats {
    let width = set.examples.inputCount
    let result = Floats(set.count * width)
    let scaling = set.inputScaling
    for row in 0..<set.count {
        for i in 0..<width {
            result[row * width + i] = standardised(
                set.examples.inputs[set.order[row] * width + i], mean: scaling.means[i], scale: scaling.scales[i])
        }
    }
    return result
}

/// The directions in which rows vary most, as unit vectors one after the other (subspace iteration, 12 passes).
private func mainDirections(
    _ rows: Floats, width: Int, count: Int, seed: UInt64, into result: UnsafeMutablePointer<Float>
) {
    var random = SeededRandom(seed: seed)
    for i in 0..<count * width { result[i] = random.bipolar() }
    let images = Floats(count * width)
    for _ in 0..<12 {
        orthonormalise(result, width: width, count: count)
        images.clear()
        for first in stride(from: 0, to: rows.count, by: width) {
            let row = rows.pointer + first
            for k in 0..<count {
                var along: Float = 0
                for i in 0..<width { along += row[i] * result[k * width + i] }
                let image = images.pointer + k * width
                for i in 0..<width { image[i] += along * row[i] }
            }
        }
        result.update(from: images.pointer, count: count * width)
    }
    orthonormalise(result, width: width, count: count)
}

/// Gram and Schmidt; a vector in the space of those before it becomes 0.
private func orthonormalise(_ vectors: UnsafeMutablePointer<Float>, width: Int, count: Int) {
    func inner(_ a: Int, _ b: Int) -> Float {
        var sum: Float = 0
        for i in 0..<width { sum += vectors[a * width + i] * vectors[b * width + i] }
        return sum
    }
    for k in 0..<count {
        let before = inner(k, k).squareRoot()
        for _ in 0..<2 {
            for earlier in 0..<k {
                let share = inner(earlier, k)
                for i in 0..<width { vectors[k * width + i] -= share * vectors[earlier * width + i] }
            }
        }
        let after = inner(k, k).squareRoot()
        let scale = after > 1e-4 * before ? 1 / after : 0
        for i in 0..<width { vectors[k * width + i] *= scale }
    }
}
