import StarlingMath

/// Draws the border of every pair of categories, and finds how certain its decisions are.
///
/// Certainties are fitted to the decisions about examples held out; where a pair has none, to those learned from.
/// The second fit of a training, which knows all examples, takes the certainties of the first. It starts anew each time:
/// examples that are no support vectors are gone from earlier weights.
final class SupportVectorFitting: Fitting {
    private let lesson: Lesson
    private let heldOut: [Int]
    private let kernel: Kernel
    private let categories: [SupportVectorCategory]
    /// Pairs of places in `categories`.
    private let pairs: [(first: Int, second: Int)]
    private var biases: [Float] = []
    /// How certain the decisions of each pair are.
    private var slopes: [Float]
    private var solver: PairSolver?
    private var body: [Float] = []
    /// The decisions about examples held out, those that were wrong negated; and how many examples have been asked for.
    private var margins: [[Float]]
    private var askedCount = 0
    private var stage = Stage.solving

    private enum Stage { case solving, judging, done }

    init(_ lesson: Lesson, exampleCount: Int, earlier: SupportVectorFitting?) {
        self.lesson = lesson
        let examples = lesson.set.examples
        let varying = lesson.set.inputScaling.scales.filter { $0 > 0 }.count
        let gamma = lesson.settings[3] > 0 ? lesson.settings[3] : 1 / Float(max(varying, 1))
        kernel = switch Int(lesson.settings[1]) {
        case 0: Kernel(degree: 1, gamma: 1, offset: 0)
        case 1: Kernel(degree: Int(lesson.settings[2]), gamma: gamma, offset: 1)
        default: Kernel(degree: 0, gamma: gamma, offset: 0)
        }
        heldOut = Array(lesson.set.order[exampleCount...])
        let rows = lesson.set.order[..<exampleCount]
        let weights = lesson.set.categoryWeights(balanced: lesson.settings[4] > 0.5)
        let made = (0..<examples.outputCount).map { category in
            SupportVectorCategory(
                category, rows: rows.filter { examples.category($0) == category },
                limit: min(lesson.settings[0] * weights[category], SupportVectors.loudest), set: lesson.set)
        }.filter { !$0.rows.isEmpty }
        categories = made
        pairs = made.indices.flatMap { first in (first + 1..<max(made.count, first + 1)).map { (first, $0) } }
        slopes = earlier?.slopes ?? []
        margins = pairs.map { _ in [] }
        super.init()
        for category in made { category.makeRoom(others: made.count - 1) }
        if pairs.isEmpty { finishSolving() }
    }

