import StarlingMath

/// One round of expectation and maximisation for a mixture regression, example by example.
final class MixtureSums {
    private let layout: MixtureLayout
    private let smoothness: Double
    /// Per Gaussian: weight, inputs, their products, targets, target by input, squares of targets.
    private var values: [Double]
    private var logLikelihood = 0.0
    private var previous = -Double.infinity
    private var count = 0.0
    private let shares = Floats(MixtureRegression.mostGaussians)
    private let centred = Floats(MixtureRegression.mostDirections)

    private var inputs: Int { 1 }
    private var products: Int { inputs + layout.directionCount }
    private var targets: Int { products + layout.directionCount * layout.directionCount }
    private var crosses: Int { targets + layout.outputCount }
    private var squares: Int { crosses + layout.outputCount * layout.directionCount }
    private var width: Int { squares + layout.outputCount }

    init(_ layout: MixtureLayout, smoothness: Float) {
        self.layout = layout
        self.smoothness = Double(smoothness)
        values = []
        values = [Double](repeating: 0, count: layout.gaussianCount * width)
    }

    /// Gives every example to the nearest of as many seeds, which lie far from one another (k-means++), and starts from there.
    func start(_ rows: Floats, _ targets: Floats, count: Int, seed: UInt64, into words: UnsafeMutablePointer<Float>) {
        var random = SeededRandom(seed: seed)
        let width = layout.directionCount
        var seeds = [random.index(below: count)]
        var nearest = [Float](repeating: .greatestFiniteMagnitude, count: count)
        var owner = [Int](repeating: 0, count: count)
        while true {
            var total: Float = 0
            for row in 0..<count {
                var distance: Float = 0
                for i in 0..<width {
                    let difference = rows[row * width + i] - rows[seeds.last! * width + i]
                    distance += difference * difference
                }
                if distance < nearest[row] {
                    nearest[row] = distance
                    owner[row] = seeds.count - 1
                }
                total += nearest[row]
            }
            if seeds.count == layout.gaussianCount || !(total > 0) { break }
            var left = random.uniform() * total
            var chosen = 0
            for row in 0..<count where left >= 0 {
                left -= nearest[row]
                chosen = row
            }
            seeds.append(chosen)
        }
        for row in 0..<count {
            shares.clear()
            shares[owner[row]] = 1
            collect(rows.pointer + row * width, targets.pointer + row * layout.outputCount, words)
        }
        _ = finish(into: words)
        previous = -.infinity
    }

    /// Divides an example among the Gaussians, by inputs and targets, and adds it.
    func add(_ row: UnsafePointer<Float>, _ wanted: UnsafePointer<Float>, _ words: UnsafePointer<Float>) {
        var largest = -Float.greatestFiniteMagnitude
        for k in 0..<layout.gaussianCount {
            let gaussian = words + layout.gaussians + k * layout.gaussianWords
            var log = layout.logDensity(gaussian, row, centred: centred.pointer)
            for target in 0..<layout.outputCount where !wanted[target].isNaN {
                let rule = gaussian + layout.rules + target * layout.ruleWords
                let error = wanted[target] - layout.expected(rule, centred.pointer)
                log -= 0.5 * (error * error / rule[1] + fastLog(rule[1]))
            }
            shares[k] = log
            if log > largest { largest = log }
        }
        var total: Float = 0
        for k in 0..<layout.gaussianCount {
            shares[k] = fastExp(shares[k] - largest)
            total += shares[k]
        }
        for k in 0..<layout.gaussianCount { shares[k] /= total }
        logLikelihood += Double(largest + fastLog(total))
        collect(row, wanted, words)
    }

    private func collect(_ row: UnsafePointer<Float>, _ wanted: UnsafePointer<Float>, _ words: UnsafePointer<Float>) {
        let n = layout.directionCount
        count += 1
        values.withUnsafeMutableBufferPointer { values in
            for k in 0..<layout.gaussianCount where shares[k] > 1e-6 {
                let share = Double(shares[k])
                let sums = values.baseAddress! + k * width
                let gaussian = words + layout.gaussians + k * layout.gaussianWords
                sums[0] += share
                for i in 0..<n {
                    let weighted = share * Double(row[i])
                    sums[inputs + i] += weighted
                    for j in 0...i { sums[products + i * n + j] += weighted * Double(row[j]) }
                }
                for target in 0..<layout.outputCount {
                    var value = wanted[target]
                    if value.isNaN {
                        for i in 0..<n { centred[i] = row[i] - gaussian[layout.mean + i] }
                        let rule = gaussian + layout.rules + target * layout.ruleWords
                        value = layout.expected(rule, centred.pointer)
                        sums[squares + target] += share * Double(rule[1])
                    }
                    let weighted = share * Double(value)
                    sums[targets + target] += weighted
                    sums[squares + target] += weighted * Double(value)
                    for i in 0..<n { sums[crosses + target * n + i] += weighted * Double(row[i]) }
                }
            }
        }
    }

