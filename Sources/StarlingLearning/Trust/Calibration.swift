import StarlingMath

/// What turns the certainties of a kind into ones that can be believed: of ten answers given with .8, eight are right.
///
/// Certainties are raised to the power a and made to sum to 1 again, which is temperature scaling (Guo et al. 2017, On
/// calibration of modern neural networks; the temperature is 1 / a). Then a reserve r of the whole is shared by all
/// categories that have examples, which says what votes cannot: that all neighbours may agree and still be wrong. So no
/// answer is surer than 1 - r and a share. Neither changes which category is the most certain.
///
/// In weights for categories: the power a, then each category's share of the reserve, 0 for one without examples.
struct Calibration {
    /// How much greater differences become: above 1 for a kind that is too timid, below 1 for one too sure.
    var power: Float = 1
    /// The part of the certainty that all categories with examples share, 0...1.
    var reserve: Float = 0

    /// The range within which a power makes sense; beyond it the examples are too few or contradict each other.
    static let powers: ClosedRange<Float> = 0.1...40

    static func wordCount(_ task: Task, outputCount: Int) -> Int { task == .categories ? 1 + outputCount : 0 }

    /// What is taken for granted before any answer was checked: one more example would be answered wrong.
    static func presumed(exampleCount: Int) -> Calibration {
        Calibration(power: 1, reserve: 1 / Float(exampleCount + 2))
    }

    /// The words for categories with so many examples each.
    func words(_ counts: [Int]) -> [Float] {
        let present = counts.filter { $0 > 0 }.count
        // The only category is certain.
        let share = present > 1 ? reserve / Float(present) : 0
        return [power] + counts.map { $0 > 0 ? share : 0 }
    }
}

/// A calibration read in place from weights.
struct CalibrationView {
    private let words: UnsafePointer<Float>
    private let outputCount: Int
    private let kept: Float
    private let isIdentity: Bool

    /// Checks the words; nil where anything is wrong.
    init?(_ words: UnsafePointer<Float>, outputCount: Int) {
        var reserve: Float = 0
        for i in 1...outputCount {
            if !(words[i] >= 0 && words[i] <= 1) { return nil }
            reserve += words[i]
        }
        guard Calibration.powers ~= words[0], reserve <= 1 else { return nil }
        self.words = words
        self.outputCount = outputCount
        kept = 1 - reserve
        isIdentity = words[0] == 1 && reserve == 0
    }

    /// What was learned, without the categories.
    var calibration: Calibration { Calibration(power: words[0], reserve: 1 - kept) }

    /// Calibrates certainties in place. Cost: about 10 ns a category.
    func apply(_ certainties: UnsafeMutablePointer<Float>) {
        if isIdentity { return }
        var largest: Float = 0
        for i in 0..<outputCount where certainties[i] > largest { largest = certainties[i] }
        if largest == 0 { return }
        var total: Float = 0
        for i in 0..<outputCount {
            // Relative to the largest, so that no power makes all of them 0.
            certainties[i] = raised(certainties[i] / largest, words[0])
            total += certainties[i]
        }
        for i in 0..<outputCount { certainties[i] = certainties[i] / total * kept + words[i + 1] }
    }
}

/// `x`, at least 0 and at most 1, to a power.
@inline(__always) func raised(_ x: Float, _ power: Float) -> Float {
    x > 0 ? fastExp2(power * fastLog2(x)) : 0
}
