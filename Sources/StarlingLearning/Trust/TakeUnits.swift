import StarlingMath

extension Examples {
    /// For each example the unit it is left out with, as a number that means nothing else.
    ///
    /// Examples of one take resemble each other too much to be asked about one another, so a unit is a take.
    /// A category (or a dataset of targets) with fewer than three takes has none to spare: there a unit is a
    /// quarter of a take, in the order of its examples. A take of a gesture is never cut.
    var units: [Int32] {
        let order = sortedPlaces(count: count) { (stratum($0), takes[$0]) < (stratum($1), takes[$1]) }
        var units = [Int32](repeating: 0, count: count)
        var begin = 0
        var number: Int32 = 0
        while begin < count {
            let end = order[begin...].firstIndex { stratum($0) != stratum(order[begin]) } ?? count
            let stretches = takeStretches(order, begin..<end)
            for stretch in stretches {
                let pieces = stretches.count < 3 && task != .gestures ? min(4, stretch.count) : 1
                for place in stretch {
                    units[order[place]] = number + Int32((place - stretch.lowerBound) * pieces / stretch.count)
                }
                number += Int32(pieces)
            }
            begin = end
        }
        return units
    }

    /// For each example one of at most `count` folds: units whole, each fold with its share of every category.
    func unitFolds(_ count: Int, seed: UInt64) -> [Int] {
        if self.count > Split.many { return Split.parts(self, count: count, seed: seed).map { Int($0) } }
        return unitRanks(seed: seed).ranks.map { $0 % count }
    }

    /// For each example the place of its unit among those of its category, shuffled, and how many each category has.
    func unitRanks(seed: UInt64) -> (ranks: [Int], unitCounts: [Int]) {
        var regrouped = self
        regrouped.takes = units
        return Split.takeRanks(regrouped, seed: seed)
    }

    /// For each example a fold of whole takes: one for each take, or `most` folds where there are more takes.
    func takeFolds(atMost most: Int, seed: UInt64) -> [Int] {
        let order = sortedPlaces(count: count) { takes[$0] < takes[$1] }
        var folds = [Int](repeating: 0, count: count)
        var number = -1
        for (place, row) in order.enumerated() {
            if place == 0 || takes[row] != takes[order[place - 1]] { number += 1 }
            folds[row] = number
        }
        if number < most { return folds }
        let shared = Split.takeRanks(self, seed: seed).ranks.map { $0 % most }
        // A take with several categories goes where its first example goes.
        for (place, row) in order.enumerated() {
            let isFirst = place == 0 || takes[row] != takes[order[place - 1]]
            folds[row] = isFirst ? shared[row] : folds[order[place - 1]]
        }
        return folds
    }

    /// What each fold must have its share of.
    func stratum(_ row: Int) -> Int { task.hasCategories ? category(row) : 0 }

    /// The places of each take within examples that are in the order of their takes.
    private func takeStretches(_ order: [Int], _ places: Range<Int>) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var begin = places.lowerBound
        for place in places where place + 1 == places.upperBound || takes[order[place + 1]] != takes[order[begin]] {
            stretches.append(begin..<place + 1)
            begin = place + 1
        }
        return stretches
    }
}
