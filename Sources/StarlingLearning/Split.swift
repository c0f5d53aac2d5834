import StarlingMath

/// Which examples are held out to see when learning should stop, and which fold each is in.
///
/// Whole takes are held out where there are several, since frames of one take resemble each other too much
/// to judge by. The choice follows from a hash of take and place in the take, so that adding a take leaves
/// most of the earlier choice as it was.
enum Split {
    /// One of this many units is held out.
    private static let share = 5
    /// With fewer examples all are needed for learning.
    private static let fewest = 20

    /// For each example whether it is held out; none where there are too few.
    static func heldOut(_ examples: Examples, seed: UInt64) -> [Bool] {
        let none = [Bool](repeating: false, count: examples.count)
        // A gesture is taught by few takes, and all of them are needed; its learners ask each take of the others.
        if examples.count < fewest || examples.task == .gestures { return none }
        if examples.count > many { return heldOutOfMany(examples, seed: seed) }
        let strata = strata(examples)
        // A lost take of a category costs a variant of it; a lost take of a target may cost its only example.
        let severalTakes = examples.task == .categories ? 3 : 8
        let byTake = ranked(examples, strata: strata, wholeTakes: true, seed: seed)
        let smallest = byTake.unitCounts.filter { $0 > 0 }.min() ?? 0
        if smallest >= severalTakes {
            let chosen = byTake.ranks.indices.map {
                byTake.ranks[$0] < max(1, byTake.unitCounts[strata[$0]] / share)
            }
            if leavesSome(of: strata, chosen), targetsWithout(examples, chosen).isEmpty { return chosen }
        }
        let byRow = ranked(examples, strata: strata, wholeTakes: false, seed: seed)
        var chosen = byRow.ranks.indices.map { byRow.ranks[$0] < byRow.unitCounts[strata[$0]] / share }
        for target in targetsWithout(examples, chosen) {
            if let row = firstRow(examples, with: target, { chosen[$0] }) { chosen[row] = false }
        }
        return chosen
    }

    /// For each example its fold 0..<`folds`, each fold with its share of every category; a gesture's take stays whole.
    static func folds(_ examples: Examples, count folds: Int, seed: UInt64) -> [Int] {
        ranked(examples, strata: strata(examples), wholeTakes: examples.task == .gestures, seed: seed).ranks.map { $0 % folds }
    }

    /// For each example the place of its take among those of its category, shuffled, and how many takes each has.
    static func takeRanks(_ examples: Examples, seed: UInt64) -> (ranks: [Int], unitCounts: [Int]) {
        ranked(examples, strata: strata(examples), wholeTakes: true, seed: seed)
    }

    /// What each fold must have its share of: the category, or everything.
    private static func strata(_ examples: Examples) -> [Int] {
        (0..<examples.count).map { examples.task.hasCategories ? examples.category($0) : 0 }
    }

    private static func leavesSome(of strata: [Int], _ heldOut: [Bool]) -> Bool {
        var left = [Bool](repeating: false, count: LearningLimits.outputs)
        for row in strata.indices where !heldOut[row] { left[strata[row]] = true }
        return strata.allSatisfy { left[$0] }
    }

    /// The targets of which all examples are held out, since most lack them.
    private static func targetsWithout(_ examples: Examples, _ heldOut: [Bool]) -> [Int] {
        if examples.task == .categories { return [] }
        return (0..<examples.outputCount).filter { target in
            firstRow(examples, with: target) { !heldOut[$0] } == nil
                && firstRow(examples, with: target) { heldOut[$0] } != nil
        }
    }

    private static func firstRow(_ examples: Examples, with target: Int, _ isAsked: (Int) -> Bool) -> Int? {
        (0..<examples.count).first { isAsked($0) && !examples.outputs[$0 * examples.outputCount + target].isNaN }
    }

    private struct Unit { var stratum, take, place, row: Int; var hash: UInt64 }

    /// Each row's rank by hash among the units (rows or takes) of its stratum, and the units in each stratum.
    private static func ranked(
        _ examples: Examples, strata: [Int], wholeTakes: Bool, seed: UInt64
    ) -> (ranks: [Int], unitCounts: [Int]) {
        let inTakeOrder = unitsInTakeOrder(examples, strata: strata, wholeTakes: wholeTakes, seed: seed)
        let units = sorted(inTakeOrder) { ($0.stratum, $0.hash, $0.take, $0.place) < ($1.stratum, $1.hash, $1.take, $1.place) }
        var ranks = [Int](repeating: 0, count: examples.count)
        var counts = [Int](repeating: 0, count: LearningLimits.outputs)
        for i in units.indices {
            let unit = units[i]
            let isNew = i == 0 || units[i - 1].stratum != unit.stratum || units[i - 1].take != unit.take
                || units[i - 1].place != unit.place
            if isNew { counts[unit.stratum] += 1 }
            ranks[unit.row] = counts[unit.stratum] - 1
        }
        return (ranks, counts)
    }

    private static func unitsInTakeOrder(
        _ examples: Examples, strata: [Int], wholeTakes: Bool, seed: UInt64
    ) -> [Unit] {
        let inOrder = (0..<examples.count).map {
            Unit(stratum: strata[$0], take: Int(examples.takes[$0]), place: 0, row: $0, hash: 0)
        }
        var units = sorted(inOrder) { $0.take < $1.take }
        for i in units.indices {
            let continues = i > 0 && units[i - 1].take == units[i].take
            if !wholeTakes && continues { units[i].place = units[i - 1].place + 1 }
            let key = UInt64(UInt32(truncatingIfNeeded: units[i].take)) << 32 | UInt64(UInt32(units[i].place))
            var random = SeededRandom(seed: seed ^ key)
            units[i].hash = random.next()
        }
        return units
    }

    /// Units in order; equal ones keep theirs.
    private static func sorted(_ units: [Unit], by comesBefore: (Unit, Unit) -> Bool) -> [Unit] {
        sortedPlaces(count: units.count) { comesBefore(units[$0], units[$1]) }.map { units[$0] }
    }
}
