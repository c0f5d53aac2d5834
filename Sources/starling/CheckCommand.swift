import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find out how well a model would do with rows it has not learned from.",
        discussion: """
            Trains several times and asks each time about rows that were held back: in turn each of --folds parts, \
            each value of the column --by (leave one take, speaker or session out; of more than 20 several at once), \
            or the rows of another file. Gestures are held back by takes. \
            For categories and gestures it prints the share of right answers, precision and recall of each, and the \
            confusion matrix (rows are what was wanted, columns what was answered); for continuous values the root \
            mean square error and R squared of each target. With --curve also how the error falls with more examples.

            Examples:
              starling check words.csv --model knn --label word --folds 5
              starling check words.csv --model mlp --label word --by speaker
              starling check knobs.csv --model mlp --target cutoff --test more.csv
              starling check hand.csv --model dtw --gesture sign --take take
            """)

    @Argument(help: ArgumentHelp("The examples.", valueName: "data.csv"))
    var data: String

    @OptionGroup var lesson: Lesson

    @Option(help: ArgumentHelp("Hold back each of this many parts in turn, 2 or more.", valueName: "k"))
    var folds: Int?

    @Option(help: ArgumentHelp("Hold back the rows of each value of a column in turn; it is no input.", valueName: "column"))
    var by: String?

    @Option(help: ArgumentHelp("Learn from all rows and ask about those of this file.", valueName: "test.csv"))
    var test: String?

    @Flag(help: "Learn from fewer examples too, to see whether more would help.")
    var curve = false

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func validate() throws {
        try lesson.check()
        let choices = [folds != nil, by != nil, test != nil].filter { $0 }.count
        guard choices == 1 || choices == 0 && lesson.task == .gestures else {
            throw ValidationError("Say what to hold back: one of --folds, --by and --test")
        }
        if let folds, folds < 2 || folds > 20 { throw ValidationError("There must be 2 to 20 folds, not \(folds)") }
        if lesson.task == .gestures, folds != nil || by.map({ $0 != lesson.take }) ?? false {
            throw ValidationError("Gestures are held back by takes: leave --folds and --by out")
        }
    }

    func run() throws {
        var roles = lesson.roles
        if let by { roles.group = Text(by) }
        let table = try ExampleTable(data, roles: roles)
        try Files.naming(data) { () throws(StarlingError) in try check(table) }
        if let test {
            let other = try ExampleTable(test, roles: lesson.roles, columns: table.columns, categories: table.outputs)
            try report(evaluate(on: other, learningFrom: table), other.outputs).print(asJSON: json)
        } else {
            let check = try Check(
                table.dataset, model: lesson.info, settings: lesson.settings(), by: folds.map { .folds($0) } ?? .takes,
                seed: lesson.seed, withCurve: curve)
            let found = check.finish()
            var report = report(found.evaluation, table.outputs)
            if curve { report.add(found.curve) }
            try report.print(asJSON: json)
        }
    }

    private func check(_ table: ExampleTable) throws(StarlingError) {
        let most = table.dataset.count
        if let folds, folds > most {
            throw StarlingError(Text("\(folds) folds need as many rows, but there are \(most): choose 2 to \(most)"))
        }
        if let by, Set(table.dataset.takeFolds()).count < 2 {
            throw StarlingError(Text("column \(by) has the same value in all rows: there is nothing to hold back"))
        }
    }

    /// Trains on one table and asks about another, whose further categories nobody could have learned.
    private func evaluate(on other: ExampleTable, learningFrom table: ExampleTable) throws -> Evaluation {
        while table.dataset.outputCount < other.outputs.count { table.dataset.addCategory() }
        let trainer = Trainer(model: lesson.info, settings: try lesson.settings(), seed: lesson.seed)
        trainer.start(table.dataset, outputKeys: other.outputKeys)
        guard let weights = trainer.finish() else { throw StarlingError("the model learned nothing from these examples") }
        return try StarlingLearning.evaluate(weights, on: other.dataset)
    }

    private func report(_ evaluation: Evaluation, _ outputs: [Text]) -> Report {
        var report = Report()
        report.add("examples", "examples", evaluation.exampleCount)
        if evaluation.task.hasCategories {
            report.add("accuracy", "accuracy", evaluation.accuracy)
            report.add(Text(evaluation.task.name), "\(evaluation.task.name)", outputs)
            report.add(evaluation, categories: outputs)
            report.add(evaluation.confusion, width: outputs.count)
        } else {
            report.add(evaluation, targets: outputs)
        }
        return report
    }
}

extension Report {
    /// Adds precision and recall of each category.
    fileprivate mutating func add(_ evaluation: Evaluation, categories: [Text]) {
        let lines = categories.indices.map { category in
            "\n  \(categories[category]): \(Report.rounded(evaluation.precision(category))), \(Report.rounded(evaluation.recall(category)))"
        }
        let json = categories.indices.map { category in
            JSON.object([
                .init("name", .text(categories[category])), .init("precision", Report.json(evaluation.precision(category))),
                .init("recall", Report.json(evaluation.recall(category))),
            ])
        }
        add("each", "precision, recall", .list(json), lines.joined())
    }

    /// Adds the errors from few examples to many.
    fileprivate mutating func add(_ curve: [CurvePoint]) {
        let lines = curve.map { "\n  \($0.examples) examples: error \(Report.rounded($0.error)), on those \(Report.rounded($0.trainingError))" }
        let json = curve.map { point in
            JSON.object([
                .init("examples", .number(Double(point.examples))), .init("error", .number(point.error.shortestDouble)),
                .init("trainingError", .number(point.trainingError.shortestDouble)),
            ])
        }
        add("curve", "learning curve", .list(json), lines.joined())
    }

    private static func json(_ number: Float?) -> JSON { number.map { .number($0.shortestDouble) } ?? .null }

    /// Adds a confusion matrix: for people an aligned table.
    fileprivate mutating func add(_ confusion: [Int], width: Int) {
        let rows = (0..<width).map { Array(confusion[$0 * width..<($0 + 1) * width]) }
        let digits = "\(confusion.max() ?? 0)".count
        let lines = rows.map { row in
            row.map { String(repeating: " ", count: digits - "\($0)".count) + "\($0)" }.joined(separator: " ")
        }
        let json = JSON.list(rows.map { .list($0.map { .number(Double($0)) }) })
        add("confusion", "confusion", json, "\n  " + lines.joined(separator: "\n  "))
    }

    /// Adds the errors of each target, in its own unit.
    fileprivate mutating func add(_ evaluation: Evaluation, targets: [Text]) {
        let errors = targets.indices.map { evaluation.rootMeanSquareError($0) }
        let explained = targets.indices.map { evaluation.explainedVariance($0) }
        let lines = targets.indices.map { target in
            "\n  \(targets[target]): RMSE \(Report.rounded(errors[target])), R² \(Report.rounded(explained[target]))"
        }
        let json = targets.indices.map { target in
            JSON.object([
                .init("name", .text(targets[target])), .init("rmse", .number(errors[target].shortestDouble)),
                .init("r2", explained[target].map { .number($0.shortestDouble) } ?? .null),
            ])
        }
        add("targets", "targets", .list(json), lines.joined())
    }
}
