import StarlingMath

/// Roughly how the loss of a network curves, so that one step goes about as far in every direction.
///
/// The curvature over the weights into the units is taken to be that over inputs times that over units, and likewise
/// for the weights into the outputs; so two small matrices are inverted instead of a large one.
/// Reference: Martens and Grosse 2015, Optimizing neural networks with Kronecker-factored approximate curvature.
/// Here the factor of the units is Gauss and Newton's, with the slopes of different units taken as independent.
final class NetworkCurvature: Preconditioner {
    private let shape: NetworkShape
    private let pass: NetworkPass
    /// Without these the output weights are not moved, since they are solved for.
    private let outputs: LeastSquares?
    private let inputInverse: Floats?
    private let unitInverse: Floats
    private let outputInverse: Floats
    private let scratch: Floats

    /// With more inputs the matrix of their products costs more than it helps.
    private static let mostInputs = 128
    /// What is added to each diagonal, as a share of its mean: how little the approximation is believed.
    private static let damping: Float = 0.1

    /// - Parameter outputs: The sums of products of units, where output weights are moved as well.
    init(_ shape: NetworkShape, _ pass: NetworkPass, outputs: LeastSquares?) {
        self.shape = shape
        self.pass = pass
        self.outputs = outputs
        let isSmall = shape.inputCount <= NetworkCurvature.mostInputs
        inputInverse = isSmall ? Floats(shape.inputWidth * shape.inputWidth) : nil
        unitInverse = Floats(shape.unitCount * shape.unitCount)
        outputInverse = Floats((shape.unitCount + 4) * (shape.unitCount + 4))
        scratch = Floats(max(shape.outputWeights, (shape.unitCount + 1) * shape.outputWidth))
    }

    override var knowsScale: Bool { true }

    /// Multiply-adds of `addInputs` for one example; 0 where there is nothing to do.
    var workPerInput: Int { inputInverse == nil ? 0 : shape.inputWidth * shape.inputWidth / 2 }

    /// Takes in the inputs of some examples; `finishInputs` when all have been.
    func addInputs(_ inputs: UnsafePointer<Float>, rows: Int) {
        guard let inputInverse else { return }
        addSquare(into: inputInverse.pointer, width: shape.inputWidth, depth: rows, inputs)
    }

    /// Inverts the mean products of the inputs.
    func finishInputs(rowCount: Int) {
        guard let matrix = inputInverse?.pointer else { return }
        let width = shape.inputWidth
        for i in 0..<width {
            for j in 0...i {
                matrix[i * width + j] *= 1 / Float(rowCount)
                matrix[j * width + i] = matrix[i * width + j]
            }
        }
        damp(matrix, count: shape.inputCount, width: width)
        invert(positive: matrix, size: width)
    }

    /// Takes over what the last passes over all examples showed.
    override func renew(_ parameters: UnsafePointer<Float>) {
        let count = shape.unitCount
        let matrix = unitInverse.pointer
        for i in 0..<count {
            let a = parameters + shape.outputWeights + i * shape.outputWidth
            for j in 0...i {
                let b = parameters + shape.outputWeights + j * shape.outputWidth
                let slopes = i == j ? pass.meanSquareSlope(i) : pass.meanSlope(i) * pass.meanSlope(j)
                matrix[i * count + j] = dot(a, b, count: shape.outputWidth) * slopes
                matrix[j * count + i] = matrix[i * count + j]
            }
        }
        damp(matrix, count: count, width: count)
        invert(positive: matrix, size: count)
        renewOutputs()
    }

    private func renewOutputs() {
        guard let outputs else { return }
        let width = shape.unitCount + 4
        outputInverse.clear()
        outputs.copyMeans(into: outputInverse.pointer, width: width)
        damp(outputInverse.pointer, count: shape.unitCount + 1, width: width)
        invert(positive: outputInverse.pointer, size: width)
    }

    /// Adds to the diagonal; rows that only fill up become those of the unit matrix.
    private func damp(_ matrix: UnsafeMutablePointer<Float>, count: Int, width: Int) {
        var trace: Float = 0
        for i in 0..<count { trace += matrix[i * width + i] }
        let amount = NetworkCurvature.damping * trace / Float(count) + 1e-6
        for i in 0..<count { matrix[i * width + i] += amount }
        for i in count..<max(width, count) { matrix[i * width + i] = 1 }
    }

    /// Multiplies by the inverse of the curvature.
    override func apply(_ vector: UnsafeMutablePointer<Float>) {
        let units = shape.unitCount
        let byUnits = scratch.pointer
        byUnits.update(repeating: 0, count: shape.outputWeights)
        addProduct(
            into: byUnits, rows: shape.inputCount + 1, width: units, depth: units,
            .rows(vector, width: units), unitInverse.pointer)
        vector.update(from: byUnits, count: shape.outputWeights)
        if let inputInverse {
            vector.update(repeating: 0, count: shape.unitBiases)
            addProduct(
                into: vector, rows: shape.inputCount, width: units, depth: shape.inputCount,
                .rows(inputInverse.pointer, width: shape.inputWidth), byUnits)
        }
        if outputs != nil { applyToOutputs(vector + shape.outputWeights) }
    }

    private func applyToOutputs(_ vector: UnsafeMutablePointer<Float>) {
        let rows = shape.unitCount + 1
        let result = scratch.pointer
        result.update(repeating: 0, count: rows * shape.outputWidth)
        addProduct(
            into: result, rows: rows, width: shape.outputWidth, depth: rows,
            .rows(outputInverse.pointer, width: shape.unitCount + 4), vector)
        vector.update(from: result, count: rows * shape.outputWidth)
    }
}
