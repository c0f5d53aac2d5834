import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask a model about the rows of a table.",
        discussion: """
            Writes CSV with a row for each row of the table. A model of categories gives `label`, `certainty` and a \
            column with the certainty of each category; a continuous one gives its targets. The table must have the \
            columns the model was trained on, in any order; others are passed over.

            Examples:
              starling predict words.json voice.csv
              starling predict knobs.json voice.csv --out knobs.csv
            """)

    @Argument(help: ArgumentHelp("The model, as `starling train` wrote it.", valueName: "model.json"))
    var model: String

    @Argument(help: ArgumentHelp("The rows to ask about.", valueName: "data.csv"))
    var data: String

    @Option(help: ArgumentHelp("The CSV file to write; standard output if not given.", valueName: "f.csv"))
    var out: String?

    func run() throws {
        let model = try Files.reading(model) { bytes throws(StarlingError) in try ModelFile(reading: bytes) }
        let answers = try Files.reading(data) { bytes throws(StarlingError) in
            try Predict.answers(model, to: CSV(reading: bytes))
        }
        try Files.write(answers, to: out)
    }

    private static func answers(_ model: ModelFile, to sheet: CSV) throws(StarlingError) -> [UInt8] {
        let predictor = model.predictor()
        let inputs = try sheet.places(of: model.columns)
        var outputs = [Float](repeating: 0, count: model.outputs.count)
        var csv = CSVWriter()
        for name in (model.task == .categories ? ["label", "certainty"] : []) + model.outputs { csv.add(name) }
        csv.endRow()
        for row in 0..<sheet.rowCount {
            predictor.run(inputs: try sheet.floats(row, inputs), outputs: &outputs)
            if model.task == .categories { csv.addMostCertain(of: outputs, names: model.outputs) }
            for value in outputs { csv.add(Text(shortest: value)) }
            csv.endRow()
        }
        return csv.bytes
    }
}

extension ModelFile {
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
}
