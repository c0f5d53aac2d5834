import StarlingMath

/// One kind of model: what people see of it, its settings, and how to train and run it.
///
/// A further kind is a record, a runner and a learner, each with its line in `ModelCatalogue`.
public struct ModelInfo: Sendable {
    /// The number that weights carry; never used for another kind.
    public let id: UInt16
    /// The name in files and on the command line, lower case.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// What it does and when to choose it, in plain words.
    public let help: StaticString
    /// Where the method is described.
    public let reference: StaticString
    /// What it can learn to answer.
    public let tasks: [Task]
    /// The training choices, in the order in which `Trainer` takes their values.
    public let settings: [ParameterInfo]

    /// The tasks as a set of bits.
    var taskBits: UInt8 { tasks.reduce(0) { $0 | $1.bit } }

    /// The default of every setting.
    public var defaultSettings: [Float] { settings.map { $0.defaultValue } }
}

/// All kinds of model.
///
/// Records, runners and learners are lists of their own, in one order, so that a program that only runs models is not
/// made of what trains them, and one that only describes them of neither.
public enum ModelCatalogue {
    /// The kinds, in the order in which they are shown.
    public static let all = [
        Nearest.info, Network.info, Bayes.info, Softmax.info, Mixture.info, DecisionTree.info, Boosting.info, Forest.info,
        SupportVectors.info, Ridge.info, GaussianProcess.info, RadialNetwork.info, Warping.info,
        Markov.info, MixtureRegression.info, Variation.info,
    ]

    /// What runs each kind.
    static let runners: [@Sendable (_ maximumInputs: Int, _ maximumOutputs: Int) -> Runner] = [
        { inputs, _ in NearestRunner(maximumInputs: inputs) },
        { NetworkRunner(maximumInputs: $0, maximumOutputs: $1) },
        { inputs, _ in DensityRunner(maximumInputs: inputs) },
        { LinearRunner(isRadial: false, maximumInputs: $0, maximumOutputs: $1) },
        { inputs, _ in DensityRunner(maximumInputs: inputs) },
        { _, _ in TreesRunner() },
        { _, _ in TreesRunner() },
        { _, _ in TreesRunner() },
        { SupportVectorRunner(maximumInputs: $0, maximumOutputs: $1) },
        { LinearRunner(isRadial: false, maximumInputs: $0, maximumOutputs: $1) },
        { LinearRunner(isRadial: true, maximumInputs: $0, maximumOutputs: $1) },
        { LinearRunner(isRadial: true, maximumInputs: $0, maximumOutputs: $1) },
        { WarpingRunner(maximumInputs: $0, maximumOutputs: $1) },
        { MarkovRunner(maximumInputs: $0, maximumOutputs: $1) },
        { MixtureRunner(maximumInputs: $0, maximumOutputs: $1) },
        { VariationRunner(maximumInputs: $0, maximumOutputs: $1) },
    ]

    /// What trains each kind.
    static let learners: [@Sendable (Lesson) -> Learner] = [
        { NearestLearner($0) },
        { NetworkLearner($0) },
        { DensityLearner($0, components: 1, isFull: false, floor: $0.settings[0], isBalanced: $0.settings[1] > 0.5) },
        { SoftmaxLearner($0) },
        {
            DensityLearner(
                $0, components: Int($0.settings[0]), isFull: $0.settings[1] > 0.5, floor: $0.settings[2],
                isBalanced: $0.settings[3] > 0.5)
        },
        { DecisionTree.learner($0) },
        { Boosting.learner($0) },
        { ForestLearner($0) },
        { SupportVectors.learner($0) },
        { RidgeLearner($0, degree: Int($0.settings[0]), penalty: $0.settings[1]) },
        { GaussianProcessLearner($0) },
        {
            RidgeLearner(
                $0, centres: Int($0.settings[0]), widthFactor: $0.settings[1], penalty: $0.settings[2],
                isBalanced: $0.settings[3] > 0.5)
        },
        { WarpingLearner($0) },
        { MarkovLearner($0) },
        { MixtureLearner($0) },
        { VariationLearner($0) },
    ]

    /// The kind with a name, or nil.
    public static func named(_ name: Text) -> ModelInfo? { all.first { Text($0.name) == name } }

    /// The place of a kind in the lists.
    static func index(_ id: UInt16) -> Int? { all.firstIndex { $0.id == id } }
}

extension ModelInfo {
    func makeRunner(maximumInputs: Int, maximumOutputs: Int) -> Runner {
        ModelCatalogue.runners[ModelCatalogue.index(id)!](maximumInputs, maximumOutputs)
    }

    func makeLearner(_ lesson: Lesson) -> Learner { ModelCatalogue.learners[ModelCatalogue.index(id)!](lesson) }
}
