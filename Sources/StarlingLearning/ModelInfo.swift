import StarlingMath

/// One kind of model: what people see of it, its settings, and how to train and run it.
///
/// A further kind is one file with a learner, a runner and a record, and the record's name in `ModelCatalogue`.
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
    /// The training choices, in the order in which `Trainer` takes their values.
    public let settings: [ParameterInfo]

    let makeLearner: @Sendable (_ lesson: Lesson) -> Learner
    let makeRunner: @Sendable (_ maximumInputs: Int, _ maximumOutputs: Int) -> Runner

    /// The default of every setting.
    public var defaultSettings: [Float] { settings.map { $0.defaultValue } }
}

/// All kinds of model.
public enum ModelCatalogue {
    /// The kinds, in the order in which they are shown.
    public static let all = [Nearest.info, Network.info]

    /// The kind with a name, or nil.
    public static func named(_ name: Text) -> ModelInfo? { all.first { Text($0.name) == name } }
}
