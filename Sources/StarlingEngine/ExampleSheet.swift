import StarlingLearning
import StarlingMath
import StarlingProject

/// A model's examples as a CSV sheet: a row an example, with its take, its time in the take in seconds, its category or its
/// targets in their units (empty where missing), and then the features that the model listens to.
enum ExampleSheet {
    static let take: Text = "take"
    static let time: Text = "time"
    static let category: Text = "category"

    /// The sheet of a dataset.
    static func written(_ gatherer: ExampleGatherer) -> [UInt8] {
        let model = gatherer.model
        let targets = gatherer.scene.targets(model)
        var writer = CSVWriter()
        for name in [take, time] + (model.task == .continuous ? targets.map { $0.path } : [category]) { writer.add(name) }
        for slot in model.inputs { writer.add(gatherer.scene.columns[slot]) }
        writer.endRow()
        guard let dataset = gatherer.dataset else { return writer.bytes }
        var place = 0
        for row in 0..<dataset.count {
            place = row > 0 && dataset.take(row) == dataset.take(row - 1) ? place + 1 : 0
            writer.add(gatherer.takes[dataset.take(row)].id)
            writer.add(Text(shortest: (Double(place) * Double(dataset.secondsPerRow) * 1e6).rounded() / 1e6))
            for (index, output) in dataset.outputs(row).enumerated() {
                if model.task != .continuous {
                    writer.add(gatherer.scene.name(of: model.categories[Int(output)], in: model))
                } else {
                    writer.add(output.isNaN ? Text() : Text(shortest: targets[index].info.value(position: output)))
                }
            }
            for input in dataset.inputs(row) { writer.add(Text(shortest: input)) }
            writer.endRow()
        }
        return writer.bytes
    }
}

extension Scene {
    /// What a sheet calls a category: its name, or its id where another of the model has the same name.
    fileprivate func name(of category: Text, in model: SceneModel) -> Text {
        let name = document.text("categories", category, "name") ?? category
        let same = model.categories.filter { document.text("categories", $0, "name") == name }
        return same.count == 1 ? name : category
    }
}

extension ProjectSession {
    /// A model's examples as CSV; see `ExampleSheet`. Throws a sentence for a model that does not exist.
    public func exportExamples(of id: Text) throws(StarlingError) -> [UInt8] {
        let model = try scene.existingModel(id)
        var gatherer = ExampleGatherer(model, scene)
        for take in scene.takes(of: model) where document.text("takes", take.id, "rows") != nil {
            gatherer.add(take, rows: try rows(of: take.id))
        }
        return ExampleSheet.written(gatherer)
    }

    /// Makes takes of the rows of a CSV sheet: neighbouring rows of one take with one category or the same targets become
    /// one take. Categories that the model has not yet are added.
    ///
    /// Throws a sentence, with the line, for what cannot be read, and changes nothing then.
    public mutating func importExamples(_ csv: [UInt8], into id: Text) throws(StarlingError) -> Command {
        let sheet = try CSV(reading: csv, header: .present)
        var reader = try ExampleSheetReader(sheet, try scene.existingModel(id), scene)
        try reader.read()
        let command = try apply(Command("Import examples", reader.changes))
        for blob in reader.blobs { add(blob) }
        return command
    }
}

extension Scene {
    func existingModel(_ id: Text) throws(StarlingError) -> SceneModel {
        guard let model = models.first(where: { $0.id == id }) else {
            throw StarlingError("There is no output \"" + id + "\" in the project.")
        }
        return model
    }
}
