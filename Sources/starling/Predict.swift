import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask a model about the rows of a table.",
        discussion: """
            Writes CSV with a row for each row of the table. A model of categories gives `label`, `certainty` and a \
            column with the certainty of each category; a continuous one gives its targets. A model of gestures \
            follows the rows in time and starts anew where --take changes: it gives `label` where one is recognised, \
            certainty and phase of the one that is most likely going on, then certainty, phase and speed of each. The table must have the \
            columns the model was trained on, in any order; others are passed over.

            Examples:
              starling predict words.json voice.csv
              starling predict knobs.json voice.csv --out knobs.csv
            """)

    @Argument(help: ArgumentHelp("The model, as `starling train` wrote it.", valueName: "model.json"))
    var model: String

    @Argument(help: ArgumentHelp("The rows to ask about.", valueName: "data.csv"))
    var data: String

    @Option(help: ArgumentHelp("For gestures: the column that tells where another performance begins.", valueName: "column"))
    var take: String?

    @Option(help: ArgumentHelp("The CSV file to write; standard output if not given.", valueName: "f.csv"))
    var out: String?

    func run() throws {
        let model = try Files.reading(model) { bytes throws(StarlingError) in try ModelFile(reading: bytes) }
        let answers = try Files.reading(data) { bytes throws(StarlingError) in
            try Predict.answers(model, to: CSV(reading: bytes), take: take.map { Text($0) })
        }
        try Files.write(answers, to: out)
    }

    private static func answers(_ model: ModelFile, to sheet: CSV, take: Text?) throws(StarlingError) -> [UInt8] {
        let predictor = model.predictor()
        let inputs = try sheet.places(of: model.columns)
        let take = try take.map { name throws(StarlingError) in try sheet.place(of: name) }
        var outputs = [Float](repeating: 0, count: predictor.outputWidth)
        var csv = CSVWriter()
        for name in model.answerColumns { csv.add(name) }
        csv.endRow()
        for row in 0..<sheet.rowCount {
            if let take, row > 0, sheet.text(row: row, column: take) != sheet.text(row: row - 1, column: take) { predictor.reset() }
            predictor.run(inputs: try sheet.floats(row, inputs), outputs: &outputs)
            switch model.task {
            case .categories: csv.addMostCertain(of: outputs, names: model.outputs)
            case .gestures: csv.addGesture(outputs, spotted: predictor.spotted, names: model.outputs)
            case .continuous: break
            }
            for value in outputs { csv.add(Text(shortest: value)) }
            csv.endRow()
        }
        return csv.bytes
    }
}

extension ModelFile {
    fileprivate var answerColumns: [Text] {
        switch task {
        case .categories: ["label", "certainty"] + outputs
        case .continuous: outputs
        case .gestures: ["label", "certainty", "phase"] + outputs.flatMap { [$0 + " certainty", $0 + " phase", $0 + " speed"] }
        }
    }

    /// A predictor that runs this model.
    func predictor() -> Predictor {
        let predictor = Predictor(
            wordCapacity: weights.words.count, maximumInputs: columns.count, maximumOutputs: outputs.count)
        let isLoaded = predictor.load(weights.words, count: weights.words.count)
        precondition(isLoaded, "weights are checked when they are read")
        return predictor
    }
}

extension CSVWriter {
    /// Adds the name and certainty of the most certain category; the first of equal ones.
    fileprivate mutating func addMostCertain(of certainties: [Float], names: [Text]) {
        var best = 0
        for i in certainties.indices where certainties[i] > certainties[best] { best = i }
        add(names[best])
        add(Text(shortest: certainties[best]))
    }

    /// Adds the gesture recognised just now, or nothing, with the certainty and phase of it or of the likeliest one.
    fileprivate mutating func addGesture(_ values: [Float], spotted: Int, names: [Text]) {
        var likeliest = max(spotted, 0)
        for i in names.indices where spotted < 0 && values[i * Task.gestureValues] > values[likeliest * Task.gestureValues] {
            likeliest = i
        }
        add(spotted >= 0 ? names[spotted] : Text())
        for value in 0..<2 { add(Text(shortest: values[likeliest * Task.gestureValues + value])) }
    }
}
