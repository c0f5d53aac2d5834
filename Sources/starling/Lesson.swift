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
    @Option(help: "The kind of model.")
    var model: ModelKind

    @Option(help: ArgumentHelp("The column with the category of each row.", valueName: "column"))
    var label: String?

    @Option(help: ArgumentHelp("The columns with the continuous values to learn.", valueName: "column,..."))
    var target: String?

    @Option(help: ArgumentHelp("Columns to leave out, for example the time.", valueName: "column,..."))
    var ignore: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("A setting of the model; see extract --list for names and ranges.", valueName: "name=value"))
    var choices: [String] = []

    @Option(help: "Decides all that is drawn by chance.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (label == nil) != (target == nil) else {
            throw ValidationError("Say what to learn: either --label or --target")
        }
        _ = try settings()
    }

    /// What the columns are for.
    var roles: ColumnRoles {
        ColumnRoles(label: label.map { Text($0) }, targets: Lesson.names(target), ignored: Lesson.names(ignore))
    }

    /// A value for each setting of the model, in its order.
    func settings() throws -> [Float] {
        var values = model.info.defaultSettings
        for choice in choices {
            let parts = choice.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Text(parts[1]).float else {
                throw ValidationError("A setting is given as --set name=number, not '\(choice)'")
            }
            let index = try place(of: parts[0])
            let info = model.info.settings[index]
            guard info.limited(value) == value else { throw Lesson.outOfRange(info, parts[1]) }
            values[index] = value
        }
        return values
    }

    private func place(of name: String) throws -> Int {
        let known = model.info.settings.map { "\($0.name)" }
        guard let index = known.firstIndex(of: name) else {
            throw ValidationError(
                "The model \(model.info.name) has no setting '\(name)'; choose from \(known.joined(separator: ", "))")
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
