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
    public static let all = [Nearest.info, Network.info, Warping.info]

    /// What runs each kind.
    static let runners: [@Sendable (_ maximumInputs: Int, _ maximumOutputs: Int) -> Runner] = [
        { inputs, _ in NearestRunner(maximumInputs: inputs) },
        { inputs, outputs in NetworkRunner(maximumInputs: inputs, maximumOutputs: outputs) },
        { inputs, outputs in WarpingRunner(maximumInputs: inputs, maximumOutputs: outputs) },
    ]

    /// What trains each kind.
    static let learners: [@Sendable (Lesson) -> Learner] = [
        { NearestLearner($0) },
        { NetworkLearner($0) },
        { WarpingLearner($0) },
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
