import StarlingMath

/// A neural network with one hidden layer, which all outputs share.
///
/// The model's own words, behind those of every model (* whole number by bit pattern):
///
/// | words | content |
/// |---|---|
/// | 2 | hidden units H*, a multiple of four; rounds* of training behind the second set of parameters |
/// | O + O | centre and spread of each output, which is centre + spread x what the network says |
/// | P | parameters, see `NetworkShape` |
/// | P | parameters learned without the examples held out |
///
/// Centre and spread are mean and deviation of a target, 0 and 1 for a category, 0 and 0 for one without examples.
/// A later training goes on from the second set of parameters, so that its held-out error stays honest.
enum Network {
    static let info = ModelInfo(
        id: 2, name: "mlp", label: "Neural network",
        help: "Finds the rule behind the examples and answers smoothly between them. Best with many inputs.",
        reference: "Bishop 1995, Neural Networks for Pattern Recognition; Nocedal 1980; Kingma and Ba 2015",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "units", label: "Hidden units", range: 0...128, default: 0, curve: .stepped,
                help: "How fine a rule can be learned. 0 tries what helps; else rounded up to a multiple of four."),
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 0.01...100, default: 5, curve: .logarithmic,
                help: "How strongly a simple rule is preferred to one that fits every example."),
            ParameterInfo(
                "rounds", label: "Rounds", range: 1...Float(Network.mostRounds), default: 300, curve: .logarithmic,
                help: "The most passes over the examples; training stops earlier when it no longer helps."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    static let mostUnits = 128
    static let mostRounds = 2000
}

/// The numbers of a network and where each parameter lies.
///
/// In order: a weight for each input and unit (input after input), a bias for each unit, a weight for each
/// unit and output (unit after unit), a bias for each output. Outputs are filled up to a multiple of four.
struct NetworkShape: Equatable {
    let inputCount: Int
    let unitCount: Int
    let outputCount: Int

    /// Numbers from one example's inputs to the next one's while training.
    var inputWidth: Int { roundedUpToFour(inputCount) }
    var outputWidth: Int { roundedUpToFour(outputCount) }
    var unitBiases: Int { inputCount * unitCount }
    var outputWeights: Int { unitBiases + unitCount }
    var outputBiases: Int { outputWeights + unitCount * outputWidth }
    var parameterCount: Int { outputBiases + outputWidth }

    /// Words before the parameters in a blob.
    var headCount: Int { centres + 2 * outputCount }
    /// The word of the first output's centre.
    var centres: Int { 2 }
    var wordCount: Int { headCount + 2 * parameterCount }
}

/// Works out the hidden units for some rows of standardised inputs, `inputWidth` apart.
func respond(
    _ shape: NetworkShape, _ parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, inputWidth: Int,
    rows: Int, units: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        (units + row * shape.unitCount).update(from: parameters + shape.unitBiases, count: shape.unitCount)
    }
    addProduct(
        into: units, rows: rows, width: shape.unitCount, depth: shape.inputCount,
        .rows(inputs, width: inputWidth), parameters)
    applyTanh(units, count: rows * shape.unitCount)
}

/// Works out raw outputs from the hidden units of some rows.
func combine(
    _ shape: NetworkShape, _ parameters: UnsafePointer<Float>, units: UnsafePointer<Float>, rows: Int,
    outputs: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        (outputs + row * shape.outputWidth).update(from: parameters + shape.outputBiases, count: shape.outputWidth)
    }
    addProduct(
        into: outputs, rows: rows, width: shape.outputWidth, depth: shape.unitCount,
        .rows(units, width: shape.unitCount), parameters + shape.outputWeights)
}

/// Turns raw outputs into certainties that sum to 1; a category with spread 0 gets none.
func applySoftmax(_ values: UnsafeMutablePointer<Float>, spreads: UnsafePointer<Float>, count: Int) {
    var largest = -Float.greatestFiniteMagnitude
    for i in 0..<count where spreads[i] > 0 && values[i] > largest { largest = values[i] }
    var total: Float = 0
    for i in 0..<count {
        values[i] = spreads[i] > 0 ? fastExp(values[i] - largest) : 0
        total += values[i]
    }
    for i in 0..<count { values[i] /= total }
}
