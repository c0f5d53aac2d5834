import StarlingMath

/// How certain a decision is: 1 / (1 + e^(slope x decision + offset)), fitted to decisions whose answer is known.
///
/// Method: maximum likelihood (Platt 1999, Probabilistic outputs for support vector machines) by Newton's method with
/// backtracking (Lin, Lin and Weng 2007). Answers count as (n + 1/2) / (n + 1) rather than 1, so that a few examples
/// without a mistake don't make certain (Krichevsky and Trofimov's estimate). The slope is at most -0.1, so that a few
/// unlucky decisions don't turn the answers round.
struct CertaintyCurve {
    private(set) var slope = 0.0
    private(set) var offset = 0.0

    /// A decision, and whether the first category was right.
    typealias Decision = (value: Float, isFirst: Bool)

    /// What is to be approached: certainties and weights of decisions for which the first or the second was right.
    private struct Goal {
        let first: (certainty: Double, weight: Double)
        let second: (certainty: Double, weight: Double)

        init(firsts: Double, seconds: Double, balanced: Bool) {
            first = ((firsts + 0.5) / (firsts + 1), balanced ? (firsts + seconds) / (2 * firsts) : 1)
            second = (0.5 / (seconds + 1), balanced ? (firsts + seconds) / (2 * seconds) : 1)
        }
    }

    /// - Parameters:
    ///   - decisions: Both answers must occur.
    ///   - balanced: Whether both categories count alike, however many decisions each has.
    init(_ decisions: [Decision], balanced: Bool) {
        let firsts = Double(decisions.filter { $0.isFirst }.count)
        let goal = Goal(firsts: firsts, seconds: Double(decisions.count) - firsts, balanced: balanced)
        var loss = loss(decisions, goal, slope, offset)
        for _ in 0..<50 {
            guard let step = newton(decisions, goal) else { break }
            var length = 1.0
            var next = self.loss(decisions, goal, slope + step.slope, offset + step.offset)
            while next >= loss + 1e-4 * length * step.descent && length > 1e-8 {
                length /= 2
                next = self.loss(decisions, goal, slope + length * step.slope, offset + length * step.offset)
            }
            if length <= 1e-8 { break }
            slope += length * step.slope
            offset += length * step.offset
            loss = next
        }
        slope = min(slope, -0.1)
    }

    /// The step to the minimum of the loss's parabola, and how steep it is; nil at the minimum.
    private func newton(_ decisions: [Decision], _ goal: Goal) -> (slope: Double, offset: Double, descent: Double)? {
        var (h11, h22, h21, g1, g2) = (1e-9, 1e-9, 0.0, 0.0, 0.0)
        for (value, isFirst) in decisions {
            let f = Double(value)
            let p = Double(1 / (1 + fastExp(Float(slope * f + offset))))
            let wanted = isFirst ? goal.first : goal.second
            let d = wanted.weight * (wanted.certainty - p)
            let curvature = wanted.weight * p * (1 - p)
            h11 += f * f * curvature
            h22 += curvature
            h21 += f * curvature
            g1 += f * d
            g2 += d
        }
        if g1.magnitude < 1e-5 && g2.magnitude < 1e-5 { return nil }
        let determinant = h11 * h22 - h21 * h21
        let slopeStep = -(h22 * g1 - h21 * g2) / determinant
        let offsetStep = -(h11 * g2 - h21 * g1) / determinant
        return (slopeStep, offsetStep, g1 * slopeStep + g2 * offsetStep)
    }

    private func loss(_ decisions: [Decision], _ goal: Goal, _ slope: Double, _ offset: Double) -> Double {
        var sum = 0.0
        for (value, isFirst) in decisions {
            let z = slope * Double(value) + offset
            let softplus = max(z, 0) + Double(fastLog(1 + fastExp(Float(-z.magnitude))))
            let wanted = isFirst ? goal.first : goal.second
            sum += wanted.weight * (softplus - (1 - wanted.certainty) * z)
        }
        return sum
    }
}
