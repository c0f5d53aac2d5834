import StarlingMath

/// The rules by which numbers become hints: counts, inputs and the learning curve.
enum HintRules {
    private static let fewExamples = 10
    private static let fewGestures = 3
    private static let muchMore = 4

    // MARK: Counts

    /// Few examples, one take only, and categories that have many more than others.
    static func counts(_ examples: Examples) -> [Hint] {
        if examples.count == 0 { return [] }
        if examples.task == .continuous {
            return few(examples, category: nil, rows: Array(0..<examples.count)).map { [$0] } ?? []
        }
        var rows = [[Int]](repeating: [], count: examples.outputCount)
        for row in 0..<examples.count { rows[examples.category(row)].append(row) }
        if examples.task == .gestures { rows = rows.map { firstRows(of: $0, examples) } }
        var hints = rows.indices.compactMap { few(examples, category: $0, rows: rows[$0]) }
        let present = rows.indices.filter { !rows[$0].isEmpty }
        var (large, small) = (present[0], present[0])
        for category in present {
            if rows[category].count > rows[large].count { large = category }
            if rows[category].count < rows[small].count { small = category }
        }
        let ratio = rows[large].count / rows[small].count
        if ratio >= muchMore {
            let importance = min(0.2 + 0.01 * Float(ratio), 0.4)
            hints.append(Hint(kind: .imbalance, importance: importance, categories: [large, small], number: ratio))
        }
        return hints
    }

    private static func few(_ examples: Examples, category: Int?, rows: [Int]) -> Hint? {
        let categories = category.map { [$0] } ?? []
        if rows.isEmpty { return Hint(kind: .fewExamples, importance: 1, categories: categories) }
        let count = rows.count
        if examples.task == .gestures {
            return count < fewGestures ? Hint(kind: .fewExamples, importance: 0.9 - 0.1 * Float(count), categories: categories, number: count) : nil
        }
        let isOneTake = rows.allSatisfy { examples.takes[$0] == examples.takes[rows[0]] }
        if count < fewExamples {
            let importance = 0.9 - 0.03 * Float(count)
            return Hint(kind: .fewExamples, importance: importance, categories: categories, number: count)
        }
        if !isOneTake { return nil }
        let take = Int(examples.takes[rows[0]])
        return Hint(kind: .fewExamples, importance: 0.5, categories: categories, takes: [take], number: count)
    }

    /// One row of each take: what counts of gestures is how often they were shown.
    private static func firstRows(of rows: [Int], _ examples: Examples) -> [Int] {
        let order = sortedPlaces(count: rows.count) { examples.takes[rows[$0]] < examples.takes[rows[$1]] }
        return order.indices.filter { $0 == 0 || examples.takes[rows[order[$0]]] != examples.takes[rows[order[$0 - 1]]] }
            .map { rows[order[$0]] }
    }

    // MARK: Inputs

    /// Groups of inputs of which none helps: one hint a group.
    static func inputs(_ scan: NeighbourScan, groups: [Int]) -> [Hint] {
        let single = singleInputs(scan)
        var hints: [Hint] = []
        for group in groups.indices where groups.firstIndex(of: groups[group]) == group {
            let members = groups.indices.filter { groups[$0] == groups[group] }
            let idle = single.filter { groups[$0.inputs[0]] == groups[group] }
            guard idle.count == members.count, let most = idle.map({ $0.importance }).max() else { continue }
            hints.append(Hint(kind: .idleInput, importance: most, inputs: members, number: idle.map { $0.number }.max() ?? 0))
        }
        return hints
    }

    /// Inputs that never change, and those that neither differ between what is taught nor are missed when left out.
    private static func singleInputs(_ scan: NeighbourScan) -> [Hint] {
        let examples = scan.examples
        let count = examples.inputCount
        if scan.rows.count < 2 || count < 2 { return [] }
        let constant = (0..<count).filter(scan.isConstant)
        var hints = constant.prefix(count - 1).map { Hint(kind: .idleInput, importance: 0.15, inputs: [$0]) }
        guard examples.task != .gestures, scan.rows.count >= 3 * fewExamples, let error = scan.errors[count].error else { return hints }
        let told = (0..<count).map { shareTold(scan, $0) }
        let best = told.max() ?? 0
        for input in 0..<count where !scan.isConstant(input) {
            guard let without = scan.errors[input].error, without <= error, told[input] < chanceShare(scan),
                best > 5 * told[input], best > 0.2
            else { continue }
            let importance = 0.1 + 0.2 * min(error - without, 1)
            hints.append(Hint(kind: .idleInput, importance: importance, inputs: [input], number: 1))
        }
        return hints
    }

    /// The share of an input's variance that comes from the category or goes with a target (its squared correlation), 0...1.
    private static func shareTold(_ scan: NeighbourScan, _ input: Int) -> Float {
        let examples = scan.examples
        let values = scan.rows.indices.map { scan.value($0, input) }
        if examples.task == .continuous {
            var best: Float = 0
            for target in 0..<examples.outputCount {
                best = max(best, squaredCorrelation(values, scan.rows.map { examples.outputs[$0 * examples.outputCount + target] }))
            }
            return best
        }
        var sums = [Float](repeating: 0, count: examples.outputCount)
        var counts = sums
        for (place, row) in scan.rows.enumerated() {
            sums[examples.category(row)] += values[place]
            counts[examples.category(row)] += 1
        }
        let total = values.reduce(0, +)
        let mean = total / Float(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        var between = -total * mean
        for category in sums.indices where counts[category] > 0 {
            between += sums[category] * sums[category] / counts[category]
        }
        return variance > 0 ? max(between / variance, 0) : 0
    }

    /// Twice what an input that tells nothing would seem to tell by chance; takes, not their frames, are the draws.
    private static func chanceShare(_ scan: NeighbourScan) -> Float {
        let units = scan.unitCount
        let degrees = scan.examples.task.hasCategories ? scan.examples.categoryCounts.filter { $0 > 0 }.count - 1 : 1
        return min(2 * Float(max(degrees, 1)) / Float(max(units - 1, 1)), 0.2)
    }

    private static func squaredCorrelation(_ a: [Float], _ b: [Float]) -> Float {
        let places = a.indices.filter { !b[$0].isNaN }
        let count = Double(max(places.count, 1))
        let (meanA, meanB) = (places.reduce(0) { $0 + Double(a[$1]) } / count, places.reduce(0) { $0 + Double(b[$1]) } / count)
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for i in places {
            let (x, y) = (Double(a[i]) - meanA, Double(b[i]) - meanB)
            ab += x * y
            aa += x * x
            bb += y * y
        }
        return aa > 0 && bb > 0 ? Float(ab / aa * (ab / bb)) : 0
    }

    // MARK: The curve

    /// Whether more takes would help.
    static func curve(_ report: CheckReport?) -> [Hint] {
        guard report?.wouldMoreHelp == true else { return [] }
        return [Hint(kind: .moreExamples, importance: 0.45)]
    }
}

extension CheckReport {
    /// Whether more takes would help: the error still falls, and is above what the examples learned from show.
    ///
    /// It is so where the last two fifths of the takes brought the error down by a seventh or more, to no less than 0.02.
    /// Nil without a curve.
    public var wouldMoreHelp: Bool? {
        guard curve.count >= 3, let last = curve.last else { return nil }
        let before = curve[curve.count - 3]
        return last.error >= 0.02 && last.error < 0.86 * before.error && last.error > 1.2 * last.trainingError
    }
}
