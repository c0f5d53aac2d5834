import StarlingMath

/// The nearest examples decide: each of the k nearest speaks for its category or targets, the nearer the louder.
///
/// The model's own words, behind those of every model (* whole numbers by bit pattern; W is 1 for categories):
///
/// | words | content |
/// |---|---|
/// | 2 | k*, examples N* |
/// | O | how much an example of each category counts; of targets the mean, for where no neighbour has it |
/// | I + I | lowest value of each input, and one divided by its range (0 for an input that does not vary) |
/// | N x W | category or targets of each example; a missing target is the largest of all floats |
/// | N/16 x I x 16 | inputs in 0...1, in blocks of 16 examples: the first input of all 16, then the second |
///
/// Where the examples would not all fit into `LearningLimits.words`, some are chosen: see `Thinning`. With 13 inputs there
/// is room for 36,000, with 128 for 3,900.
enum Nearest {
    static let info = ModelInfo(
        id: 1, name: "knn", label: "Nearest examples",
        help: "Answers as the most similar examples did. Right from the first example; best with few inputs.",
        reference: "Cover and Hart 1967, Nearest neighbor pattern classification; weights after Dudani 1976",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "neighbours", label: "Neighbours", range: 1...64, default: 5, curve: .stepped,
                help: "How many of the nearest examples decide; more answer more smoothly."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    static let blockSize = 16
    /// What stands for a target that an example lacks.
    static let missing = Float.greatestFiniteMagnitude

    /// How many examples there is room for.
    static func mostExamples(_ examples: Examples) -> Int {
        let head = 2 + examples.outputCount + 2 * examples.inputCount
        let room = LearningLimits.bodyWords - head - (blockSize - 1) * examples.inputCount
        return room / (examples.inputCount + examples.outputWidth)
    }
}

/// Where the parts of the words lie.
struct NearestLayout {
    let task: Task
    let inputCount: Int
    let outputCount: Int
    let exampleCount: Int

    var outputWidth: Int { task == .categories ? 1 : outputCount }
    var blockCount: Int { (exampleCount + Nearest.blockSize - 1) / Nearest.blockSize }
    var outputWeights: Int { 2 }
    var lows: Int { outputWeights + outputCount }
    var rangeScales: Int { lows + inputCount }
    var outputs: Int { rangeScales + inputCount }
    var blocks: Int { outputs + exampleCount * outputWidth }
    var wordCount: Int { blocks + blockCount * Nearest.blockSize * inputCount }

    /// The word of an input of an example.
    func place(example: Int, input: Int) -> Int {
        let block = example / Nearest.blockSize
        return blocks + (block * inputCount + input) * Nearest.blockSize + example % Nearest.blockSize
    }
}

/// An input as a share of its range; inputs far outside are limited so that distances stay finite.
@inline(__always) func shareOfRange(_ x: Float, low: Float, scale: Float) -> Float {
    clamp((x - low) * scale, -1e6, 1e6)
}
