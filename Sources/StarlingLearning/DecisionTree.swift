import StarlingMath

/// One decision tree; its words are those of `Trees`.
enum DecisionTree {
    static let info = ModelInfo(
        id: 5, name: "tree", label: "Decision tree",
        help: "Asks one yes-or-no question after another, like 'louder than this?'. Quick, and good where one or two inputs decide; answers change in steps.",
        reference: "Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees; Cestnik 1990",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "depth", label: "Depth", range: 1...Float(Trees.mostDepth), default: 16, curve: .stepped,
                help: "The most questions in a row; 1 is a single question."),
            ParameterInfo(
                "leaf", label: "Smallest leaf", range: 1...64, default: 2, curve: .stepped,
                help: "How many examples must stand behind each answer; more answer less hastily."),
            ParameterInfo(
                "pruning", label: "Pruning", range: 0...0.1, default: 0,
                help: "Cuts back questions that sort out fewer than this share of the examples."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    /// What trains a tree.
    static func learner(_ lesson: Lesson) -> Learner {
        let lesson = lesson.thinned(toAtMost: Trees.mostExamples(lesson.set.examples))
        let table = TreeTable(lesson.set)
        return RefittingLearner(lesson, model: info) { count, _ in
            DecisionTreeFitting(lesson, table, exampleCount: count)
        }
    }
}

/// Grows one tree and prunes it. It starts anew each time, since one example can change every question.
///
/// A leaf's certainties are the shares of its examples and of one that is imagined, spread over all categories.
private final class DecisionTreeFitting: Fitting {
    private let lesson: Lesson
    private let table: TreeTable
    private let grower: TreeGrower
    private let weights: Floats
    private var hasBegun = false
    private var isDone = false

    init(_ lesson: Lesson, _ table: TreeTable, exampleCount: Int) {
        self.lesson = lesson
        self.table = table
        let leaf = Trees.smallestLeaf(Int(lesson.settings[1]), lesson.set.examples, trees: 1)
        grower = TreeGrower(table, TreeLimits(depth: Int(lesson.settings[0]), smallestLeaf: leaf))
        weights = lesson.set.rowWeights(exampleCount: exampleCount, balanced: lesson.settings[3] > 0.5)
    }

    override var progress: Float { isDone ? 1 : table.progress / 2 }

    override func step(_ work: inout Int) -> Bool {
        if table.step(&work) { return true }
        if !hasBegun {
            hasBegun = true
            grower.begin(weights: weights, random: SeededRandom(seed: lesson.seed))
        }
        isDone = !grower.step(&work)
        return !isDone
    }

    override var words: [Float] {
        let writer = TreeWriter(table: table, leaf: .shares(imagined: 1), pruning: Double(lesson.settings[2]))
        return Trees.words([writer.words(of: grower)], weights: [1], lesson.set.examples)
    }
}

extension TrainingSet {
    /// How much each row counts: 0 beyond the first `exampleCount` of the order.
    func rowWeights(exampleCount: Int, balanced: Bool) -> Floats {
        let result = Floats(count)
        let categoryWeights = categoryWeights(balanced: balanced)
        for row in order[..<exampleCount] {
            result[row] = examples.task == .categories ? categoryWeights[examples.category(row)] : 1
        }
        return result
    }
}
