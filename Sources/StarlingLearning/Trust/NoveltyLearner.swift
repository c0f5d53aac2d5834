import StarlingMath

/// Chooses the prototypes by which novelty is told, and measures how far examples are from those of other takes.
///
/// Method: k-means (Lloyd 1982) from evenly spread examples, three rounds; up to 256 examples are their own prototypes.
/// The reach of each follows from its nearest neighbours among them.
/// Then each unit of examples (`Examples.units`) is taken out of the prototypes it went into, asked for its distances,
/// and put back. At most 1,000 examples, evenly spread, decide.
/// Cost: an example is compared with all prototypes four times, and these with each other; nothing to speak of below 256 examples.
final class NoveltyLearner {
    private let set: TrainingSet
    private let rows: [Int]
    private let inputCount: Int
    private let width: Int
    private let capacity: Int
    /// What each input's deviation from its mean is multiplied with.
    private var scales: [Float] = []
    /// The examples in units of novelty.
    private let points: Floats
    private let prototypes: Floats
    private let sums: Floats
    private let counts: Floats
    private let reaches: Floats
    private var home: [Int]
    private var next = 0
    private var round = 0
    private var stage = Stage.placing

    private var byUnit: [Int] = []
    private var units: [Int32] = []
    /// Of the examples asked, relative to the reach of the prototypes nearest to them.
    private var distances: [Float] = []

    private enum Stage { case placing, grouping, reaching, leaving, done }
    private static let mostRows = 1000
    private static let rounds = 3
    /// Of one unit, so that a slice stays short.
    private static let mostAsked = 64
    /// Distances and reaches below this are those of examples that are all the same.
    private static let least: Float = 0.01

