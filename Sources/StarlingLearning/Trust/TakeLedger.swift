import StarlingMath

/// Keeps for every take how it was answered when it was not learned from.
struct TakeLedger {
    private let examples: Examples
    private let deviations: [Float]
    private var answered: [Answered] = []

    private struct Answered {
        var take: Int32
        var wanted, answer: Int
        /// The error of one example: 0 or 1, or a mean square over the targets it has.
        var error: Float
    }

    init(_ examples: Examples, deviations: [Float]) {
        self.examples = examples
        self.deviations = deviations
    }

    /// Notes the answer to an example.
    mutating func add(_ row: Int, _ outputs: UnsafePointer<Float>) {
        var tally = AnswerTally(examples, deviations: deviations)
        tally.add(row, outputs)
        guard let error = tally.error else { return }
        let isCategory = examples.task.hasCategories
        let answer = isCategory ? indexOfLargest(outputs, count: examples.outputCount) : 0
        let wanted = isCategory ? examples.category(row) : 0
        answered.append(Answered(
            take: examples.takes[row], wanted: wanted, answer: answer, error: isCategory ? error : error * error))
    }

    /// How each take did, in the order of their numbers.
    func takes() -> [TakeResult] {
        runs { ($0.take, 0) }.map { run in
            let mean = run.reduce(0) { $0 + $1.error } / Float(run.count)
            let error = examples.task.hasCategories ? mean : mean.squareRoot()
            return TakeResult(take: Int(run[0].take), exampleCount: run.count, error: error)
        }
    }

    /// The takes answered with another category, the largest shares first.
    func confused() -> [ConfusedTake] {
        if examples.task == .continuous { return [] }
        var found: [ConfusedTake] = []
        for taught in runs({ ($0.take, $0.wanted) }) {
            for answer in 0..<examples.outputCount where answer != taught[0].wanted {
                let count = taught.filter { $0.answer == answer }.count
                if count == 0 { continue }
                found.append(ConfusedTake(
                    take: Int(taught[0].take), wanted: taught[0].wanted, answered: answer,
                    share: Float(count) / Float(taught.count)))
            }
        }
        let order = sortedPlaces(count: found.count) { found[$0].share > found[$1].share }
        return order.map { found[$0] }
    }

    /// The answers in runs of one key, in the order of the keys.
    private func runs(_ key: (Answered) -> (Int32, Int)) -> [[Answered]] {
        let order = sortedPlaces(count: answered.count) { key(answered[$0]) < key(answered[$1]) }
        var runs: [[Answered]] = []
        for place in order {
            if let last = runs.last?[0], key(last) == key(answered[place]) {
                runs[runs.count - 1].append(answered[place])
            } else {
                runs.append([answered[place]])
            }
        }
        return runs
    }
}
