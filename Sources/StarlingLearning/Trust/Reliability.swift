import StarlingMath

/// How far certainties could be believed: whether of ten answers given with .8 eight were right.
public struct Reliability: Sendable {
    /// The answers given with a certainty of 0...0.1, 0.1...0.2 and so on: how many, how many of them right, and the
    /// sum of their certainties.
    public private(set) var bins = [Bin](repeating: Bin(), count: binCount)
    private static let binCount = 10
    private var losses = 0.0
    private var count = 0

    /// Answers of about one certainty.
    public struct Bin: Sendable {
        /// How many answers, and how many of them were right.
        public var count = 0, rightCount = 0
        /// The sum of their certainties.
        public var certainties = 0.0
    }

    /// Counts an answer, given with a certainty, and the certainty of the category that was wanted.
    mutating func add(certainty: Float, ofWanted: Float, isRight: Bool) {
        // A certainty on the border of two bins belongs to the lower one, but 0 to the first.
        let place = Int((Double(certainty) * Double(Self.binCount)).rounded(.up)) - 1
        let bin = min(max(place, 0), Self.binCount - 1)
        bins[bin].count += 1
        bins[bin].certainties += Double(certainty)
        if isRight { bins[bin].rightCount += 1 }
        losses -= ExactMath.logarithm(max(Double(ofWanted), 1e-15))
        count += 1
    }

    /// The mean difference between certainty and share of right answers, over ten bins of certainty, 0...1.
    ///
    /// The expected calibration error of Naeini et al. 2015 and Guo et al. 2017. 0 without answers.
    public var calibrationError: Float {
        var sum = 0.0
        for bin in bins { sum += (bin.certainties - Double(bin.rightCount)).magnitude }
        return count > 0 ? Float(sum / Double(count)) : 0
    }

    /// What 19 of 20 sets of as many answers stay below if every certainty is exactly right: chance alone.
    ///
    /// The number of right answers in a bin is taken to be normal, so that its distance from what was expected has the
    /// half-normal distribution. With 200 answers of middling certainty this is about .07.
    public var chanceError: Float {
        var mean = 0.0
        var variance = 0.0
        for bin in bins where bin.count > 0 {
            let spread = bin.certainties * max(0, 1 - bin.certainties / Double(bin.count))
            mean += (spread * 2 / ExactMath.pi).squareRoot()
            variance += spread * (1 - 2 / ExactMath.pi)
        }
        return count > 0 ? Float((mean + 1.645 * variance.squareRoot()) / Double(count)) : 0
    }

    /// The mean negative logarithm of the certainty that was given to what was wanted (log loss); 0 without answers.
    public var logLoss: Float { count > 0 ? Float(losses / Double(count)) : 0 }
}
