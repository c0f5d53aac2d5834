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
    private let units: Floats
    private let outputs: Floats
    private let unitDeltas: Floats
    private let turnedWeights: Floats
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
    }

    /// Multiply-adds of a pass with gradient for one example.
    var workPerExample: Int { 3 * shape.parameterCount + 10 * shape.unitCount }

    /// Passes `rows` examples, at most `chunkSize`; adds the gradient of loss times `factor` where one is wanted.
    func run(
        _ parameters: UnsafePointer<Float>, _ rows: NetworkRows, first: Int, count: Int,
        gradient: Floats?, factor: Float, _ result: inout Result
    ) {
        let inputs = rows.inputs.pointer + first * shape.inputCount
        forward(shape, parameters, inputs: inputs, rows: count, units: units.pointer, outputs: outputs.pointer)
        for row in 0..<count { compare(row, rows, first + row, factor, &result) }
        if let gradient { backward(parameters, inputs, count, gradient.pointer) }
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

    private func backward(
        _ parameters: UnsafePointer<Float>, _ inputs: UnsafePointer<Float>, _ rows: Int,
        _ gradient: UnsafeMutablePointer<Float>
    ) {
        let deltas = outputs.pointer
        addProduct(
            into: gradient + shape.outputWeights, rows: shape.unitCount, width: shape.outputWidth, depth: rows,
            .columns(units.pointer, width: shape.unitCount), deltas)
        addRowSum(into: gradient + shape.outputBiases, deltas, rows: rows, width: shape.outputWidth)
        turnWeights(parameters + shape.outputWeights)
        unitDeltas.clear()
        addProduct(
            into: unitDeltas.pointer, rows: rows, width: shape.unitCount, depth: shape.outputCount,
            .rows(deltas, width: shape.outputWidth), turnedWeights.pointer)
        multiplyBySlope(rows * shape.unitCount)
        addProduct(
            into: gradient, rows: shape.inputCount, width: shape.unitCount, depth: rows,
            .columns(inputs, width: shape.inputCount), unitDeltas.pointer)
        addRowSum(into: gradient + shape.unitBiases, unitDeltas.pointer, rows: rows, width: shape.unitCount)
    }

    private func turnWeights(_ weights: UnsafePointer<Float>) {
        for unit in 0..<shape.unitCount {
            for output in 0..<shape.outputCount {
                turnedWeights[output * shape.unitCount + unit] = weights[unit * shape.outputWidth + output]
            }
        }
    }

    /// The slope of the hyperbolic tangent is 1 minus its square.
    private func multiplyBySlope(_ count: Int) {
        let y = units.pointer
        let deltas = unitDeltas.pointer
        for i in stride(from: 0, to: count, by: 4) {
            deltas.store(deltas.four(i) * (1 - y.four(i) * y.four(i)), i)
        }
    }
}
