import StarlingLearning
import StarlingMath

/// What goes in and out: the names, numbers and kinds that a Wekinator project is made of.
public struct WekinatorSetup: Equatable, Sendable {
    /// The project's name.
    public var name: Text = "Untitled"
    /// The address of one frame of inputs.
    public var inputAddress: Text = "/wek/inputs"
    /// The UDP port where frames are expected by whoever opens the project.
    public var inputPort = 6448
    /// A name for each input; empty until the first frame says how many there are.
    public var inputNames: [Text]
    /// The address of one message of outputs.
    public var outputAddress: Text = "/wek/outputs"
    /// The outputs, in the order of their numbers 1...N.
    public var outputs: [OutputSetup]

    /// A setup from its parts.
    public init(inputNames: [Text], outputs: [OutputSetup]) {
        self.inputNames = inputNames
        self.outputs = outputs
    }

    /// Names for a number of inputs as Wekinator gives them: `inputs-1` and so on.
    public static func inputNames(_ count: Int) -> [Text] { (0..<count).map { "inputs-" + Text($0 + 1) } }

    /// Numbers in one message of outputs: one an output, for gestures one a gesture.
    public var messageWidth: Int { outputs.reduce(0) { $0 + $1.width } }

    /// Throws a sentence where there is more than a project can hold.
    public func check() throws(StarlingError) {
        guard inputNames.count <= LearningLimits.inputs else {
            throw StarlingError("There are more than 1024 inputs, which is the limit.")
        }
        guard 1...WekinatorSetup.mostOutputs ~= outputs.count else {
            throw StarlingError(
                Text("There are ") + Text(outputs.count) + Text(" outputs, but there can be 1 to 16. Split the project."))
        }
        for (i, output) in outputs.enumerated() {
            if outputs[..<i].contains(where: { $0.name == output.name }) {
                throw StarlingError(Text("Two outputs are called ") + output.name + Text("; give each a name of its own."))
            }
            try output.check()
        }
    }

    /// As many as a project has models.
    public static let mostOutputs = 16
}

/// One output: what it says and what learns it.
public struct OutputSetup: Equatable, Sendable {
    /// What an output says.
    public enum Kind: Equatable, Sendable {
        /// One of the classes 1...`count`, or 0, which nobody need use.
        case categories(count: Int)
        /// A number. A whole one is cut towards zero; a hard one never leaves its range.
        case continuous(minimum: Float, maximum: Float, isWhole: Bool, isHard: Bool)
        /// How far the last frames are from each of `count` gestures.
        case gestures(count: Int)
    }

    /// Its name, which is the address of its distribution too.
    public var name: Text
    /// What it says.
    public var kind: Kind
    /// The kind of model in the catalogue; not used for gestures.
    public var model: Text
    /// Values for the model's settings.
    public var settings: [Float]
    /// Whether the certainties of all classes are sent too.
    public var sendsDistribution = false
    /// For gestures the addresses that say which was recognised.
    public var messages: [Text] = []
    /// The distance below which a gesture is recognised while it is made.
    public var threshold: Float = 5
    /// Whether a gesture is named once, when running stops: the closest to all frames since it began.
    public var isNamedOnce = false
    /// The inputs it learns from, from 0; nil for all.
    public var inputs: [Int]?

    /// An output with the model that Wekinator would choose: the nearest example for classes, a network for numbers.
    public init(name: Text, kind: Kind) {
        self.name = name
        self.kind = kind
        switch kind {
        case .categories: (model, settings) = ("knn", [1, 0])
        case .continuous: (model, settings) = ("mlp", OutputSetup.quickNetwork)
        case .gestures(let count):
            (model, settings) = ("dtw", [])
            let stem = name == "outputs-1" ? Text("output") : name
            messages = (0..<count).map { "/" + stem + "_" + Text($0 + 1) }
        }
    }

    /// The settings of a small network: Wekinator's has as many units as inputs, and players wait for the end of a training.
    private static var quickNetwork: [Float] {
        ModelCatalogue.named("mlp")?.settings.map { Text($0.name) == "units" ? 16 : $0.defaultValue } ?? []
    }

    /// An output in the default range of Wekinator: 0...1, which it may leave.
    public static func continuous(_ name: Text) -> OutputSetup {
        OutputSetup(name: name, kind: .continuous(minimum: 0, maximum: 1, isWhole: false, isHard: false))
    }

    /// Numbers in the message of outputs.
    public var width: Int { if case .gestures(let count) = kind { count } else { 1 } }
    /// Whether it is a set of gestures.
    public var isGestures: Bool { if case .gestures = kind { true } else { false } }
    /// Classes with class 0; 0 for other kinds.
    public var classCount: Int { if case .categories(let count) = kind { count + 1 } else { 0 } }
    /// What its model learns.
    var task: Task { classCount > 0 ? .categories : .continuous }

    /// Whether a value may be set for the examples to come.
    func allows(_ value: Float) -> Bool {
        switch kind {
        case .categories(let count): value.rounded(.towardZero) == value && (0...Float(count)).contains(value)
        case .continuous(let minimum, let maximum, _, let isHard):
            value.isFinite && (!isHard || (minimum...maximum).contains(value))
        case .gestures: true
        }
    }

    /// Where a value lies in the range: 0...1, and beyond for what leaves it.
    func position(_ value: Float) -> Float {
        if case .continuous(let minimum, let maximum, _, _) = kind { (value - minimum) / (maximum - minimum) } else { value }
    }

    /// The value at a position, as it is sent.
    func value(_ position: Float) -> Float {
        guard case .continuous(let minimum, let maximum, _, _) = kind else { return position }
        return corrected(minimum + position * (maximum - minimum))
    }

    /// A prediction as it is sent.
    func corrected(_ value: Float) -> Float {
        guard case .continuous(let minimum, let maximum, let isWhole, let isHard) = kind else { return value }
        let limited = isHard ? max(minimum, min(maximum, value)) : value
        return isWhole ? limited.rounded(.towardZero) : limited
    }

    func check() throws(StarlingError) {
        switch kind {
        case .categories(let count), .gestures(let count):
            guard 1..<LearningLimits.outputs ~= count else {
                throw StarlingError(
                    Text("The output ") + name + Text(" has ") + Text(count) + Text(" classes; it can have 1 to 255."))
            }
        case .continuous(let minimum, let maximum, _, _):
            guard minimum < maximum else {
                throw StarlingError(Text("The output ") + name + Text(" needs a minimum below its maximum."))
            }
        }
        guard isGestures || ModelCatalogue.named(model) != nil else {
            throw StarlingError(Text("The output ") + name + Text(" asks for the model ") + model + Text(", which there is not."))
        }
    }
}
