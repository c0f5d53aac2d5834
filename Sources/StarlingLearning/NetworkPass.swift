import StarlingMath

/// One pass over a chunk of examples: outputs, loss, and the gradient of the loss.
///
/// Method: back-propagation with all examples of a chunk in each matrix product.
final class NetworkPass {
    /// What a pass, or several, came to.
    struct Result {
        /// The sum over examples: cross-entropy for categories, half the squared error for targets.
        var loss = 0.0
        var errors = ErrorTally()
    }

    private let shape: NetworkShape
    private let task: Task
    private let spreads: Floats
    private let outputs: Floats
    private let unitDeltas: Floats
    private let turnedWeights: Floats
    /// Sums of the slope of each unit over examples, and of its square.
    private let slopes: Floats
    private let squaredSlopes: Floats
    private var slopeCount: Float = 0
    /// Room for the units of a chunk.
    let units: Floats
    /// How many examples one chunk has: as many as keep it at a few million multiply-adds, at most 64.
    let chunkSize: Int

    init(_ shape: NetworkShape, task: Task, spreads: Floats) {
        self.shape = shape
        self.task = task
        self.spreads = spreads
        chunkSize = min(64, max(4, 1_000_000 / shape.parameterCount & ~3))
        units = Floats(chunkSize * shape.unitCount)
        outputs = Floats(chunkSize * shape.outputWidth)
        unitDeltas = Floats(units.count)
        turnedWeights = Floats(shape.unitCount * shape.outputWidth)
        slopes = Floats(shape.unitCount)
        squaredSlopes = Floats(shape.unitCount)
    }

    /// Multiply-adds of a pass with gradient for one example.
    var workPerExample: Int { 3 * shape.parameterCount + 10 * shape.unitCount }

    /// Works out the hidden units of `count` rows, at most `chunkSize`.
    func respond(
        _ parameters: UnsafePointer<Float>, _ rows: NetworkRows, first: Int, count: Int,
        into units: UnsafeMutablePointer<Float>
    ) {
        StarlingLearning.respond(
            shape, parameters, inputs: rows.inputs.pointer + first * shape.inputWidth, inputWidth: shape.inputWidth,
            rows: count, units: units)
    }

    /// Goes on from hidden units to the loss; adds the gradient of loss times `factor` where one is wanted.
    ///
    /// - Parameter movesOutputs: Whether the gradient over output weights is wanted as well.
    func run(
        _ parameters: UnsafePointer<Float>, _ rows: NetworkRows, first: Int, count: Int,
        units: UnsafePointer<Float>, gradient: Floats?, movesOutputs: Bool = false, factor: Float,
        _ result: inout Result
    ) {
        combine(shape, parameters, units: units, rows: count, outputs: outputs.pointer)
        for row in 0..<count { compare(row, rows, first + row, factor, &result) }
        guard let gradient = gradient?.pointer else { return }
        if movesOutputs { backToOutputWeights(units, count, gradient) }
        backToUnits(parameters, units, count)
        addProduct(
            into: gradient, rows: shape.inputCount, width: shape.unitCount, depth: count,
            .columns(rows.inputs.pointer + first * shape.inputWidth, width: shape.inputWidth), unitDeltas.pointer)
        addRowSum(into: gradient + shape.unitBiases, unitDeltas.pointer, rows: count, width: shape.unitCount)
    }

    /// Adds up the loss of one example and puts its derivative in place of the outputs.
    private func compare(_ row: Int, _ rows: NetworkRows, _ example: Int, _ factor: Float, _ result: inout Result) {
        let y = outputs.pointer + row * shape.outputWidth
        let wanted = rows.targets.pointer + example * shape.outputWidth
        let weight = rows.weights[example]
        if task == .categories {
            applySoftmax(y, spreads: spreads.pointer, count: shape.outputCount)
            let answer = indexOfLargest(y, count: shape.outputCount)
            let label = indexOfLargest(wanted, count: shape.outputCount)
            result.errors.add(isWrong: answer != label)
            result.loss -= Double(weight * fastLog(y[label]))
        }
        for output in 0..<shape.outputCount {
            let isMissing = wanted[output].isNaN
            let error = isMissing ? 0 : y[output] - wanted[output]
            if task == .continuous, spreads[output] > 0, !isMissing {
                result.errors.add(square: error * error)
                result.loss += Double(0.5 * weight * error * error)
            }
            y[output] = error * weight * factor
        }
        for output in shape.outputCount..<shape.outputWidth { y[output] = 0 }
    }

    private func backToOutputWeights(
        _ units: UnsafePointer<Float>, _ rows: Int, _ gradient: UnsafeMutablePointer<Float>
    ) {
        addProduct(
            into: gradient + shape.outputWeights, rows: shape.unitCount, width: shape.outputWidth, depth: rows,
            .columns(units, width: shape.unitCount), outputs.pointer)
        addRowSum(into: gradient + shape.outputBiases, outputs.pointer, rows: rows, width: shape.outputWidth)
    }

    private func backToUnits(_ parameters: UnsafePointer<Float>, _ units: UnsafePointer<Float>, _ rows: Int) {
        turnWeights(parameters + shape.outputWeights)
        unitDeltas.clear()
        addProduct(
            into: unitDeltas.pointer, rows: rows, width: shape.unitCount, depth: shape.outputCount,
            .rows(outputs.pointer, width: shape.outputWidth), turnedWeights.pointer)
        for row in 0..<rows { multiplyBySlope(units + row * shape.unitCount, unitDeltas.pointer + row * shape.unitCount) }
        slopeCount += Float(rows)
    }

    private func turnWeights(_ weights: UnsafePointer<Float>) {
        for unit in 0..<shape.unitCount {
            for output in 0..<shape.outputCount {
                turnedWeights[output * shape.unitCount + unit] = weights[unit * shape.outputWidth + output]
            }
        }
    }

    /// The slope of the hyperbolic tangent is 1 minus its square.
    private func multiplyBySlope(_ y: UnsafePointer<Float>, _ deltas: UnsafeMutablePointer<Float>) {
        let sums = slopes.pointer
        let squares = squaredSlopes.pointer
        for i in stride(from: 0, to: shape.unitCount, by: 4) {
            let slope = 1 - y.four(i) * y.four(i)
            deltas.store(deltas.four(i) * slope, i)
            sums.store(sums.four(i) + slope, i)
            squares.store(squares.four(i) + slope * slope, i)
        }
    }

    /// Begins new means of slopes.
    func clearSlopes() {
        slopes.clear()
        squaredSlopes.clear()
        slopeCount = 0
    }
    /// The mean slope of a unit over the examples passed with gradient since `clearSlopes`.
    func meanSlope(_ unit: Int) -> Float { slopes[unit] / slopeCount }
    /// The mean of its square.
    func meanSquareSlope(_ unit: Int) -> Float { squaredSlopes[unit] / slopeCount }
}
