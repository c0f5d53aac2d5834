import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

/// RapidLib's model sets: a network or the nearest examples for each output.
///
/// Reference: the JSON that RapidLib's getJSON writes, version v0.1.1. Its networks have sigmoid units,
/// s(x) = (1 + tanh(x / 2)) / 2, so that they become ours, and ours become theirs, without being trained again.
extension Exchange {
    /// Whether JSON is a model set.
    public static func isRapidLib(_ json: JSON) -> Bool { json["modelSet"]?.list != nil }

    /// Reads a model set.
    public init(rapidLib json: JSON) throws(StarlingError) {
        let models = json["modelSet"]?.list ?? []
        let names = json["metadata"]?["inputNames"]?.list?.compactMap { $0.text } ?? models.first?["inputNames"]?.list?.compactMap { $0.text } ?? []
        let count = json.number(in: "metadata", "numInputs").map { Int($0) } ?? names.count
        guard count > 0, !models.isEmpty else { throw StarlingError("this model set has no inputs or no models") }
        let inputNames = names.count == count ? names : WekinatorSetup.inputNames(count)
        var exchange = Exchange(WekinatorSetup(inputNames: inputNames, outputs: []))
        for (i, model) in models.enumerated() { try exchange.add(model, "outputs-" + Text(i + 1), of: count) }
        try exchange.setup.check()
        self = exchange
        joinExamples()
    }

    /// Examples of the outputs read so far, each with all others unknown.
    private mutating func add(_ model: JSON, _ name: Text, of count: Int) throws(StarlingError) {
        let which = model["whichInputs"]?.list?.compactMap { $0.anyNumber.map { Int($0) } } ?? Array(0..<count)
        guard which.allSatisfy({ 0..<count ~= $0 }), !which.isEmpty else { throw StarlingError(name + Text(" has inputs that there are not")) }
        let kind = model["modelType"]?.text ?? ""
        var output: OutputSetup
        var learned: Weights?
        if kind == "Neural Network" {
            output = .continuous(name)
            learned = try Exchange.network(model, inputCount: which.count, name)
        } else if kind.lowercased.hasPrefix("knn") {
            let examples = model["examples"]?.list ?? []
            let classes = examples.compactMap { $0["class"]?.anyNumber.map { Int($0) } }
            let isClassification = !kind.lowercased.contains("regression")
            guard classes.count == examples.count, classes.allSatisfy({ 0...255 ~= $0 }) else { throw StarlingError(name + Text(" has examples without a class 0...255")) }
            output = isClassification ? OutputSetup(name: name, kind: .categories(count: max(1, classes.max() ?? 1))) : .continuous(name)
            output.model = "knn"
            output.settings = [Float(max(1, min(64, model["k"]?.anyNumber ?? 1))), 0]
            try take(examples, classes, which, of: count, name)
        } else {
            throw StarlingError(Text("the model type ") + kind + Text(" cannot be read; it can be Neural Network or kNN Classification"))
        }
        output.inputs = which == Array(0..<count) ? nil : which
        setup.outputs.append(output)
        weights.append(learned)
    }

    private mutating func take(_ list: [JSON], _ classes: [Int], _ which: [Int], of count: Int, _ name: Text) throws(StarlingError) {
        for (example, number) in zip(list, classes) {
            let features = example["features"]?.list?.compactMap { $0.anyNumber } ?? []
            guard features.count == which.count else { throw StarlingError(name + Text(" has an example with the wrong number of features")) }
            var row = [Float](repeating: 0, count: count)
            for (feature, input) in zip(features, which) { row[input] = Float(feature) }
            examples.inputs += row
            // The output this value belongs to is found by its place when all are known.
            examples.outputs += [Float(setup.outputs.count), Float(number)]
            examples.rounds.append(1)
        }
    }

    /// Makes whole rows of outputs from pairs of output and value.
    private mutating func joinExamples() {
        var outputs = [Float](repeating: .nan, count: examples.count * setup.outputs.count)
        for row in 0..<examples.count {
            outputs[row * setup.outputs.count + Int(examples.outputs[2 * row])] = examples.outputs[2 * row + 1]
        }
        examples.outputs = outputs
        if weights.contains(where: { $0 != nil }) {
            notices.append("Networks came without the examples they learned from: they run, but training starts from new examples.")
        }
    }

    private static func network(_ model: JSON, inputCount: Int, _ name: Text) throws(StarlingError) -> Weights {
        guard model.number("numHiddenLayers") ?? 1 == 1 else {
            throw StarlingError(name + Text(" has more than one hidden layer, which cannot be carried over"))
        }
        let nodes = model["nodes"]?.list ?? []
        let names = model["inputNames"]?.list?.compactMap { $0.text } ?? WekinatorSetup.inputNames(inputCount)
        let hidden = nodes.filter { ($0["name"]?.text ?? "").hasPrefix("Sigmoid") }
        guard let linear = nodes.first(where: { ($0["name"]?.text ?? "").hasPrefix("Linear") }), !hidden.isEmpty, names.count == inputCount
        else { throw StarlingError(name + Text(" lacks nodes or input names")) }
        let bases = model.numbers("inBases") ?? []
        let ranges = model.numbers("inRanges") ?? []
        guard bases.count == inputCount, ranges.count == inputCount else { throw StarlingError(name + Text(" lacks inBases or inRanges")) }
        let outgoing = hidden.indices.map { Float(linear.number("Node " + Text($0 + 1)) ?? 0) }
        let layers = NetworkLayers(
            means: bases, scales: ranges.map { $0 == 0 ? 0 : 1 / $0 },
            hidden: hidden.map { node in names.map { Float(node.number("Attrib " + $0) ?? 0) / 2 } },
            hiddenBiases: hidden.map { Float($0.number("Threshold") ?? 0) / 2 },
            outgoing: [outgoing.map { $0 / 2 }],
            outgoingBiases: [Float(linear.number("Threshold") ?? 0) + outgoing.reduce(0) { $0 + $1 / 2 }],
            centres: [Float(model.number("outBase") ?? 0)], spreads: [Float(model.number("outRange") ?? 1)])
        guard let weights = layers.weights(outputKeys: [0]) else {
            throw StarlingError(name + Text(" has more than 128 hidden nodes or numbers beyond all bounds"))
        }
        return weights
    }
}

extension JSON {
    /// A float in the fewest digits that read back as the same.
    static func shortest(_ value: Float) -> JSON { .number(Text(shortest: value).double ?? Double(value)) }

    /// A number, also where it is written as a text.
    var anyNumber: Double? { number ?? text?.double }

    func number(_ name: Text) -> Double? { self[name]?.anyNumber }
    func number(in object: Text, _ name: Text) -> Double? { self[object]?.number(name) }

    /// A list of nothing but numbers.
    func numbers(_ name: Text) -> [Float]? {
        guard let list = self[name]?.list else { return nil }
        let numbers = list.compactMap { $0.anyNumber.map { Float($0) } }
        return numbers.count == list.count ? numbers : nil
    }
}