    override var words: [Float] { body }
    override var progress: Float { Float(biases.count) / Float(max(pairs.count, 1)) }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .solving:
                let solver = solver ?? makeSolver(&work)
                self.solver = solver
                if solver.step(&work) { continue }
                finishPair(solver)
                self.solver = nil
                if biases.count == pairs.count { finishSolving() }
            case .judging: if !judge(&work) { finishJudging() }
            case .done: break
            }
        }
        return stage != .done
    }

    private func finishSolving() {
        body = makeWords()
        stage = heldOut.isEmpty || pairs.isEmpty ? .done : .judging
    }

    // MARK: Pairs

    private func makeSolver(_ work: inout Int) -> PairSolver {
        let (first, second) = pairs[biases.count]
        let (a, b) = (categories[first], categories[second])
        let blocks = Floats(a.blocks.count + b.blocks.count)
        blocks.pointer.update(from: a.blocks.pointer, count: a.blocks.count)
        (blocks.pointer + a.blocks.count).update(from: b.blocks.pointer, count: b.blocks.count)
        work -= 4 * blocks.count
        return PairSolver(kernel, blocks, inputCount: lesson.set.examples.inputCount, sides: [a, b].map {
            ($0.blockCount, $0.rows.count, Double($0.limit))
        })
    }

    private func finishPair(_ solver: PairSolver) {
        let (first, second) = pairs[biases.count]
        let (a, b) = (categories[first], categories[second])
        let secondStart = a.blockCount * Nearest.blockSize
        for i in a.rows.indices { a.speech[(second - 1) * a.rows.count + i] = Float(solver.speech[i]) }
        for i in b.rows.indices { b.speech[first * b.rows.count + i] = Float(solver.speech[secondStart + i]) }
        if slopes.count == biases.count {
            let margins = a.rows.indices.map { solver.decision($0) }
            slopes.append(CertaintyCurve.slope(margins + b.rows.indices.map { -solver.decision(secondStart + $0) }))
        }
        biases.append(Float(solver.bias))
    }

    // MARK: Words

    private func makeWords() -> [Float] {
        let examples = lesson.set.examples
        let vectors = categories.map { $0.vectors }
        let layout = SupportVectorLayout(
            inputCount: examples.inputCount, vectorCount: vectors.reduce(0) { $0 + $1.count },
            categoryCount: categories.count)
        var words = [whole(kernel.degree), kernel.gamma, kernel.offset, whole(layout.vectorCount)]
        words += [whole(categories.count)] + categories.map { whole($0.category) } + vectors.map { whole($0.count) }
        for i in pairs.indices { words += [biases[i], slopes[i]] }
        for other in 0..<max(categories.count - 1, 0) {
            for (category, chosen) in zip(categories, vectors) {
                words += chosen.map { category.speech[other * category.rows.count + $0] }
            }
        }
        return words + blocks(layout, vectors)
    }

    private func whole(_ number: Int) -> Float { Float(bitPattern: UInt32(number)) }

    private func blocks(_ layout: SupportVectorLayout, _ vectors: [[Int]]) -> [Float] {
        let blocks = BlockWriter(inputCount: layout.inputCount, count: layout.vectorCount)
        for (category, chosen) in zip(categories, vectors) {
            for vector in chosen { blocks.append(row: category.rows[vector], of: lesson.set) }
        }
        return blocks.floats.array
    }

    // MARK: Certainties

    /// Asks for examples held out; says whether there are more.
    private func judge(_ work: inout Int) -> Bool {
        while work > 0 && askedCount < heldOut.count {
            let row = heldOut[askedCount]
            let category = lesson.set.examples.category(row)
            var pair = 0
            decide(row) { first, second, decision in
                if categories[first].category == category { margins[pair].append(decision) }
                if categories[second].category == category { margins[pair].append(-decision) }
                pair += 1
            }
            work -= body.count
            askedCount += 1
        }
        return askedCount < heldOut.count
    }

    private func finishJudging() {
        for i in pairs.indices where !margins[i].isEmpty { slopes[i] = CertaintyCurve.slope(margins[i]) }
        body = makeWords()
        stage = .done
    }

    private func decide(_ row: Int, _ body: (_ first: Int, _ second: Int, _ decision: Float) -> Void) {
        let one = BlockWriter(inputCount: lesson.set.examples.inputCount, count: 1)
        one.append(row: row, of: lesson.set)
        let vector = Floats(one.inputCount)
        for i in 0..<one.inputCount { vector[i] = one.floats[i * Nearest.blockSize] }
        let layout = SupportVectorLayout(
            inputCount: one.inputCount, vectorCount: Int(self.body[3].bitPattern), categoryCount: categories.count)
        let kernels = Floats(layout.blockCount * Nearest.blockSize)
        self.body.withUnsafeBufferPointer { words in
            kernel.apply(
                vector.pointer, words.baseAddress! + layout.blocks, blockCount: layout.blockCount,
                inputCount: layout.inputCount, into: kernels.pointer)
            layout.forEachPair(words.baseAddress!, kernels.pointer) { first, second, _, decision in
                body(first, second, decision)
            }
        }
    }
}

/// The examples of one category, and what they say against each other category.
final class SupportVectorCategory {
    let category: Int
    let rows: [Int]
    /// How loud each example may get.
    let limit: Float
    /// Standardised inputs in blocks.
    let blocks: Floats
    /// For each other category what each example says.
    private(set) var speech = Floats(0)

    init(_ category: Int, rows: [Int], limit: Float, set: TrainingSet) {
        self.category = category
        self.rows = rows
        self.limit = limit
        let writer = BlockWriter(inputCount: set.examples.inputCount, count: rows.count)
        for row in rows { writer.append(row: row, of: set) }
        blocks = writer.floats
    }

    var blockCount: Int { (rows.count + Nearest.blockSize - 1) / Nearest.blockSize }

    func makeRoom(others: Int) { speech = Floats(others * rows.count) }

    /// Those examples that say anything.
    var vectors: [Int] {
        rows.indices.filter { i in
            stride(from: i, to: speech.count, by: rows.count).contains { speech[$0] != 0 }
        }
    }
}

/// Fills blocks of 16 with standardised inputs.
final class BlockWriter {
    let inputCount: Int
    let floats: Floats
    private var next = 0

    init(inputCount: Int, count: Int) {
        self.inputCount = inputCount
        floats = Floats((count + Nearest.blockSize - 1) / Nearest.blockSize * Nearest.blockSize * inputCount)
    }

    func append(row: Int, of set: TrainingSet) {
        let start = next / Nearest.blockSize * Nearest.blockSize * inputCount + next % Nearest.blockSize
        for i in 0..<inputCount {
            floats[start + i * Nearest.blockSize] = standardised(
                set.examples.inputs[row * inputCount + i], mean: set.inputScaling.means[i], scale: set.inputScaling.scales[i])
        }
        next += 1
    }
}
