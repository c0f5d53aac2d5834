import StarlingMath

/// Who lies with whom: for categories and takes, the share of examples that are answered as another.
///
/// Answers are those of the nearest example of another take, or where there is a check, of its models.
struct TakeGroups {
    private let examples: Examples
    private let report: CheckReport?
    /// How often an example of category `row` was answered as `column`.
    private var confusion: [Int] = []
    private var takes: [TakeResult] = []
    private var confused: [ConfusedTake] = []

    private static let overlap: Float = 0.15
    private static let contradiction: Float = 0.6
    private static let mostOfAKind = 3

    init(_ scan: NeighbourScan, _ report: CheckReport?) {
        examples = scan.examples
        self.report = report
        if let report {
            (confusion, takes, confused) = (report.evaluation.confusion, report.takes, report.confused)
            return
        }
        // Gestures pass through each other's places: only whole ones can be compared.
        if examples.task == .gestures { return }
        var ledger = TakeLedger(examples, deviations: examples.outputDeviations)
        var evaluation = Evaluation(task: examples.task, outputCount: examples.outputCount)
        for (place, row) in scan.rows.enumerated() where scan.nearest[place] >= 0 {
            let answer = Self.answer(examples, row: scan.rows[scan.nearest[place]])
            let width = examples.outputWidth
            answer.withUnsafeBufferPointer { ledger.add(row, $0.baseAddress!) }
            evaluation.add(wanted: examples.outputs[row * width..<(row + 1) * width], outputs: answer)
        }
        (confusion, takes, confused) = (evaluation.confusion, ledger.takes(), ledger.confused())
    }

    /// Overlapping categories, and takes that contradict others.
    func hints() -> [Hint] { mostImportant(overlaps()) + mostImportant(contradictions()) }

    private func mostImportant(_ hints: [Hint]) -> [Hint] {
        let order = sortedPlaces(count: hints.count) { hints[$0].importance > hints[$1].importance }
        return order.prefix(Self.mostOfAKind).map { hints[$0] }
    }

    /// What an example says, as the outputs of a model.
    private static func answer(_ examples: Examples, row: Int) -> [Float] {
        if examples.task == .continuous {
            return Array(examples.outputs[row * examples.outputCount..<(row + 1) * examples.outputCount])
        }
        return (0..<examples.outputCount).map { $0 == examples.category(row) ? 1 : 0 }
    }

    private func overlaps() -> [Hint] {
        if confusion.isEmpty { return [] }
        let count = examples.outputCount
        let contradicting = contradictions().map { ($0.takes[0], $0.categories) }
        var hints: [Hint] = []
        for a in 0..<count {
            for b in a + 1..<max(count, a + 1) {
                let crossing = confusion[a * count + b] + confusion[b * count + a]
                let all = (0..<count).reduce(0) { $0 + confusion[a * count + $1] + confusion[b * count + $1] }
                // A single take that went wrong is no overlap.
                if contradicting.contains(where: { $0.1 == [a, b] || $0.1 == [b, a] }) { continue }
                guard crossing >= 3, Float(crossing) >= Self.overlap * Float(all) else { continue }
                let share = Float(crossing) / Float(all)
                hints.append(Hint(
                    kind: .overlap, importance: min(0.4 + share, 1), categories: [a, b], number: Int((100 * share).rounded())))
            }
        }
        return hints
    }

    private func contradictions() -> [Hint] {
        examples.task.hasCategories ? strayTakes() : straySets()
    }

    /// Takes of which most lie with another category, though other takes of their own do not.
    private func strayTakes() -> [Hint] {
        confused.compactMap { stray in
            let siblings = siblings(of: stray)
            guard stray.share >= Self.contradiction, siblings.takes >= 2, siblings.error <= 0.2 else { return nil }
            return Hint(
                kind: .contradiction, importance: 0.5 + 0.4 * stray.share,
                categories: [stray.wanted, stray.answered], takes: [stray.take])
        }
    }

    /// The other takes of a category: how many, and the mean share answered as another.
    private func siblings(of stray: ConfusedTake) -> (takes: Int, error: Float) {
        var numbers: [Int32] = []
        for row in 0..<examples.count where examples.category(row) == stray.wanted && examples.takes[row] != stray.take {
            if numbers.last != examples.takes[row] { numbers.append(examples.takes[row]) }
        }
        let order = sortedPlaces(count: numbers.count) { numbers[$0] < numbers[$1] }
        let distinct = order.indices.filter { $0 == 0 || numbers[order[$0]] != numbers[order[$0 - 1]] }.count
        let wrong = confused.filter { $0.wanted == stray.wanted && $0.take != stray.take }.reduce(0) { $0 + $1.share }
        return (distinct, wrong / Float(max(distinct, 1)))
    }

    /// Takes whose values are far from those of others like them, while most takes agree.
    private func straySets() -> [Hint] {
        if takes.count < 4 { return [] }
        let order = sortedPlaces(count: takes.count) { takes[$0].error < takes[$1].error }
        let typical = takes[order[order.count / 2]].error
        return takes.filter { $0.exampleCount >= 5 && $0.error > 0.75 && $0.error > 2 * typical }.map {
            Hint(kind: .contradiction, importance: min(0.4 + 0.2 * $0.error, 0.9), takes: [$0.take])
        }
    }
}
