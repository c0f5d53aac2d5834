import StarlingMath

/// Many deep trees, each grown from examples and inputs drawn by chance; the words are those of `Trees`.
enum Forest {
    static let info = ModelInfo(
        id: 7, name: "forest", label: "Random forest",
        help: "Many decision trees vote. A safe choice for many inputs of all sorts: hardly anything to set, and inputs that don't help do little harm.",
        reference: "Breiman 2001, Random forests",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "trees", label: "Trees", range: 1...Float(Trees.mostTrees), default: 64, curve: .stepped,
                help: "How many trees answer together; more answer more smoothly and take longer."),
            ParameterInfo(
                "inputs", label: "Inputs tried", range: 0...64, default: 0, curve: .stepped,
                help: "How many inputs each question chooses from; 0 takes the square root of their number, for values a third."),
            ParameterInfo(
                "depth", label: "Depth", range: 1...Float(Trees.mostDepth), default: Float(Trees.mostDepth), curve: .stepped,
                help: "The most questions in a row that each tree asks."),
            ParameterInfo(
                "leaf", label: "Smallest leaf", range: 1...64, default: 2, curve: .stepped,
                help: "How many examples must stand behind each answer of a tree; more answer less hastily."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    static func limits(_ lesson: Lesson, columnCount: Int) -> TreeLimits {
        let settings = lesson.settings
        let tried = settings[1] > 0 ? Int(settings[1])
            : lesson.set.examples.task == .categories ? Int(Float(columnCount).squareRoot()) : columnCount / 3
        return TreeLimits(
            depth: Int(settings[2]),
            smallestLeaf: Trees.smallestLeaf(Int(settings[3]), lesson.set.examples, trees: Int(settings[0])),
            triedInputs: max(tried, 1))
    }
}

/// Grows a forest, in which every example counts; those that a tree has not drawn are asked of it to state the error.
///
/// Trees draw whole takes where there are several, as `Split` does, since frames of a take resemble each other too
/// much to judge by. The first trees can be played with while the others grow.
final class ForestLearner: Learner {
    private let lesson: Lesson
    private let table: TreeTable
    private let writer: TreeWriter
    private let grower: TreeGrower
    private let draw: ForestDraw
    private let tally: ForestTally
    private var random: SeededRandom
    private var trees: [[Float]] = []
    private var stage = Stage.preparing
    private var nextNews = 4

    private enum Stage { case preparing, growing, checking, done }
    private var hasNews = false

    init(_ lesson: Lesson) {
        let lesson = lesson.thinned(toAtMost: Trees.mostExamples(lesson.set.examples))
        self.lesson = lesson
        table = TreeTable(lesson.set)
        writer = TreeWriter(table: table, leaf: .shares(imagined: 0))
        grower = TreeGrower(table, Forest.limits(lesson, columnCount: table.inputs.count))
        draw = ForestDraw(lesson.set, balanced: lesson.settings[4] > 0.5)
        tally = ForestTally(lesson.set, draw)
        random = SeededRandom(seed: lesson.seed)
    }

    private var wanted: Int { Int(lesson.settings[0]) }
    override var progress: Float { Float(trees.count) / Float(wanted) }
    override var trainingError: Float? { tally.training.error(lesson.set.examples.task) }
    override var heldOutError: Float? { tally.heldOut.error(lesson.set.examples.task) }

    override func takeNews() -> [Float]? {
        if !hasNews { return nil }
        hasNews = false
        return Trees.words(trees, weights: trees.map { _ in 1 }, lesson.set.examples)
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .preparing: if !table.step(&work) { beginTree() }
            case .growing: if !grower.step(&work) { finishTree(&work) }
            case .checking: if !tally.step(&work, treeCount: trees.count) { stage = .done }
            case .done: break
            }
            if hasNews { return true }
        }
        return stage != .done
    }

    private func beginTree() {
        draw.draw(&random)
        grower.begin(weights: draw.weights, random: random)
        _ = random.next()
        stage = .growing
    }

    private func finishTree(_ work: inout Int) {
        trees.append(writer.words(of: grower))
        tally.ask(trees.last!, &work)
        let isLast = trees.count == wanted
        hasNews = isLast || trees.count == nextNews
        if hasNews { nextNews *= 4 }
        if isLast { stage = .checking } else { beginTree() }
    }
}
