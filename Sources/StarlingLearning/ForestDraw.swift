import StarlingMath

/// Draws the examples of each tree: as many as there are, some of them several times and a third of them not at all.
///
/// Drawn are takes where each category has three, or targets eight of them, and otherwise single examples; takes are
/// drawn category by category, so that none is forgotten.
final class ForestDraw {
    /// How much each row counts for the tree; 0 where it is not drawn.
    let weights: Floats
    /// Whether a row was drawn, be it for this tree or as part of its take.
    func isDrawn(_ row: Int) -> Bool { weights[row] > 0 }

    private let rowWeights: Floats
    private let rowCount: Int
    /// Rows in the order of their units, and where each unit begins.
    private var rows: [Int]
    private var unitStarts: [Int] = []
    /// The units among which as many are drawn as there are.
    private var groups: [Range<Int>] = []

    init(_ set: TrainingSet, balanced: Bool) {
        rowCount = set.count
        weights = Floats(rowCount)
        rowWeights = set.rowWeights(exampleCount: rowCount, balanced: balanced)
        let examples = set.examples
        let isCategories = examples.task == .categories
        rows = sortedPlaces(count: rowCount) {
            let (a, b) = isCategories ? (examples.category($0), examples.category($1)) : (0, 0)
            return a != b ? a < b : examples.takes[$0] < examples.takes[$1]
        }
        for i in 0..<rowCount {
            let isNewGroup = i == 0 || isCategories && examples.category(rows[i]) != examples.category(rows[i - 1])
            if isNewGroup || examples.takes[rows[i]] != examples.takes[rows[i - 1]] { unitStarts.append(i) }
            if isNewGroup { groups.append(unitStarts.count - 1..<unitStarts.count) }
            groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<unitStarts.count
        }
        let smallest = groups.map { $0.count }.min() ?? 0
        if smallest < (isCategories ? 3 : 8) || unitStarts.count == rowCount { drawSingleExamples() }
    }

    private func drawSingleExamples() {
        rows = Array(0..<rowCount)
        unitStarts = rows
        groups = [0..<rowCount]
    }

    /// Draws with replacement.
    func draw(_ random: inout SeededRandom) {
        weights.clear()
        for group in groups {
            for _ in group { add(unit: group.lowerBound + random.index(below: group.count)) }
        }
    }

    private func add(unit: Int) {
        let end = unit + 1 < unitStarts.count ? unitStarts[unit + 1] : rowCount
        for i in unitStarts[unit]..<end { weights[rows[i]] += rowWeights[rows[i]] }
    }
}

/// Counts how often a forest is wrong: all its trees, and for each example only those that have not drawn it.
///
/// Of many examples some are asked, evenly chosen. Below 20 examples nothing is stated, as by the other kinds.
final class ForestTally {
    private(set) var training = ErrorTally()
    private(set) var heldOut = ErrorTally()

    private let set: TrainingSet
    private let draw: ForestDraw
    private let rows: [Int]
    /// For each row asked the answers added up, of all trees and of those that have not drawn it.
    private let answers: Floats
    private let unseenAnswers: Floats
    private var unseenCounts: [Float]
    private var next = 0
    private static let mostRows = 1024

    init(_ set: TrainingSet, _ draw: ForestDraw) {
        self.set = set
        self.draw = draw
        let stride = max(1, (set.count + Self.mostRows - 1) / Self.mostRows)
        rows = Swift.stride(from: 0, to: set.count, by: stride).map { $0 }
        answers = Floats(rows.count * set.examples.outputCount)
        unseenAnswers = Floats(rows.count * set.examples.outputCount)
        unseenCounts = [Float](repeating: 0, count: rows.count)
    }

    /// Asks the tree for which was drawn last.
    func ask(_ tree: [Float], _ work: inout Int) {
        let examples = set.examples
        tree.withUnsafeBufferPointer { tree in
            examples.inputs.withUnsafeBufferPointer { inputs in
                for i in rows.indices {
                    let leaf = leafOfTree(tree.baseAddress!, inputs.baseAddress! + rows[i] * examples.inputCount)
                    add(leaf, to: answers.pointer + i * examples.outputCount)
                    if draw.isDrawn(rows[i]) { continue }
                    add(leaf, to: unseenAnswers.pointer + i * examples.outputCount)
                    unseenCounts[i] += 1
                }
            }
        }
        work -= 30 * rows.count
    }

    private func add(_ leaf: UnsafePointer<Float>, to answer: UnsafeMutablePointer<Float>) {
        if set.examples.task == .categories {
            for i in 0..<Int(wholeNumber(leaf, 0)) { answer[Int(wholeNumber(leaf, 2 + 2 * i))] += leaf[3 + 2 * i] }
        } else {
            for i in 0..<set.examples.outputCount { answer[i] += leaf[1 + i] }
        }
    }

    /// Counts the errors after the last tree; says whether there is more to do.
    func step(_ work: inout Int, treeCount: Int) -> Bool {
        let width = set.examples.outputCount
        while work > 0 && next < rows.count {
            divide(answers.pointer + next * width, by: Float(treeCount))
            training.add(answers.pointer + next * width, row: rows[next], of: set)
            if unseenCounts[next] > 0 && set.trainingCount < set.count {
                divide(unseenAnswers.pointer + next * width, by: unseenCounts[next])
                heldOut.add(unseenAnswers.pointer + next * width, row: rows[next], of: set)
            }
            work -= 4 * width
            next += 1
        }
        return next < rows.count
    }

    private func divide(_ answer: UnsafeMutablePointer<Float>, by count: Float) {
        for i in 0..<set.examples.outputCount { answer[i] /= count }
    }
}
