import StarlingMath

/// Chooses examples where all of them would be too many to keep.
enum Thinning {
    /// At most `most` of the rows, in their order.
    ///
    /// Categories share the room fairly: those with few examples keep all of them, the others have equally many. Within
    /// a category the choice is spread evenly over the order of recording, since frames next to each other are most alike.
    static func fair(_ rows: [Int], of examples: Examples, atMost most: Int) -> [Int] {
        if rows.count <= most { return rows }
        let groupCount = examples.task == .categories ? examples.outputCount : 1
        func group(_ row: Int) -> Int { examples.task == .categories ? examples.category(row) : 0 }
        var counts = [Int](repeating: 0, count: groupCount)
        for row in rows { counts[group(row)] += 1 }
        let quotas = quotas(counts, sharing: most)
        var seen = [Int](repeating: 0, count: groupCount)
        return rows.filter { row in
            let i = group(row)
            seen[i] += 1
            // The n-th is taken where the even spacing passes a whole number.
            return seen[i] * quotas[i] / counts[i] > (seen[i] - 1) * quotas[i] / counts[i]
        }
    }

    private static func quotas(_ counts: [Int], sharing most: Int) -> [Int] {
        var quotas = counts
        var left = most
        let bySize = sortedPlaces(count: counts.count) { counts[$0] < counts[$1] }
        for (i, group) in bySize.enumerated() {
            quotas[group] = min(counts[group], left / (counts.count - i))
            left -= quotas[group]
        }
        return quotas
    }
}
