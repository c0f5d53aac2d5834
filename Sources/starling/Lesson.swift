import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingProject

/// The name of a model kind, one of the catalogue's.
struct ModelKind: ExpressibleByArgument {
    let info: ModelInfo

    init?(argument: String) {
        guard let info = ModelCatalogue.named(Text(argument)) else { return nil }
        self.info = info
    }

    static var allValueStrings: [String] { ModelCatalogue.all.map { "\($0.name)" } }
}

/// What is to be learned from a table, and how: the options that `train` and `check` share.
struct Lesson: ParsableArguments {
    @Option(help: "The kind of model; train --list tells them all.")
    var model: ModelKind?

    @Option(help: ArgumentHelp("The column with the category of each row.", valueName: "column"))
    var label: String?

    @Option(help: ArgumentHelp("The columns with the continuous values to learn.", valueName: "column,..."))
    var target: String?

    @Option(help: ArgumentHelp("The column with the gesture of each row.", valueName: "column"))
    var gesture: String?

    @Option(help: ArgumentHelp("The column that says which rows belong together; it is no input.", valueName: "column"))
    var take: String?

    @Option(help: ArgumentHelp("For gestures: rows a second.", valueName: "number"))
    var rate: Float = 100

    @Option(help: ArgumentHelp("Columns to leave out, for example the time.", valueName: "column,..."))
    var ignore: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("A setting of the model; see train --list for names and ranges.", valueName: "name=value"))
    var choices: [String] = []

    @Option(help: "Decides all that is drawn by chance.")
    var seed: UInt64 = 1

    /// Throws where what is to be learned, or by what, is not said clearly.
    func check() throws {
        guard [label, target, gesture].compactMap({ $0 }).count == 1 else {
            throw ValidationError("Say what to learn: one of --label, --target and --gesture")
        }
        guard let model else { throw ValidationError("Say by which kind of model: --model; train --list tells them all") }
        guard model.info.tasks.contains(task) else {
            let others = ModelCatalogue.all.filter { $0.tasks.contains(task) }.map { "\($0.name)" }.joined(separator: ", ")
            throw ValidationError("The model \(model.info.name) does not learn \(task.name); choose from \(others)")
        }
        guard gesture == nil || take != nil else {
            throw ValidationError("Say which rows are one gesture: --take names the column that tells")
        }
        guard rate >= 0.001, rate <= 10_000 else { throw ValidationError("The rate is \(rate), but must be from 0.001 to 10000") }
        _ = try settings()
    }

    /// What is to be learned.
    var task: Task { gesture != nil ? .gestures : target != nil ? .continuous : .categories }

    /// The kind of model, which `check` has found to be there.
    var info: ModelInfo { model!.info }

    /// What the columns are for.
    var roles: ColumnRoles {
        ColumnRoles(
            task: task, label: (label ?? gesture).map { Text($0) }, targets: Lesson.names(target),
            ignored: Lesson.names(ignore), group: take.map { Text($0) }, secondsPerRow: 1 / rate)
    }

    /// A value for each setting of the model, in its order.
    func settings() throws -> [Float] {
        var values = info.defaultSettings
        for choice in choices {
            let parts = choice.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Text(parts[1]).float else {
                throw ValidationError("A setting is given as --set name=number, not '\(choice)'")
            }
            let index = try place(of: parts[0])
            let setting = info.settings[index]
            guard setting.limited(value) == value else { throw Lesson.outOfRange(setting, parts[1]) }
            values[index] = value
        }
        return values
    }

    private func place(of name: String) throws -> Int {
        let known = info.settings.map { "\($0.name)" }
        guard let index = known.firstIndex(of: name) else {
            throw ValidationError(
                "The model \(info.name) has no setting '\(name)'; choose from \(known.joined(separator: ", "))")
        }
        return index
    }

    private static func outOfRange(_ info: ParameterInfo, _ value: String) -> ValidationError {
        let kind = info.curve == .stepped ? "a whole number" : "a number"
        let range = "\(Text(shortest: info.minimum)) to \(Text(shortest: info.maximum))"
        return ValidationError("The setting \(info.name) is \(value), but must be \(kind) from \(range)")
    }

    private static func names(_ list: String?) -> [Text] { list.map { Text($0).split(at: UInt8(ascii: ",")) } ?? [] }
}
