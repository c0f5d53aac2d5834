/// Leaves one fold of the examples out after the other, learns from the rest and asks for it. Sliced.
///
/// All that is known about a kind on examples it has not learned from comes from here. Cost: a training a fold.
final class FoldRun {
    /// How many trainings it takes.
    let foldCount: Int

    private let examples: Examples
    private let folds: [Int]
    private let model: ModelInfo
    private let settings: [Float]
    private let seed: UInt64
    private let mostAsked: Int
    private var fold = 0
    private var rehearsal: Rehearsal?
    private var isKnown: [Bool]

    /// A run over some folds.
    ///
    /// - Parameters:
    ///   - folds: For each example its fold, from 0.
    ///   - foldCount: How many of the folds are left out; the others only teach.
    ///   - mostAsked: The most examples that are asked for, evenly spread.
    init(
        _ examples: Examples, folds: [Int], foldCount: Int = .max, mostAsked: Int = .max, model: ModelInfo,
        settings: [Float], seed: UInt64
    ) {
        self.examples = examples
        self.folds = folds
        self.model = model
        self.settings = settings
        self.seed = seed
        self.mostAsked = mostAsked
        self.foldCount = min(foldCount, (folds.max() ?? -1) + 1)
        isKnown = [Bool](repeating: true, count: examples.outputCount)
    }

    /// How far it is, 0...1.
    var progress: Float { (Float(fold) + (rehearsal?.progress ?? 0)) / Float(max(foldCount, 1)) }

    /// Whether the training that answers now had examples of what is wanted of a row; always for targets.
    func knows(_ row: Int) -> Bool { examples.task == .continuous || isKnown[examples.category(row)] }

    /// Works on and gives each answer out once: the row and what the kind says; says whether there is more to do.
    func step(_ work: inout Int, _ answer: (Int, UnsafePointer<Float>) -> Void) -> Bool {
        while fold < foldCount {
            if work <= 0 { return true }
            if rehearsal == nil { rehearsal = begin() }
            if let rehearsal, rehearsal.step(&work, answer) { return true }
            rehearsal = nil
            fold += 1
        }
        return false
    }

    /// The training of a fold; nil where it would have nothing to learn from or to be asked.
    private func begin() -> Rehearsal? {
        let learned = rows(inFold: false)
        let all = rows(inFold: true)
        let step = max(1, all.count / max(mostAsked / foldCount, 1))
        let asked = stride(from: 0, to: all.count, by: step).map { all[$0] }
        if learned.isEmpty || asked.isEmpty { return nil }
        if examples.task.hasCategories {
            for i in isKnown.indices { isKnown[i] = false }
            for row in learned { isKnown[examples.category(row)] = true }
        }
        return Rehearsal(examples, learned: learned, asked: asked, model: model, settings: settings, seed: seed)
    }

    /// The rows in the present fold, or the others. A plain loop: with very many examples a filter takes too long.
    private func rows(inFold isInFold: Bool) -> [Int] {
        var rows: [Int] = []
        rows.reserveCapacity(folds.count)
        folds.withUnsafeBufferPointer { folds in
            for row in folds.indices where (folds[row] == fold) == isInFold { rows.append(row) }
        }
        return rows
    }
}
