import StarlingMath

/// Fits normal densities to the rows of one category.
///
/// Method: expectation maximisation (Dempster, Laird and Rubin 1977) from the groups that k-means finds, until the mean
/// log likelihood gains less than 0.001 in a round, at most 100 rounds. One component is found at once.
/// Cost of a round: rows x components x inputs, times half the inputs where covariances are full.
final class DensityFit {
    let layout: DensityLayout
    /// As `DensityLayout` says, but without categories, and priors of 1.
    let words: Floats

    private let rows: Floats
    private let rowCount: Int
    private let floor: Float
    private let width: Int
    /// How much each row belongs to each component.
    private let shares: Floats
    private let groups: KMeans?
    private var totals: [Float]
    private let scratch: Floats
    private let covariances: [Cholesky]

    private enum Pass { case grouping, centring, spreading, sharing, done }
    private var pass: Pass
    private var next = 0
    private var round = 0
    private var likelihood = 0.0
    private var lastLikelihood = -Double.infinity

    private static let chunk = 64
    private static let mostRounds = 100

    /// Rows are filled up to a multiple of four with zeros; there is at least one.
    init(rows: Floats, count: Int, inputCount: Int, components: Int, isFull: Bool, floor: Float, seed: UInt64) {
        self.rows = rows
        self.floor = floor
        rowCount = count
        layout = DensityLayout(inputCount: inputCount, componentCount: components, isFull: isFull)
        width = layout.width
        words = Floats(layout.wordCount)
        shares = Floats(count * components)
        totals = [Float](repeating: 0, count: components)
        scratch = Floats(isFull ? DensityFit.chunk * width : width)
        covariances = isFull ? (0..<components).map { _ in Cholesky(size: inputCount) } : []
        let isOne = components == 1
        groups = isOne ? nil : KMeans(
            rows: rows, count: count, dimension: inputCount, clusters: components, seed: seed, mostPasses: 20)
        pass = isOne ? .centring : .grouping
        if isOne { for i in 0..<count { shares[i] = 1 } }
    }

    private var componentCount: Int { layout.componentCount }

    func step(_ work: inout Int) -> Bool {
        while work > 0 && pass != .done {
            if pass == .grouping { group(&work) } else { passChunk(&work) }
        }
        return pass != .done
    }

    private func group(_ work: inout Int) {
        if groups!.step(&work) { return }
        for row in 0..<rowCount { shares[row * componentCount + groups!.assignments[row]] = 1 }
        pass = .centring
    }

    private func passChunk(_ work: inout Int) {
        if next == 0 { beginPass() }
        let end = min(next + DensityFit.chunk, rowCount)
        switch pass {
        case .centring: for row in next..<end { addToMeans(row) }
        case .spreading: layout.isFull ? addToCovariances(next..<end) : addToDeviations(next..<end)
        default: for row in next..<end { share(row) }
        }
        work -= (end - next) * componentCount * width * (layout.isFull && pass != .centring ? width / 2 : 2)
        next = end
        if next < rowCount { return }
        next = 0
        finishPass()
    }

    private func beginPass() {
        switch pass {
        case .centring:
            for k in 0..<componentCount { totals[k] = 0 }
            (words.pointer + layout.means).update(repeating: 0, count: componentCount * width)
        case .spreading:
            (words.pointer + layout.factors).update(repeating: 0, count: componentCount * layout.factorWidth)
            for covariance in covariances { covariance.matrix.clear() }
        default: likelihood = 0
        }
    }

    private func finishPass() {
        switch pass {
        case .centring:
            for k in 0..<componentCount { scale(mean(k), by: 1 / (totals[k] + 1e-6), count: width) }
            if componentCount == 1 { scale(mean(0), by: (totals[0] + 1e-6) / totals[0], count: width) }
            pass = .spreading
        case .spreading:
            for k in 0..<componentCount { layout.isFull ? finishCovariance(k) : finishDeviations(k) }
            pass = componentCount == 1 ? .done : .sharing
        default:
            round += 1
            let mean = likelihood / Double(rowCount)
            let isSettled = mean - lastLikelihood < 1e-3 || round == DensityFit.mostRounds
            lastLikelihood = mean
            pass = isSettled ? .done : .centring
        }
    }

