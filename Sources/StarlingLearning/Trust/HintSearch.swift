import StarlingMath

/// Looks for what keeps a model from doing better, in the examples alone or with a `Check`. Sliced.
///
/// Cheap enough to follow every training: the nearest of at most 300 examples tell where categories overlap and takes
/// contradict. With the report of a check, what a real model confused takes their place, and the curve is read as well.
public final class HintSearch {
    private let scan: NeighbourScan
    private let report: CheckReport?
    private let groups: [Int]
    /// What was found, the most important first, at most eight; empty until `step` says there is no more to do.
    public private(set) var hints: [Hint] = []
    private var isDone = false
    private static let most = 8

    /// A search that has not begun.
    ///
    /// - Parameters:
    ///   - report: What a check of the same examples found.
    ///   - inputGroups: For each input which group it belongs to, where several come and go together; none where each is its own.
    public init(_ dataset: Dataset, report: CheckReport? = nil, inputGroups: [Int]? = nil) {
        groups = inputGroups ?? Array(0..<dataset.inputCount)
        scan = NeighbourScan(dataset.examples)
        self.report = report
    }

    /// Works for about `work` multiply-adds and says whether there is more to do; at most about 30 million in all.
    public func step(work: Int) -> Bool {
        if isDone { return false }
        var left = work
        if scan.step(&left) { return true }
        isDone = true
        let takes = TakeGroups(scan, report)
        let found = HintRules.counts(scan.examples) + takes.hints() + HintRules.inputs(scan, groups: groups) + HintRules.curve(report)
        let order = sortedPlaces(count: found.count) { found[$0].importance > found[$1].importance }
        hints = order.prefix(Self.most).map { found[$0] }
        return false
    }

    /// Does all the work and gives the hints.
    public func finish() -> [Hint] {
        while step(work: 1 << 24) {}
        return hints
    }
}
