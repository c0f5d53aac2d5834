import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

/// FluCoMa's data sets, label sets and networks.
///
/// Reference: flucoma-core, include/flucoma/data/FluidJSON.hpp. A data set is `{"cols":n,"data":{"id":[…]}}`, a label set
/// the same with one text an id; a network `{"layers":[{"weights","biases","activation","rows","cols"},…]}` with activations
/// 0 none, 1 sigmoid, 2 rectifier, 3 tanh.
extension Exchange {
    /// Which of FluCoMa's files JSON is; nil for none.
    public enum FluCoMaKind: Equatable, Sendable { case dataSet, labelSet, network }

    /// Tells what JSON is.
    public static func fluCoMaKind(_ json: JSON) -> FluCoMaKind? {
        if json["layers"]?.list != nil { return .network }
        guard json["cols"]?.number != nil, let data = json["data"]?.members else { return nil }
        return data.first?.value.list?.first?.text != nil ? .labelSet : .dataSet
    }

    /// Reads a data set, with its label set, or with a data set of targets that has the same ids.
    public init(dataSet: JSON, labels: JSON?) throws(StarlingError) {
        guard let columns = dataSet["cols"]?.number.map({ Int($0) }), 1...1024 ~= columns, let points = dataSet["data"]?.members else {
            throw StarlingError("this is no data set of 1 to 1024 columns")
        }
        guard let labels, let answers = labels["data"]?.members else {
            throw StarlingError("a data set alone says nothing of what to learn: name its label set, or a data set of targets, too")
        }
        let isWords = Exchange.fluCoMaKind(labels) == .labelSet
        var words: [Text] = []
        for answer in answers where isWords {
            if let word = answer.value.list?.first?.text, !words.contains(word) { words.append(word) }
        }
        let targets = isWords ? 1 : Int(labels["cols"]?.number ?? 1)
        let outputs = isWords
            ? [OutputSetup(name: "outputs-1", kind: .categories(count: max(1, words.count)))]
            : (0..<targets).map { OutputSetup.continuous("outputs-" + Text($0 + 1)) }
        self.init(WekinatorSetup(inputNames: WekinatorSetup.inputNames(columns), outputs: outputs))
        try setup.check()
        var missing = 0
        for point in points {
            guard let row = point.value.list?.compactMap({ $0.number }), row.count == columns else {
                throw StarlingError(Text("the point ") + point.name + Text(" has not ") + Text(columns) + Text(" numbers"))
            }
            guard let answer = labels["data"]?[point.name]?.list else {
                missing += 1
                continue
            }
            let values = isWords
                ? [answer.first?.text.flatMap { words.firstIndex(of: $0) }.map { Float($0 + 1) } ?? .nan]
                : answer.map { Float($0.number ?? .nan) }
            guard values.count == targets else { throw StarlingError(Text("the target of ") + point.name + Text(" has the wrong length")) }
            examples.inputs += row.map { Float($0) }
            examples.outputs += values
            // Points know nothing of recordings: all are of one.
            examples.rounds.append(1)
        }
        if missing > 0 { notices.append(Text(missing) + Text(" points have no label and were left out.")) }
        for (i, word) in words.enumerated() { notices.append(Text("Class ") + Text(i + 1) + Text(" is ") + word + Text(".")) }
        notices.append("The ids of points were not carried over.")
    }

    /// Reads a network, which must have one hidden layer of tanh or sigmoid units and an output layer without activation.
    public init(fluCoMaNetwork json: JSON) throws(StarlingError) {
        let layers = json["layers"]?.list ?? []
        guard layers.count == 2 else { throw StarlingError(Text("the network has ") + Text(layers.count) + Text(" layers; one hidden and one output layer can be read")) }
        guard let first = FluCoMaLayer(layers[0]), let last = FluCoMaLayer(layers[1]), first.columns == last.rows else {
            throw StarlingError("the layers of the network do not fit each other")
        }
        guard first.activation == 3 || first.activation == 1, last.activation == 0 else {
            throw StarlingError("only a hidden layer of tanh (3) or sigmoid (1) units and an output without activation (0) can be read")
        }
        // s(x) = (1 + tanh(x / 2)) / 2
        let half: Float = first.activation == 1 ? 0.5 : 1
        self.init(
            WekinatorSetup(
                inputNames: WekinatorSetup.inputNames(first.rows), outputs: (0..<last.columns).map { .continuous("outputs-" + Text($0 + 1)) }))
        try setup.check()
        for output in 0..<last.columns {
            let outgoing = (0..<last.rows).map { last.weights[$0][output] }
            let bias = last.biases[output] + (first.activation == 1 ? outgoing.reduce(0, +) / 2 : 0)
            let network = NetworkLayers(
                means: [Float](repeating: 0, count: first.rows), scales: [Float](repeating: 1, count: first.rows),
                hidden: (0..<first.columns).map { unit in (0..<first.rows).map { first.weights[$0][unit] * half } },
                hiddenBiases: first.biases.map { $0 * half }, outgoing: [outgoing.map { $0 * half }], outgoingBiases: [bias],
                centres: [0], spreads: [1])
            guard let words = network.weights(outputKeys: [0]) else { throw StarlingError("the network has more than 128 hidden units or numbers beyond all bounds") }
            weights[output] = words
        }
        notices.append("The network came without the examples it learned from: it runs, but training starts from new examples.")
    }
}

/// One layer as FluCoMa writes it: `rows` inputs, `columns` outputs.
struct FluCoMaLayer {
    let rows: Int
    let columns: Int
    let activation: Int
    var weights: [[Float]]
    var biases: [Float]

    init(rows: Int, columns: Int, activation: Int) {
        self.rows = rows
        self.columns = columns
        self.activation = activation
        weights = [[Float]](repeating: [Float](repeating: 0, count: columns), count: rows)
        biases = [Float](repeating: 0, count: columns)
    }

    init?(_ json: JSON) {
        guard let rows = json["rows"]?.number, let columns = json["cols"]?.number, let activation = json["activation"]?.number,
            1...1024 ~= rows, 1...1024 ~= columns, let lines = json["weights"]?.list, let biases = json.numbers("biases")
        else { return nil }
        self.init(rows: Int(rows), columns: Int(columns), activation: Int(activation))
        guard lines.count == self.rows, biases.count == self.columns else { return nil }
        for (row, line) in lines.enumerated() {
            let numbers = line.list?.compactMap { $0.number.map { Float($0) } } ?? []
            guard numbers.count == self.columns else { return nil }
            weights[row] = numbers
        }
        self.biases = biases
    }

    var json: JSON {
        .object([
            .init("activation", .number(Double(activation))), .init("biases", .list(biases.map { .shortest($0) })),
            .init("cols", .number(Double(columns))), .init("rows", .number(Double(rows))),
            .init("weights", .list(weights.map { .list($0.map { .shortest($0) }) })),
        ])
    }
}
