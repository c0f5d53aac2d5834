import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

/// A project on its way between formats, and what could not be carried over.
public struct Exchange: Sendable {
    /// Names and kinds of all that goes in and out.
    public var setup: WekinatorSetup
    /// The examples.
    public var examples = WekinatorExamples()
    /// Learned weights of outputs, where there are any; numbers are positions in their range.
    public var weights: [Weights?]
    /// What was lost or changed, in sentences.
    public var notices: [Text] = []

    /// A setup without examples.
    public init(_ setup: WekinatorSetup) {
        self.setup = setup
        weights = setup.outputs.map { _ in nil }
    }

    /// What a project file holds.
    public init(project bytes: [UInt8]) throws(StarlingError) {
        let teller = Teller()
        let wekinator = try Wekinator(contents: try ProjectFile.read(bytes), host: teller)
        self.init(wekinator.setup)
        examples = wekinator.examples
        weights = setup.outputs.indices.map { wekinator.weights(of: $0) }
        notices = teller.sentences
    }

    /// As a project file. Outputs that have examples and no weights are trained.
    public mutating func projectFile() throws(StarlingError) -> [UInt8] {
        let teller = Teller()
        let wekinator = try Wekinator(setup: setup, host: teller)
        wekinator.add(examples)
        for (i, weights) in weights.enumerated() {
            if let weights, !wekinator.adopt(weights, for: i) {
                notices.append(Text("The model of ") + setup.outputs[i].name + Text(" does not fit its output and was left out."))
            }
        }
        if examples.count > 0, weights.contains(where: { $0 == nil }) {
            wekinator.train()
            while wekinator.step(work: 1 << 24, at: 0) {}
        }
        notices += teller.sentences
        return try wekinator.projectFile()
    }
}

extension Exchange {
    /// An output's network taken apart, which answers in the output's units; nil where it has none.
    func network(of output: Int) -> NetworkLayers? {
        guard var layers = weights[output].flatMap({ NetworkLayers($0) }) else { return nil }
        guard case .continuous(let minimum, let maximum, _, _) = setup.outputs[output].kind else { return layers }
        layers.centres = layers.centres.map { minimum + $0 * (maximum - minimum) }
        layers.spreads = layers.spreads.map { $0 * (maximum - minimum) }
        return layers
    }
}

/// Listens to what a Wekinator has to say.
private final class Teller: WekinatorHost {
    var sentences: [Text] = []
    override func tell(_ weight: Weight, _ sentence: Text) { if weight == .warning { sentences.append(sentence) } }
}
