import StarlingFeatures
import StarlingMath
import StarlingProject

/// What teaching does to the document, as commands.
extension Scene {
    /// A take that is to be kept: what was heard while a pad was held, or a moment of the last 30 seconds.
    public struct KeptTake {
        public let category: Text
        public let rows: Blob
        public let sound: Blob?
        public let seconds: Double
        public let rate: Double
        /// How many listen slots its rows hold, from the first; nil for all.
        public let columnCount: Int?
        public init(category: Text, rows: Blob, sound: Blob?, seconds: Double, rate: Double, columnCount: Int? = nil) {
            self.category = category
            self.rows = rows
            self.sound = sound
            self.seconds = seconds
            self.rate = rate
            self.columnCount = columnCount
        }
    }

    /// The names of the rows' columns: the outputs of all features, then all controls.
    public var columns: [Text] { layout.columns }

    /// Keeps a take as an example of its category, with the player's settings as targets.
    ///
    /// A category that has no preset yet gets the player's settings: set the knobs, hold the pad, and the sound is the pad's.
    public func keep(_ take: KeptTake) throws(StarlingError) -> Command {
        guard let name = document.text("categories", take.category, "name") else {
            throw StarlingError("There is no pad \"" + take.category + "\" any more. Choose another one and keep the moment again.")
        }
        let id = document.freeID("takes", prefix: "take")
        let knobs = self.knobs(of: take.category)
        var changes = [
            Change("takes", id, "category", .text(take.category)),
            Change("takes", id, "order", .number(document.nextOrder("takes"))),
            Change("takes", id, "seconds", .number(take.seconds)),
            Change("takes", id, "rate", .number(take.rate)),
            Change("takes", id, "columns", .texts(Array(columns.prefix(take.columnCount ?? columns.count)))),
            Change("takes", id, "rows", .text(take.rows.name)),
            Change("takes", id, "parameters", .texts(targetParameters.map { layout.parameters[$0].path } + knobs.map { $0.path })),
            Change("takes", id, "targets", .numbers(
                targetParameters.map { Double(placed($0)) }
                    + knobs.map { Double(preset(take.category, $0.path) ?? placed($0)) })),
        ]
        if let sound = take.sound { changes.append(Change("takes", id, "sound", .text(sound.name))) }
        if findsItsSound(take.category) { changes += capture(take.category) }
        return Command("Teach " + name, changes)
    }

    /// Makes the player's settings a category's preset.
    public func capturePreset(_ category: Text) throws(StarlingError) -> Command {
        guard let name = document.text("categories", category, "name") else {
            throw StarlingError("There is no pad \"" + category + "\" any more.")
        }
        return Command("Set the sound of " + name, capture(category))
    }

    /// Whether a category takes the player's settings as its preset without being asked: the first time it is taught, if its
    /// knobs are its model's own or no other model could be meant to move them. Further models would take the instruments
    /// away from the first.
    private func findsItsSound(_ category: Text) -> Bool {
        let isFirst = models.first?.categories.contains(category) ?? false
        return !hasPreset(category) && (isFirst || !knobs(of: category).isEmpty)
    }

    private func hasPreset(_ category: Text) -> Bool {
        !document.ordered("presets", where: "category", is: category).isEmpty
    }

    /// What a category recalls: its model's own knobs, or else the instruments' and effects'.
    private func capture(_ category: Text) -> [Change] {
        let knobs = self.knobs(of: category)
        let values = knobs.isEmpty
            ? targetParameters.map { (path: layout.parameters[$0].path, value: placed($0)) }
            : knobs.map { (path: $0.path, value: placed($0)) }
        let existing = document.ordered("presets", where: "category", is: category)
        return values.flatMap { target in
            let id = existing.first { document.text("presets", $0, "parameter") == target.path }
            return Document.preset(target.path, category, target.value, id: id)
        }
    }

    private func knobs(of category: Text) -> [SceneKnob] {
        models.first { $0.categories.contains(category) }?.knobs ?? []
    }

    /// What a pad's sound is made of: the parameters of the instruments, effects and pictures in the project, not the volume, and the
    /// cursor of the plane if that has points.
    private var targetParameters: [Int] {
        var owners: [Text] = []
        for table in ["instruments", "effects", "visuals"] as [Text] {
            for id in document.ids(table) { owners.append(document.text(table, id, "kind") ?? Text()) }
        }
        if !document.ids("points").isEmpty { owners.append(Text(Plane.name)) }
        return layout.parameters.indices.filter { owners.contains(Text(layout.parameters[$0].owner)) }
    }
}
