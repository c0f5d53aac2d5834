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
    private var categories: [SupportVectorCategory] = []
    /// Pairs of places in `categories`.
    private var pairs: [(first: Int, second: Int)] = []
    private var biases: [Float] = []
    /// How certain the decisions of each pair are.
    private var slopes: [Float]
    private var solver: PairSolver?
    private var body: [Float] = []
    /// The decisions about examples held out, those that were wrong negated; and how many examples have been asked for.
    private var margins: [[Float]] = []
    private var askedCount = 0
    private var stage = Stage.solving

    private enum Stage { case solving, judging, done }

    init(_ lesson: Lesson, exampleCount: Int, earlier: SupportVectorFitting?) {
        self.lesson = lesson
        kernel = Kernel(lesson)
        heldOut = Array(lesson.set.order[exampleCount...])
        slopes = earlier?.slopes ?? []
        super.init()
        gatherCategories(exampleCount)
        margins = [[Float]](repeating: [], count: pairs.count)
        if pairs.isEmpty { finishSolving() }
    }

    private func gatherCategories(_ exampleCount: Int) {
        let set = lesson.set
        let weights = set.categoryWeights(balanced: lesson.settings[4] > 0.5)
        for category in 0..<set.examples.outputCount {
            let rows = set.order[..<exampleCount].filter { set.examples.category($0) == category }
            if rows.isEmpty { continue }
            let limit = min(lesson.settings[0] * weights[category], SupportVectors.loudest)
            categories.append(SupportVectorCategory(category, rows: rows, limit: limit, set: set))
        }
        for first in categories.indices {
            categories[first].makeRoom(others: categories.count - 1)
            for second in first + 1..<max(categories.count, first + 1) { pairs.append((first, second)) }
        }
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
        return PairSolver(kernel, blocks, a, b)
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
        let vectors = categories.map { $0.vectors }
        var vectorCount = 0
        for chosen in vectors { vectorCount += chosen.count }
        var words = [whole(kernel.degree), kernel.gamma, kernel.offset, whole(vectorCount), whole(categories.count)]
        for category in categories { words.append(whole(category.category)) }
        for chosen in vectors { words.append(whole(chosen.count)) }
        for i in pairs.indices {
            words.append(biases[i])
            words.append(slopes[i])
        }
        for other in 0..<max(categories.count - 1, 0) {
            for (category, chosen) in zip(categories, vectors) {
                for vector in chosen { words.append(category.speech[other * category.rows.count + vector]) }
            }
        }
        let blocks = BlockWriter(inputCount: lesson.set.examples.inputCount, count: vectorCount)
        for (category, chosen) in zip(categories, vectors) {
            for vector in chosen { blocks.append(row: category.rows[vector], of: lesson.set) }
        }
        return words + blocks.floats.array
    }

    private func whole(_ number: Int) -> Float { Float(bitPattern: UInt32(number)) }

    // MARK: Certainties

    /// Asks for examples held out; says whether there are more.
    private func judge(_ work: inout Int) -> Bool {
        let decisions = Floats(pairs.count)
        while work > 0 && askedCount < heldOut.count {
            decide(heldOut[askedCount], into: decisions)
            let category = lesson.set.examples.category(heldOut[askedCount])
            for (i, pair) in pairs.enumerated() {
                if categories[pair.first].category == category { margins[i].append(decisions[i]) }
                if categories[pair.second].category == category { margins[i].append(-decisions[i]) }
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

    private func decide(_ row: Int, into decisions: Floats) {
        let one = BlockWriter(inputCount: lesson.set.examples.inputCount, count: 1)
        one.append(row: row, of: lesson.set)
        let vector = Floats(one.inputCount)
        for i in 0..<one.inputCount { vector[i] = one.floats[i * Nearest.blockSize] }
        let layout = SupportVectorLayout(
            inputCount: one.inputCount, vectorCount: Int(body[3].bitPattern), categoryCount: categories.count)
        let kernels = Floats(layout.blockCount * Nearest.blockSize)
        body.withUnsafeBufferPointer { words in
            kernel.apply(
                vector.pointer, words.baseAddress! + layout.blocks, blockCount: layout.blockCount,
                inputCount: layout.inputCount, into: kernels.pointer)
            layout.decide(words.baseAddress!, kernels: kernels.pointer, into: decisions.pointer)
        }
    }
}

extension Kernel {
    /// The kernel that the settings of a lesson ask for.
    fileprivate init(_ lesson: Lesson) {
        var varying: Float = 0
        for scale in lesson.set.inputScaling.scales where scale > 0 { varying += 1 }
        let gamma = lesson.settings[3] > 0 ? lesson.settings[3] : 1 / max(varying, 1)
        switch Int(lesson.settings[1]) {
        case 0: self.init(degree: 1, gamma: 1, offset: 0)
        case 1: self.init(degree: Int(lesson.settings[2]), gamma: gamma, offset: 1)
        default: self.init(degree: 0, gamma: gamma, offset: 0)
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
