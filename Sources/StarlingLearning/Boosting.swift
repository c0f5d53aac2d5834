import StarlingMath

/// Small trees, each minding most what those before it got wrong; the words are those of `Trees`.
enum Boosting {
    static let info = ModelInfo(
        id: 6, name: "adaboost", label: "Boosted trees",
        help: "Many small decision trees, each minding the mistakes of those before. Sharp where few inputs decide; examples with a wrong label do it harm.",
        reference: "Zhu, Zou, Rosset and Hastie 2009, Multi-class AdaBoost (SAMME)",
        tasks: [.categories],
        settings: [
            ParameterInfo(
                "rounds", label: "Rounds", range: 1...300, default: 50, curve: .stepped,
                help: "The most trees; it stops earlier when no mistake is left."),
            ParameterInfo(
                "depth", label: "Depth", range: 1...8, default: 2, curve: .stepped,
                help: "The most questions in a row that each tree asks; 1 is a single question."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    /// What trains boosted trees.
    static func learner(_ lesson: Lesson) -> Learner {
        let lesson = lesson.thinned(toAtMost: Trees.mostExamples(lesson.set.examples))
        let table = TreeTable(lesson.set)
        return RefittingLearner(lesson, model: info) { count, _ in BoostingFitting(lesson, table, exampleCount: count) }
    }
}

/// Grows tree after tree; after each, the examples it got wrong count more.
///
/// A category's certainty is the share of the trees' votes. With one category taught, one leaf says all.
private final class BoostingFitting: Fitting {
    private let lesson: Lesson
    private let table: TreeTable
    private let writer: TreeWriter
    private let grower: TreeGrower
    private let weights: Floats
    private let categoryCount: Int
    private var trees: [[Float]] = []
    private var votes: [Float] = []
    private var isGrowing = false
    private var isDone = false

    init(_ lesson: Lesson, _ table: TreeTable, exampleCount: Int) {
        self.lesson = lesson
        self.table = table
        writer = TreeWriter(table: table, leaf: .winner)
        let leaf = Trees.smallestLeaf(1, lesson.set.examples, trees: Int(lesson.settings[0]))
        grower = TreeGrower(table, TreeLimits(depth: Int(lesson.settings[1]), smallestLeaf: leaf))
        weights = lesson.set.rowWeights(exampleCount: exampleCount, balanced: lesson.settings[2] > 0.5)
        categoryCount = lesson.set.examples.categoryCounts.filter { $0 > 0 }.count
    }

    override var progress: Float { isDone ? 1 : Float(trees.count) / lesson.settings[0] }
    override var words: [Float] { Trees.words(trees, weights: votes, lesson.set.examples) }

    override func step(_ work: inout Int) -> Bool {
        if table.step(&work) { return true }
        while work > 0 && !isDone {
            if !isGrowing { grower.begin(weights: weights, random: SeededRandom(seed: lesson.seed)) }
            isGrowing = grower.step(&work)
            if !isGrowing { finishTree(&work) }
        }
        return !isDone
    }

    /// Gives the tree its vote and its mistakes more weight; trees that only guess end the training.
    private func finishTree(_ work: inout Int) {
        let isWrong = mistakes()
        work -= 8 * table.rowCount
        var wrong = 0.0, all = 0.0
        for row in 0..<table.rowCount {
            all += Double(weights[row])
            if isWrong[row] { wrong += Double(weights[row]) }
        }
        let isPerfect = wrong <= 1e-9 * all
        let isGuess = wrong >= all * (1 - 1 / Double(categoryCount)) * (1 - 1e-9)
        if isPerfect || isGuess {
            isDone = true
            if trees.isEmpty { append(vote: 1) } else if isPerfect { append(vote: votes.max()!) }
            return
        }
        let boost = (all - wrong) / wrong * Double(categoryCount - 1)
        append(vote: Float(ExactMath.logarithm(boost)))
        let scale = Double(table.rowCount) / (all + (boost - 1) * wrong)
        for row in 0..<table.rowCount {
            weights[row] = Float(Double(weights[row]) * (isWrong[row] ? boost : 1) * scale)
        }
        isDone = trees.count == Int(lesson.settings[0])
    }

    private func append(vote: Float) {
        trees.append(writer.words(of: grower))
        votes.append(max(vote, 1e-3))
    }

    /// For each example whether the tree just grown is wrong about it; those that do not count are not.
    private func mistakes() -> [Bool] {
        let winners = grower.nodes.indices.map { writer.winner(grower, $0) }
        return (0..<table.rowCount).map { row in
            weights[row] > 0 && winners[grower.leafOfRow[row]] != table.categories[row]
        }
    }
}