    init(_ set: TrainingSet) {
        self.set = set
        let step = (set.count + Self.mostRows - 1) / Self.mostRows
        rows = Array(stride(from: 0, to: set.count, by: step))
        inputCount = set.examples.inputCount
        width = roundedUpToFour(inputCount)
        capacity = min(rows.count, Novelty.capacity(inputCount: inputCount))
        points = Floats(rows.count * width)
        prototypes = Floats(capacity * width)
        sums = Floats(capacity * width)
        counts = Floats(capacity)
        reaches = Floats(capacity)
        home = [Int](repeating: 0, count: rows.count)
        scales = unitsOfNovelty()
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .placing: place(&work)
            case .grouping: group(&work)
            case .reaching: reach(&work)
            case .leaving: leaveOneUnitOut(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    /// The words; see `Novelty`.
    var words: [Float] {
        if distances.isEmpty || !scales.contains(where: { $0 > 0 }) { return Novelty.none }
        let order = sortedPlaces(count: distances.count) { distances[$0] < distances[$1] }
        let typical = fastLog2(max(distances[order[order.count / 2]], Self.least))
        let far = fastLog2(max(distances[order[(order.count * 19) / 20]], Self.least))
        // 1 / (1 + 2^(steep (far - typical))) is to be a tenth.
        let steep = clamp(3.17 / max(far - typical, 1e-3), Novelty.steepness.lowerBound, Novelty.steepness.upperBound)
        return [Float(bitPattern: UInt32(capacity)), far, steep] + scales + reaches.array + prototypes.array
    }

    // MARK: Units

    /// One divided by the deviation within categories and a fifth of the range, taken together.
    private func unitsOfNovelty() -> [Float] {
        let scaling = set.inputScaling
        let within = shareWithinCategories()
        return (0..<inputCount).map { i in
            if scaling.scales[i] == 0 { return 0 }
            let range = scaling.scales[i] / scaling.rangeScales[i] / 5
            return min(scaling.scales[i] / (within[i] + range * range).squareRoot(), LearningLimits.magnitude)
        }
    }

    /// The share of each input's variance that remains when the category is known; 1 for targets.
    private func shareWithinCategories() -> [Float] {
        let examples = set.examples
        var within = [Float](repeating: 1, count: inputCount)
        if examples.task == .continuous { return within }
        var sums = [Float](repeating: 0, count: examples.outputCount * inputCount)
        var counts = [Float](repeating: 0, count: examples.outputCount)
        for row in rows {
            let category = examples.category(row)
            counts[category] += 1
            for i in 0..<inputCount {
                sums[category * inputCount + i] += standardised(
                    examples.inputs[row * inputCount + i], mean: set.inputScaling.means[i],
                    scale: set.inputScaling.scales[i])
            }
        }
        for category in counts.indices where counts[category] > 0 {
            for i in 0..<inputCount {
                let sum = sums[category * inputCount + i]
                within[i] -= sum * sum / (counts[category] * Float(rows.count))
            }
        }
        return within.map { max($0, 0) }
    }

    // MARK: Prototypes

    private func place(_ work: inout Int) {
        let start = rows[next] * inputCount
        let means = set.inputScaling.means
        for i in 0..<inputCount {
            points[next * width + i] = noveltyShare(
                set.examples.inputs[start + i], mean: means[i], scale: scales[i])
        }
        work -= 8 * inputCount
        next += 1
        if next < rows.count { return }
        for i in 0..<capacity { copy(points, i * rows.count / capacity, prototypes, i) }
        begin(.grouping)
    }

    private func group(_ work: inout Int) {
        home[next] = capacity == rows.count ? next : nearest(points.pointer + next * width)
        addTo(home[next], next, 1)
        work -= capacity * width
        next += 1
        if next < rows.count { return }
        round += 1
        for i in 0..<capacity { if counts[i] > 0 { setPrototype(i) } else { hide(i) } }
        if round < Self.rounds && rows.count > capacity {
            sums.clear()
            counts.clear()
            return begin(.grouping)
        }
        begin(.reaching)
    }

    /// Finds the mean distance of one prototype to those nearest to it.
    private func reach(_ work: inout Int) {
        let point = prototypes.pointer + next * width
        var nearest = SIMD4<Float>(repeating: Novelty.hidden)
        for i in 0..<capacity where i != next {
            var distance = squaredDistance(point, prototypes.pointer + i * width, count: width)
            for place in 0..<3 where distance < nearest[place] { (distance, nearest[place]) = (nearest[place], distance) }
        }
        let found = (0..<3).filter { nearest[$0] < Novelty.hidden }
        let sum = found.reduce(Float(0)) { $0 + nearest[$1].squareRoot() }
        reaches[next] = sum / Float(max(found.count, 1))
        work -= capacity * width
        next += 1
        if next < capacity { return }
        let order = sortedPlaces(count: capacity) { reaches[$0] < reaches[$1] }
        let typical = max(reaches[order[capacity / 2]], Self.least)
        for i in 0..<capacity { reaches[i] += typical }
        sortByUnit()
        begin(.leaving)
    }

    private func begin(_ stage: Stage) {
        self.stage = stage
        next = 0
    }

    private func nearest(_ point: UnsafePointer<Float>) -> Int {
        var best = (place: 0, distance: Float.infinity)
        for i in 0..<capacity {
            let distance = squaredDistance(point, prototypes.pointer + i * width, count: width)
            if distance < best.distance { best = (i, distance) }
        }
        return best.place
    }

    private func addTo(_ prototype: Int, _ point: Int, _ factor: Float) {
        let sum = sums.pointer + prototype * width
        add(sum, points.pointer + point * width, times: factor, into: sum, count: width)
        counts[prototype] += factor
    }

    private func setPrototype(_ i: Int) {
        copy(sums, i, prototypes, i)
        scale(prototypes.pointer + i * width, by: 1 / counts[i], count: width)
    }

    private func copy(_ source: Floats, _ from: Int, _ target: Floats, _ to: Int) {
        (target.pointer + to * width).update(from: source.pointer + from * width, count: width)
    }

    // MARK: Leaving out

    private func sortByUnit() {
        units = set.examples.rows(rows).units
        byUnit = sortedPlaces(count: rows.count) { units[$0] < units[$1] }
    }

    /// Asks for the distances of a unit's examples to prototypes made without them.
    private func leaveOneUnitOut(_ work: inout Int) {
        var end = next
        while end < rows.count && units[byUnit[end]] == units[byUnit[next]] { end += 1 }
        let members = byUnit[next..<end]
        let before = members.map { (home[$0], sum(home[$0])) }
        for point in members { addTo(home[point], point, -1) }
        for point in members { if counts[home[point]] > 0 { setPrototype(home[point]) } else { hide(home[point]) } }
        let step = (members.count + Self.mostAsked - 1) / Self.mostAsked
        for i in stride(from: members.startIndex, to: members.endIndex, by: step) {
            let point = members[i]
            let distance = relativeDistance(
                points.pointer + point * width, prototypes.pointer, reaches: reaches.pointer, count: capacity, width: width)
            if distance.isFinite { distances.append(distance) }
            work -= capacity * width
        }
        for point in members { counts[home[point]] += 1 }
        for (place, sum) in before {
            for i in 0..<width { sums[place * width + i] = sum[i] }
            setPrototype(place)
        }
        next = end
        if next == rows.count { stage = .done }
    }

    private func sum(_ prototype: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: sums.pointer + prototype * width, count: width))
    }

    /// Takes a prototype out of every comparison; see `Novelty.hidden`.
    private func hide(_ prototype: Int) {
        for i in 0..<width { prototypes[prototype * width + i] = 1e8 }
    }
}
