import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model with the examples in a table.",
        discussion: """
            Each row of the CSV file is an example. Every column that is neither ignored nor learned is an input and \
            must hold numbers. With --label the model learns categories, with --target continuous values (an empty \
            cell is a value that is not known), with --gesture movements in time: the rows of a --take are one of \
            them, in order. The same table, settings and seed give the same model.

            Examples:
              starling train words.csv --model knn --label word --out words.json
              starling train words.csv --model mlp --label word --set units=16 --out m
              starling train knobs.csv --model mlp --target cutoff,breath --out k.json
              starling train voice.csv --model knn --label word --ignore time --out m
              starling train hand.csv --model dtw --gesture sign --take take --out m
              starling train --list
            """)

    @Argument(help: ArgumentHelp("The examples.", valueName: "data.csv"))
    var data: String?

    @OptionGroup var lesson: Lesson

    @Option(help: ArgumentHelp("The file to write the model to.", valueName: "model.json"))
    var out: String?

    @Flag(help: "List the kinds of models with their settings.")
    var list = false

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func validate() throws {
        if list { return }
        try lesson.check()
        if data == nil || out == nil { throw ValidationError("Say from what to learn and where to write the model: a table and --out") }
    }

    func run() throws {
        if list { return try Files.write(KindList.written(asJSON: json), to: nil) }
        guard let data, let out else { return }
        let table = try ExampleTable(data, roles: lesson.roles)
        let settings = try lesson.settings()
        let trainer = Trainer(model: lesson.info, settings: settings, seed: lesson.seed)
        let clock = ContinuousClock()
        let begin = clock.now
        trainer.start(table.dataset, outputKeys: table.outputKeys)
        guard let weights = trainer.finish() else { throw StarlingError("the model learned nothing from these examples") }
        let time = clock.now - begin
        let names = lesson.info.settings.map { Text($0.name) }
        let model = ModelFile(
            kind: Text(lesson.info.name), settings: Array(zip(names, settings)).map { (name: $0, value: $1) },
            columns: table.columns, outputs: table.outputs, weights: weights)
        try Files.write(try model.written(), to: out)
        try report(table, trainer, milliseconds: Float(time / .microseconds(1)) / 1000).print(asJSON: json)
    }

    private func report(_ table: ExampleTable, _ trainer: Trainer, milliseconds: Float) -> Report {
        let outputs = lesson.task == .continuous ? "targets" : Text(lesson.task.name)
        var report = Report()
        report.add("examples", "examples", table.dataset.count)
        report.add("columns", "columns", table.columns)
        report.add(outputs, outputs.description, table.outputs)
        report.add("milliseconds", "training milliseconds", milliseconds)
        report.add("trainingError", "training error", trainer.trainingError)
        report.add("heldOutError", "held-out error", trainer.heldOutError)
        return report
    }
}
