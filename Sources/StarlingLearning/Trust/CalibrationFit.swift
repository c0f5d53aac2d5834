import StarlingMath

/// Finds the calibration under which the right answers to examples not learned from are the most likely.
///
/// The reserve is at least what is presumed of so many answers, so that even an unbroken run of right ones leaves room for
/// doubt (as Platt 1999 keeps his targets below 1); the logarithm of the power is drawn to 0 as if by a normal prior of
/// deviation 1, which decides only among few examples. Method: a scan over powers, then golden section about the best;
/// for each the best reserve by bisection, for the likelihood has one maximum in it.
/// Cost: 30 powers an answer and category.
struct CalibrationFit {
    private let present: [Int]
    /// Answer after answer: the certainty of each category with examples, relative to the largest.
    private var ratios: [Float] = []
    /// The place among those categories that was right, for each answer.
    private var wanted: [Int] = []

    /// A fit for categories with so many examples each.
    init(counts: [Int]) { present = counts.indices.filter { counts[$0] > 0 } }

    /// How many answers were counted.
    var count: Int { wanted.count }

    /// Counts an answer: the kind's own certainties and the category that was right.
    mutating func add(_ outputs: UnsafePointer<Float>, wanted category: Int) {
        guard let place = present.firstIndex(of: category) else { return }
        var largest: Float = 0
        for i in present { largest = max(largest, outputs[i]) }
        ratios += present.map { largest > 0 ? outputs[$0] / largest : 1 }
        wanted.append(place)
    }

    /// The best calibration; nil where nothing can be learned.
    func best() -> Calibration? {
        if count == 0 || present.count < 2 { return nil }
        let range = (low: fastLog(Calibration.powers.lowerBound), high: fastLog(Calibration.powers.upperBound))
        let step = (range.high - range.low) / 18
        var best = fit(0)
        for i in 0...18 { keepBetter(&best, fit(range.low + Float(i) * step)) }
        var (low, high) = (max(best.logarithm - step, range.low), min(best.logarithm + step, range.high))
        for _ in 0..<6 {
            let (left, right) = (fit(low + 0.382 * (high - low)), fit(low + 0.618 * (high - low)))
            if left.loss < right.loss { high = right.logarithm } else { low = left.logarithm }
            keepBetter(&best, left)
            keepBetter(&best, right)
        }
        let power = clamp(fastExp(best.logarithm), Calibration.powers.lowerBound, Calibration.powers.upperBound)
        return Calibration(power: power, reserve: best.reserve)
    }

    private struct Candidate { var logarithm, reserve, loss: Float }

    private func keepBetter(_ best: inout Candidate, _ other: Candidate) { if other.loss < best.loss { best = other } }

    /// The best reserve for the logarithm of a power.
    private func fit(_ logarithm: Float) -> Candidate {
        let certainties = certaintiesOfWanted(fastExp(logarithm))
        let share = 1 / Float(present.count)
        var low = Calibration.presumed(exampleCount: count).reserve
        var high: Float = 0.9
        if slope(certainties, share, low) < 0 {
            for _ in 0..<16 {
                let middle = 0.5 * (low + high)
                if slope(certainties, share, middle) < 0 { low = middle } else { high = middle }
            }
        }
        var loss = 0.5 * Double(logarithm * logarithm)
        for p in certainties { loss -= Double(fastLog(p + low * (share - p))) }
        return Candidate(logarithm: logarithm, reserve: low, loss: Float(loss))
    }

    /// How the negative logarithm of the likelihood changes with the reserve.
    private func slope(_ certainties: [Float], _ share: Float, _ reserve: Float) -> Double {
        var slope = 0.0
        for p in certainties { slope -= Double((share - p) / (p + reserve * (share - p))) }
        return slope
    }

    /// What each right category gets by a power alone.
    private func certaintiesOfWanted(_ power: Float) -> [Float] {
        let width = present.count
        return wanted.indices.map { answer in
            var (total, right): (Float, Float) = (0, 0)
            for i in 0..<width {
                let value = raised(ratios[answer * width + i], power)
                total += value
                if i == wanted[answer] { right = value }
            }
            return right / total
        }
    }
}