    // MARK: Maximisation

    private func mean(_ k: Int) -> UnsafeMutablePointer<Float> { words.pointer + layout.means + k * width }
    private func factor(_ k: Int) -> UnsafeMutablePointer<Float> {
        words.pointer + layout.factors + k * layout.factorWidth
    }

    private func addToMeans(_ row: Int) {
        for k in 0..<componentCount {
            let share = shares[row * componentCount + k]
            totals[k] += share
            add(mean(k), rows.pointer + row * width, times: share, into: mean(k), count: width)
        }
    }

    private func addToDeviations(_ range: Range<Int>) {
        for k in 0..<componentCount {
            let sum = factor(k)
            let mean = mean(k)
            for row in range {
                let share = SIMD4<Float>(repeating: shares[row * componentCount + k])
                let x = rows.pointer + row * width
                for i in stride(from: 0, to: width, by: 4) {
                    let d = x.four(i) - mean.four(i)
                    sum.store(sum.four(i) + d * d * share, i)
                }
            }
        }
    }

    private func finishDeviations(_ k: Int) {
        let sum = factor(k)
        var logs = 0.0
        for i in 0..<layout.inputCount {
            let variance = sum[i] / (totals[k] + (componentCount > 1 ? 1e-6 : 0)) + floor
            logs += Double(fastLog(variance))
            sum[i] = 1 / variance.squareRoot()
        }
        setOffset(k, halfLogDeterminant: 0.5 * logs)
    }

    private func addToCovariances(_ range: Range<Int>) {
        for k in 0..<componentCount {
            for row in range {
                let place = scratch.pointer + (row - range.lowerBound) * width
                add(rows.pointer + row * width, mean(k), times: -1, into: place, count: width)
                scale(place, by: shares[row * componentCount + k].squareRoot(), count: width)
            }
            for row in stride(from: 0, to: layout.inputCount, by: 4) {
                addProduct(
                    into: covariances[k].matrix.pointer, from: scratch.pointer, width: width, row: row,
                    depth: range.count)
            }
        }
    }

    private func finishCovariance(_ k: Int) {
        let covariance = covariances[k]
        scale(covariance.matrix.pointer, by: 1 / (totals[k] + 1e-6), count: covariance.matrix.count)
        let plain = Floats(covariance.matrix.array)
        var floor = floor
        repeat {
            covariance.matrix.pointer.update(from: plain.pointer, count: plain.count)
            for i in 0..<layout.inputCount { covariance.matrix[i * width + i] += floor }
            floor *= 4
        } while !covariance.factor()
        writeInverse(k, covariance)
        setOffset(k, halfLogDeterminant: covariance.halfLogDeterminant(layout.inputCount))
    }

    /// The inverse of the lower factor: the solutions for the columns of the unit matrix.
    private func writeInverse(_ k: Int, _ covariance: Cholesky) {
        let inverse = Floats(layout.inputCount * width)
        for i in 0..<layout.inputCount { inverse[i * width + i] = 1 }
        covariance.solveForward(inverse.pointer, columns: width)
        var place = factor(k)
        for row in 0..<layout.inputCount {
            for column in 0...row { place[column] = inverse[row * width + column] }
            place += roundedUpToFour(row + 1)
        }
    }

    private func setOffset(_ k: Int, halfLogDeterminant: Double) {
        let share = componentCount == 1 ? 1 : (totals[k] + 1e-6) / Float(rowCount)
        words[layout.offsets + k] = fastLog(share) - Float(halfLogDeterminant)
    }

    // MARK: Expectation

    private func share(_ row: Int) {
        let logs = shares.pointer + row * componentCount
        var largest = -Float.greatestFiniteMagnitude
        for k in 0..<componentCount {
            logs[k] = layout.logDensity(k, words.pointer, rows.pointer + row * width, scratch: scratch.pointer)
            if logs[k] > largest { largest = logs[k] }
        }
        var total: Float = 0
        for k in 0..<componentCount {
            logs[k] = fastExp(logs[k] - largest)
            total += logs[k]
        }
        for k in 0..<componentCount { logs[k] /= total }
        likelihood += Double(largest + fastLog(total))
    }
}
