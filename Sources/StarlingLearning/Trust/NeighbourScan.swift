import StarlingMath

/// For some examples the nearest one of another take: with all inputs, and with each one left out. Sliced.
///
/// It shows where categories overlap, which takes lie where others do, and which inputs the picture would not miss.
/// At most 300 examples, of all categories alike, are compared with each other; cost 3 multiply-adds a pair and input.
final class NeighbourScan {
    let examples: Examples
    /// The examples compared.
    let rows: [Int]
    /// For each of them the nearest one of another unit (`Examples.units`), as a place in `rows`; -1 where there is none.
    private(set) var nearest: [Int]
    /// For each input the error of the nearest examples' answers without it; behind them the error with all inputs.
    private(set) var errors: [AnswerTally]

    private let units: [Int32]
    private let scaling: Scaling
    private let points: Floats
    private let inputCount: Int
    private let answer: Floats
    private var distances: [Float]
    private var places: [Int]
    private var next = 0
    private static let mostRows = 300

    init(_ examples: Examples) {
        self.examples = examples
        inputCount = examples.inputCount
        rows = NeighbourScan.chosenRows(examples)
        let all = examples.units
        units = rows.map { all[$0] }
        var scaling = Scaling(columns: inputCount)
        if examples.count > 0 {
            scaling.add(examples.inputs, rows: 0..<examples.count)
            scaling.finish()
        }
        self.scaling = scaling
        nearest = [Int](repeating: -1, count: rows.count)
        let tally = AnswerTally(examples, deviations: examples.outputDeviations)
        errors = [AnswerTally](repeating: tally, count: inputCount + 1)
        distances = [Float](repeating: 0, count: inputCount + 1)
        places = [Int](repeating: -1, count: inputCount + 1)
        answer = Floats(examples.outputCount)
        points = Floats(rows.count * inputCount)
        for (place, row) in rows.enumerated() {
            for i in 0..<inputCount {
                points[place * inputCount + i] = standardised(
                    examples.inputs[row * inputCount + i], mean: scaling.means[i], scale: scaling.scales[i])
            }
        }
    }

    /// How many units the examples compared belong to.
    var unitCount: Int {
        let order = sortedPlaces(count: units.count) { units[$0] < units[$1] }
        return order.indices.filter { $0 == 0 || units[order[$0]] != units[order[$0 - 1]] }.count
    }

    /// Whether an input has one value throughout.
    func isConstant(_ input: Int) -> Bool { scaling.scales[input] == 0 }

    /// A standardised input of one of the examples compared.
    func value(_ place: Int, _ input: Int) -> Float { points[place * inputCount + input] }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while next < rows.count {
            if work <= 0 { return true }
            search(next)
            work -= 3 * rows.count * inputCount
            next += 1
        }
        return false
    }

    private static func chosenRows(_ examples: Examples) -> [Int] {
        let counts = examples.task.hasCategories ? examples.categoryCounts : [examples.count]
        let each = mostRows / max(counts.filter { $0 > 0 }.count, 1)
        var seen = counts.map { _ in 0 }
        return (0..<examples.count).filter { row in
            let stratum = examples.stratum(row)
            seen[stratum] += 1
            let step = (counts[stratum] + each - 1) / max(each, 1)
            return (seen[stratum] - 1) % max(step, 1) == 0
        }
    }

    private func search(_ place: Int) {
        for i in 0...inputCount {
            distances[i] = .infinity
            places[i] = -1
        }
        let all = points.pointer
        let point = all + place * inputCount
        distances.withUnsafeMutableBufferPointer { distances in
            for other in rows.indices where units[other] != units[place] {
                let neighbour = all + other * inputCount
                var sum: Float = 0
                for i in 0..<inputCount { sum += (point[i] - neighbour[i]) * (point[i] - neighbour[i]) }
                if sum < distances[inputCount] { (distances[inputCount], places[inputCount]) = (sum, other) }
                for i in 0..<inputCount {
                    let without = sum - (point[i] - neighbour[i]) * (point[i] - neighbour[i])
                    if without < distances[i] { (distances[i], places[i]) = (without, other) }
                }
            }
        }
        nearest[place] = places[inputCount]
        for i in 0...inputCount where places[i] >= 0 { count(place, answeredAs: places[i], in: i) }
    }

    private func count(_ place: Int, answeredAs other: Int, in tally: Int) {
        let row = rows[other]
        if examples.task.hasCategories {
            answer.clear()
            answer[examples.category(row)] = 1
        } else {
            for i in 0..<examples.outputCount { answer[i] = examples.outputs[row * examples.outputCount + i] }
        }
        errors[tally].add(rows[place], answer.pointer)
    }
}
