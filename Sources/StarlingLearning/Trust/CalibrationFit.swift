import StarlingMath

/// Finds the calibration under which the right answers to examples not learned from are the most likely.
///
/// The likelihood is that of Platt 1999 (Probabilistic outputs for support vector machines): what is wanted is not 1 but
/// one example's worth below it, so that even an unbroken run of right answers leaves room for doubt. The logarithm
/// of the power is drawn to 0 as if by a normal prior of deviation 0.5, which decides only among few examples; for the same
/// reason no reserve is smaller than what is presumed of so many.
/// Method: a scan over reserves, then golden section; for each the best power by Newton's method, for the
/// likelihood has one maximum in it. Cost: about 150 exponentials an answer and category.
struct CalibrationFit {
    private let outputCount: Int
    private let present: [Int]
    private let share: Float
    /// Answer after answer: a certainty for each present category.
    private var certainties: [Float] = []
    /// The place among the present categories that was right, for each answer.
    private var wanted: [Int] = []

    /// A fit for categories with so many examples each.
    init(counts: [Int]) {
        outputCount = counts.count
        present = counts.indices.filter { counts[$0] > 0 }
        share = 1 / Float(max(present.count, 1))
    }

    /// How many answers were counted.
    var count: Int { wanted.count }

    /// Counts an answer: the kind's own certainties and the category that was right.
    mutating func add(_ outputs: UnsafePointer<Float>, wanted category: Int) {
        guard let place = present.firstIndex(of: category) else { return }
        certainties += present.map { outputs[$0] }
        wanted.append(place)
    }

    /// The best calibration; nil where nothing can be learned.
    func best() -> Calibration? {
        if count == 0 || present.count < 2 { return nil }
        let least = Calibration.presumed(exampleCount: count).reserve
        let reserves = (0..<10).map { least * fastExp(Float($0) / 9 * fastLog(0.5 / least)) }
        var bestPlace = 0
        var found = reserves.map { fit(reserve: $0) }
        for i in found.indices where found[i].loss < found[bestPlace].loss { bestPlace = i }
        var low = reserves[max(bestPlace - 1, 0)]
        var high = reserves[min(bestPlace + 1, 9)]
        for _ in 0..<6 {
            let inner = (low + 0.382 * (high - low), low + 0.618 * (high - low))
            let (left, right) = (fit(reserve: inner.0), fit(reserve: inner.1))
            if left.loss < right.loss { high = inner.1 } else { low = inner.0 }
            found.append(left.loss < right.loss ? left : right)
        }
        var best = found[bestPlace]
        for candidate in found where candidate.loss < best.loss { best = candidate }
        return best.calibration
    }

    private struct Candidate { var calibration: Calibration; var loss: Float }

    /// The best power for a reserve.
    private func fit(reserve: Float) -> Candidate {
        let logarithms = certainties.map { fastLog((1 - reserve) * $0 + reserve * share) }
        var power: Float = 1
        var loss: Float = 0
        for _ in 0..<8 {
            let slope = self.slope(logarithms, power)
            loss = slope.loss
            // In the logarithm of the power, so that it stays positive; a step of at most a factor of e.
            let first = power * slope.first + 4 * fastLog(power)
            let second = power * power * slope.second + power * slope.first.magnitude + 4
            let step = clamp(-first / second, -1, 1)
            if step.magnitude < 1e-3 { break }
            power = clamp(power * fastExp(step), Calibration.powers.lowerBound, Calibration.powers.upperBound)
        }
        let prior = 2 * fastLog(power) * fastLog(power)
        return Candidate(calibration: Calibration(power: power, reserve: reserve), loss: loss + prior)
    }

    /// The negative logarithm of the likelihood of all answers, and its first two derivatives in the power.
    private func slope(_ logarithms: [Float], _ power: Float) -> (loss: Float, first: Float, second: Float) {
        let width = present.count
        let doubt = 1 / Float(count + 2)
        var (loss, first, second) = (0.0, 0.0, 0.0)
        for answer in 0..<count {
            let row = logarithms[answer * width..<(answer + 1) * width]
            var top = -Float.greatestFiniteMagnitude
            for value in row { top = max(top, value) }
            var (total, sum, squares, plain): (Float, Float, Float, Float) = (0, 0, 0, 0)
            for value in row {
                let weight = fastExp(power * (value - top))
                total += weight
                sum += weight * value
                squares += weight * value * value
                plain += value
            }
            let mean = sum / total
            let target = (1 - doubt) * row[row.startIndex + wanted[answer]] + doubt * plain * share
            loss += Double(power * (top - target) + fastLog(total))
            first += Double(mean - target)
            second += Double(max(squares / total - mean * mean, 0))
        }
        return (Float(loss), Float(first), Float(second))
    }
}