    /// Ends a round: new Gaussians from the sums. Says whether the likelihood no longer grows.
    func finish(into words: UnsafeMutablePointer<Float>) -> Bool {
        for k in 0..<layout.gaussianCount {
            maximise(k, into: words + layout.gaussians + k * layout.gaussianWords)
        }
        let isSettled = logLikelihood - previous < 1e-4 * count
        previous = logLikelihood
        logLikelihood = 0
        count = 0
        for i in values.indices { values[i] = 0 }
        return isSettled
    }

    private func maximise(_ k: Int, into words: UnsafeMutablePointer<Float>) {
        let n = layout.directionCount
        let sums = values[k * width..<(k + 1) * width].map { $0 }
        let weight = sums[0]
        // A Gaussian that has lost its examples keeps its place and no longer speaks.
        if weight < 1e-3 {
            words[0] = -1e5
            for target in 0..<layout.outputCount { words[layout.rules + target * layout.ruleWords + 1] = 1 }
            return
        }
        let mean = (0..<n).map { sums[inputs + $0] / weight }
        var covariance = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0...i { covariance[i * n + j] = sums[products + i * n + j] / weight - mean[i] * mean[j] }
            covariance[i * n + i] = max(0, covariance[i * n + i]) + smoothness
        }
        let whitening = invertedCholesky(covariance, n)
        var log = ExactMath.logarithm(weight / max(count, 1))
        for i in 0..<n {
            words[layout.mean + i] = Float(mean[i])
            log += ExactMath.logarithm(whitening[i * n + i])
            for j in 0..<n { words[layout.whitening + i * n + j] = Float(whitening[i * n + j]) }
        }
        words[0] = Float(log)
        for target in 0..<layout.outputCount {
            fitRule(sums, target, mean, whitening, into: words + layout.rules + target * layout.ruleWords)
        }
    }

    /// The linear rule of one target: the covariance with the inputs times the inverse of theirs.
    private func fitRule(
        _ sums: [Double], _ target: Int, _ mean: [Double], _ whitening: [Double], into rule: UnsafeMutablePointer<Float>
    ) {
        let n = layout.directionCount
        let weight = sums[0]
        let centre = sums[targets + target] / weight
        let cross = (0..<n).map { sums[crosses + target * n + $0] / weight - centre * mean[$0] }
        var white = [Double](repeating: 0, count: n)
        for i in 0..<n { for j in 0...i { white[i] += whitening[i * n + j] * cross[j] } }
        var explained = 0.0
        for i in 0..<n {
            var slope = 0.0
            for j in i..<n { slope += whitening[j * n + i] * white[j] }
            rule[2 + i] = Float(slope)
            explained += slope * cross[i]
        }
        let variance = sums[squares + target] / weight - centre * centre - explained
        rule[0] = Float(centre)
        rule[1] = Float(max(0, variance) + 1e-4)
    }
}

/// The inverse of the lower Cholesky factor of a symmetric matrix that is given by its lower triangle.
func invertedCholesky(_ matrix: [Double], _ n: Int) -> [Double] {
    var factor = matrix
    var inverse = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
        for j in 0...i {
            var sum = matrix[i * n + j]
            for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
            factor[i * n + j] = i == j ? max(sum, 1e-12).squareRoot() : sum / factor[j * n + j]
        }
    }
    for column in 0..<n {
        inverse[column * n + column] = 1 / factor[column * n + column]
        for i in column + 1..<max(n, column + 1) {
            var sum = 0.0
            for k in column..<i { sum -= factor[i * n + k] * inverse[k * n + column] }
            inverse[i * n + column] = sum / factor[i * n + i]
        }
    }
    return inverse
}
