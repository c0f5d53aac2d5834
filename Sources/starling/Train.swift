import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model with the examples in a table.",
        discussion: """
            Each row of the CSV file is an example. Every column that is neither ignored nor learned is an input and \
            must hold numbers. With --label the model learns categories, with --target continuous values. The same \
            table, settings and seed give the same model.

            Examples:
              starling train words.csv --model knn --label word --out words.json
              starling train words.csv --model mlp --label word --set units=16 --out m
              starling train knobs.csv --model mlp --target cutoff,breath --out k.json
              starling train voice.csv --model knn --label word --ignore time --out m
            """)

    @Argument(help: ArgumentHelp("The examples.", valueName: "data.csv"))
    var data: String

    @OptionGroup var lesson: Lesson

    @Option(help: ArgumentHelp("The file to write the model to.", valueName: "model.json"))
    var out: String

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func run() throws {
        let table = try ExampleTable(data, roles: lesson.roles)
        let settings = try lesson.settings()
        let trainer = Trainer(model: lesson.model.info, settings: settings, seed: lesson.seed)
        let clock = ContinuousClock()
        let begin = clock.now
        trainer.start(table.dataset, outputKeys: table.outputKeys)
        guard let weights = trainer.finish() else { throw StarlingError("the model learned nothing from these examples") }
        let time = clock.now - begin
        let names = lesson.model.info.settings.map { Text($0.name) }
        let model = ModelFile(
            kind: Text(lesson.model.info.name), settings: Array(zip(names, settings)).map { (name: $0, value: $1) },
            columns: table.columns, outputs: table.outputs, weights: weights)
        try Files.write(try model.written(), to: out)
        try report(table, trainer, milliseconds: Float(time / .microseconds(1)) / 1000).print(asJSON: json)
    }

    private func report(_ table: ExampleTable, _ trainer: Trainer, milliseconds: Float) -> Report {
        let isCategories = table.dataset.task == .categories
        var report = Report()
        report.add("examples", "examples", table.dataset.count)
        report.add("columns", "columns", table.columns)
        report.add(isCategories ? "categories" : "targets", isCategories ? "categories" : "targets", table.outputs)
        report.add("milliseconds", "training milliseconds", milliseconds)
        report.add("trainingError", "training error", trainer.trainingError)
        report.add("heldOutError", "held-out error", trainer.heldOutError)
        return report
    }
}
