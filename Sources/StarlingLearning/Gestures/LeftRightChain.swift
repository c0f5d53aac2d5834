import StarlingMath

/// A hidden Markov model whose states follow one another: the next row comes from the same state or the one behind it.
///
/// Every state gives rows by a Gaussian with a variance for each channel. A sequence begins in the first state.
/// Method: forward-backward with scaling (Rabiner 1989, A tutorial on hidden Markov models), in double precision.
public struct LeftRightChain: Sendable {
    /// Numbers in a row.
    public let channelCount: Int
    /// State after state, `channelCount` numbers each.
    public var means: [Double]
    /// The same for variances, all above 0.
    public var variances: [Double]
    /// For each state the probability that the next row comes from it again, 0...1.
    public var stays: [Double]

    /// How many states there are.
    public var stateCount: Int { stays.count }

    /// A model of given numbers.
    public init(channelCount: Int, means: [Double], variances: [Double], stays: [Double]) {
        precondition(
            means.count == stays.count * channelCount && variances.count == means.count,
            "there must be a number for each state and channel")
        self.channelCount = channelCount
        self.means = means
        self.variances = variances
        self.stays = stays
    }

    /// The natural logarithm of the density of a sequence, whatever state it ends in.
    ///
    /// - Parameter rows: Row after row, `channelCount` numbers each.
    public func logLikelihood(_ rows: [Float]) -> Double {
        forward(rows, emissions(rows)).logLikelihood
    }

    /// Log densities of every row in every state.
    private func emissions(_ rows: [Float]) -> [Double] {
        let logs = (0..<stateCount).map { state in
            -0.5 * (0..<channelCount).reduce(0.0) {
                $0 + ExactMath.logarithm(2 * ExactMath.pi * variances[state * channelCount + $1])
            }
        }
        let precisions = variances.map { 0.5 / $0 }
        var result: [Double] = []
        result.reserveCapacity(rows.count / channelCount * stateCount)
        for row in stride(from: 0, to: rows.count, by: channelCount) {
            for state in 0..<stateCount {
                var sum = logs[state]
                for i in 0..<channelCount {
                    let place = state * channelCount + i
                    let difference = Double(rows[row + i]) - means[place]
                    sum -= difference * difference * precisions[place]
                }
                result.append(sum)
            }
        }
        return result
    }

    /// What the forward pass gives: shares of the states in each row, and what each row was scaled by.
    private struct Forward {
        var shares: [Double]
        var scales: [Double]
        var densities: [Double]
        var logLikelihood: Double
    }

    private func forward(_ rows: [Float], _ emissions: [Double]) -> Forward {
        let count = rows.count / channelCount
        var pass = Forward(
            shares: [Double](repeating: 0, count: emissions.count), scales: [Double](repeating: 1, count: count),
            densities: emissions, logLikelihood: 0)
        for row in 0..<count {
            let first = row * stateCount
            var largest = -Double.infinity
            for state in 0..<stateCount where isReachable(state, row) { largest = max(largest, emissions[first + state]) }
            var sum = 0.0
            for state in 0..<stateCount {
                let density = ExactMath.exponential(min(0, max(-600, emissions[first + state] - largest)))
                pass.densities[first + state] = density
                var share = row == 0 ? (state == 0 ? 1.0 : 0.0) : pass.shares[first - stateCount + state] * stays[state]
                if row > 0, state > 0 { share += pass.shares[first - stateCount + state - 1] * (1 - stays[state - 1]) }
                pass.shares[first + state] = share * density
                sum += share * density
            }
            let scale = sum > 0 ? 1 / sum : 1
            for state in 0..<stateCount { pass.shares[first + state] *= scale }
            pass.scales[row] = scale
            pass.logLikelihood += largest - ExactMath.logarithm(scale)
        }
        return pass
    }

    private func isReachable(_ state: Int, _ row: Int) -> Bool { state <= row }

