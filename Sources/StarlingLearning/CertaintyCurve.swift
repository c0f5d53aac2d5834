import StarlingMath

/// The slope of 1 / (1 + e^(-slope x decision)), the certainty that a decision between two categories is right.
///
/// Method: maximum likelihood (Platt 1999, Probabilistic outputs for support vector machines), but without an offset: so
/// the more certain category is always the one decided for, however few examples there are to tell.
enum CertaintyCurve {
    private static let range = 0.1...50.0

    /// The slope at which decisions of known outcome are the most likely.
    ///
    /// They count as right with (n + 1/2) / (n + 1) rather than 1, so that a few without a mistake don't make certain
    /// (Krichevsky and Trofimov's estimate).
    /// - Parameter margins: The decisions, those that were wrong negated.
    static func slope(_ margins: [Float]) -> Float {
        let right = (Float(margins.count) + 0.5) / Float(margins.count + 1)
        var (low, high) = (range.lowerBound, range.upperBound)
        // The likelihood has one peak: left of it it rises.
        for _ in 0..<24 {
            let middle = (low * high).squareRoot()
            var rise = 0.0
            for margin in margins { rise += Double(margin * (right - 1 / (1 + fastExp(-Float(middle) * margin)))) }
            if rise > 0 { low = middle } else { high = middle }
        }
        return Float(low)
    }
}
