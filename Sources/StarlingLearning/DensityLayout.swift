import StarlingMath

/// Where the parts of the words of normal densities lie (* whole number by bit pattern):
///
/// | words | content |
/// |---|---|
/// | 2 | components K*, and 1* where covariances are diagonal or 2* where they are full |
/// | K | category of each component* |
/// | K | logarithm of its prior and share, less half the logarithm of its covariance's determinant |
/// | K x I | mean, standardised; I rounded up to a multiple of four here and below |
/// | K x W | diagonal: one divided by each deviation (W = I). Full: the inverse of the lower Cholesky factor of the
/// covariance, row after row, each filled up to a multiple of four |
struct DensityLayout {
    static let mostComponents = 8 * LearningLimits.outputs
    /// Above this many inputs full covariances cost too much, and diagonal ones are used.
    static let mostFullInputs = 64

    let inputCount: Int
    let componentCount: Int
    let isFull: Bool

    /// As many of the components wanted for each category, and as full, as fit into `LearningLimits.words`.
    static func fitting(
        _ components: Int, _ isFull: Bool, categories: Int, inputCount: Int
    ) -> (components: Int, isFull: Bool) {
        let isFull = isFull && inputCount <= mostFullInputs
        let one = DensityLayout(inputCount: inputCount, componentCount: categories, isFull: isFull)
        let most = LearningLimits.bodyWords / one.wordCount
        if most == 0 && isFull { return fitting(components, false, categories: categories, inputCount: inputCount) }
        return (max(1, min(components, most)), isFull)
    }

    var width: Int { roundedUpToFour(inputCount) }
    var categories: Int { 2 }
    var offsets: Int { categories + componentCount }
    var means: Int { offsets + componentCount }
    var factors: Int { means + componentCount * width }
    var wordCount: Int { factors + componentCount * factorWidth }
    var factorWidth: Int {
        if !isFull { return width }
        // Rows 4q...4q+3 are 1 to 4 longer than 4q: filled up 4q + 4 each.
        let whole = inputCount / 4
        return 8 * whole * (whole + 1) + inputCount % 4 * 4 * (whole + 1)
    }

    /// The logarithm of a component's density at standardised inputs (filled up with zeros), up to a constant.
    func logDensity(
        _ component: Int, _ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, scratch z: UnsafeMutablePointer<Float>
    ) -> Float {
        add(x, words + means + component * width, times: -1, into: z, count: width)
        var factor = words + factors + component * factorWidth
        var sum: Float = 0
        if isFull {
            for row in 0..<inputCount {
                let length = roundedUpToFour(row + 1)
                let y = dot(factor, z, count: length)
                sum += y * y
                factor += length
            }
        } else {
            var squares = SIMD4<Float>.zero
            for i in stride(from: 0, to: width, by: 4) {
                let y = factor.four(i) * z.four(i)
                squares += y * y
            }
            sum = squares[0] + squares[1] + (squares[2] + squares[3])
        }
        return words[offsets + component] - 0.5 * sum
    }

    /// The certainty of each category at standardised inputs.
    func answer(
        _ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
        logs: UnsafeMutablePointer<Float>, into outputs: UnsafeMutablePointer<Float>, outputCount: Int
    ) {
        var largest = -Float.greatestFiniteMagnitude
        for component in 0..<componentCount {
            logs[component] = logDensity(component, words, x, scratch: scratch)
            if logs[component] > largest { largest = logs[component] }
        }
        for output in 0..<outputCount { outputs[output] = 0 }
        var total: Float = 0
        for component in 0..<componentCount {
            let share = fastExp(logs[component] - largest)
            outputs[Int(wholeNumber(words, categories + component))] += share
            total += share
        }
        for output in 0..<outputCount { outputs[output] /= total }
    }
}
