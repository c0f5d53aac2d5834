/// Decides which category is meant, calmly: labels do not flicker where certainties tremble.
///
/// Another category takes over when it leads the decided one by more than `hysteresis` and the decided one has been held
/// for `hold` seconds. Only the most certain category is ever decided, and only where it reaches its threshold; once decided
/// it is kept until its certainty falls below the threshold by more than `hysteresis`. Everything is given at `init`; deciding neither
/// allocates nor locks nor throws, and costs a few nanoseconds a category.
public struct Decision {
    /// How far another category must lead before the label changes, and how far below its threshold a label is kept, 0...1.
    public var hysteresis: Float
    /// How long a category stays decided at least, in seconds, whatever else leads.
    public var hold: Float
    /// The category decided last; -1 none.
    public private(set) var category = -1
    /// How long it has been decided, in seconds.
    public private(set) var age: Float = 0

    /// A decision not made yet.
    ///
    /// - Parameters:
    ///   - hysteresis: 0.08 leaves a label alone until another category clearly leads.
    ///   - hold: 0 changes the label as soon as another leads.
    public init(hysteresis: Float = 0.08, hold: Float = 0) {
        self.hysteresis = hysteresis
        self.hold = hold
    }

    /// Takes the certainties of `count` categories, `seconds` after the last ones, and gives the category decided, or -1.
    ///
    /// - Parameter thresholds: The certainty each category must reach, 0...1; nil where the most certain always counts.
    public mutating func decide(
        _ certainties: UnsafePointer<Float>, count: Int, seconds: Float,
        thresholds: UnsafePointer<Float>? = nil
    ) -> Int {
        age += seconds
        var best = count > 0 ? 0 : -1
        for i in 0..<count where certainties[i] > certainties[best] { best = i }
        if best >= 0, let thresholds, certainties[best] < thresholds[best] { best = -1 }
        guard category >= 0, category < count else { return take(best) }
        if age < hold { return category }
        let standing = certainties[category]
        if best >= 0, best != category, certainties[best] > standing + hysteresis { return take(best) }
        if let thresholds, standing < thresholds[category] - hysteresis { return take(best) }
        return category
    }

    /// Forgets what was decided.
    public mutating func reset() { _ = take(-1) }

    private mutating func take(_ next: Int) -> Int {
        if next != category { age = 0 }
        category = next
        return next
    }
}