    /// A model that divides every sequence evenly among its states; the start of learning.
    ///
    /// - Parameters:
    ///   - sequences: Row after row, `channelCount` numbers each; none empty.
    ///   - floor: Added to every variance; above 0.
    public init(evenly sequences: [[Float]], channelCount: Int, stateCount: Int, floor: Double) {
        var sums = StateSums(stateCount: stateCount, channelCount: channelCount)
        for rows in sequences {
            let count = rows.count / channelCount
            for row in 0..<count { sums.add(rows, row: row, state: row * stateCount / count, share: 1) }
            for state in 0..<stateCount { sums.leaves[state] += 1 }
        }
        self.channelCount = channelCount
        means = []
        variances = []
        stays = []
        (means, variances, stays) = sums.parameters(floor: floor)
    }

    /// One round of Baum and Welch over sequences that end in the last state; those shorter than the states are left out.
    ///
    /// - Returns: the sum of the log likelihoods before the round.
    @discardableResult public mutating func improve(_ sequences: [[Float]], floor: Double) -> Double {
        var sums = StateSums(stateCount: stateCount, channelCount: channelCount)
        var total = 0.0
        for rows in sequences where rows.count / channelCount >= stateCount {
            let emissions = emissions(rows)
            let pass = forward(rows, emissions)
            total += pass.logLikelihood
            collect(rows, pass, into: &sums)
        }
        if sums.isEmpty { return total }
        (means, variances, stays) = sums.parameters(floor: floor)
        return total
    }

    /// The backward pass, from the last state of the last row.
    private func collect(_ rows: [Float], _ pass: Forward, into sums: inout StateSums) {
        let count = rows.count / channelCount
        var later = (0..<stateCount).map { $0 == stateCount - 1 ? 1.0 : 0.0 }
        var share = [Double](repeating: 0, count: stateCount)
        for row in (0..<count).reversed() {
            let first = row * stateCount
            var total = 0.0
            for state in 0..<stateCount {
                share[state] = pass.shares[first + state] * later[state]
                total += share[state]
            }
            for state in 0..<stateCount where total > 0 {
                sums.add(rows, row: row, state: state, share: share[state] / total)
                // The share that goes on to the next state behind this row.
                if row == count - 1 { sums.leaves[state] += share[state] / total }
            }
            if row == 0 { break }
            var earlier = [Double](repeating: 0, count: stateCount)
            for state in 0..<stateCount {
                let stay = stays[state] * pass.densities[first + state] * later[state]
                var go = 0.0
                if state + 1 < stateCount { go = (1 - stays[state]) * pass.densities[first + state + 1] * later[state + 1] }
                let before = pass.shares[first - stateCount + state]
                if total > 0 { sums.leaves[state] += before * go * pass.scales[row] / total }
                earlier[state] = (stay + go) * pass.scales[row]
            }
            later = earlier
        }
    }
}

/// What Baum and Welch add up: each state's rows by their share in it.
private struct StateSums {
    let stateCount: Int
    let channelCount: Int
    var weights: [Double]
    var sums: [Double]
    var squares: [Double]
    /// How often each state was left.
    var leaves: [Double]

    init(stateCount: Int, channelCount: Int) {
        self.stateCount = stateCount
        self.channelCount = channelCount
        weights = [Double](repeating: 0, count: stateCount)
        leaves = weights
        sums = [Double](repeating: 0, count: stateCount * channelCount)
        squares = sums
    }

    var isEmpty: Bool { weights.allSatisfy { $0 == 0 } }

    mutating func add(_ rows: [Float], row: Int, state: Int, share: Double) {
        if share == 0 { return }
        weights[state] += share
        for i in 0..<channelCount {
            let x = Double(rows[row * channelCount + i])
            sums[state * channelCount + i] += share * x
            squares[state * channelCount + i] += share * x * x
        }
    }

    func parameters(floor: Double) -> (means: [Double], variances: [Double], stays: [Double]) {
        var means = sums
        var variances = squares
        for state in 0..<stateCount {
            for place in state * channelCount..<(state + 1) * channelCount {
                let weight = max(weights[state], 1e-12)
                means[place] /= weight
                variances[place] = max(0, variances[place] / weight - means[place] * means[place]) + floor
            }
        }
        let stays = (0..<stateCount).map { min(0.999, max(0.01, 1 - leaves[$0] / max(weights[$0], 1e-12))) }
        return (means, variances, stays)
    }
}
