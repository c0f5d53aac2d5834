import StarlingMath
import StarlingProject

/// A project being worked on: its document, its history and its blobs. Every edit goes through here.
public struct ProjectSession {
    /// The document as the engine understands it.
    public private(set) var scene: Scene
    /// The plan that follows from it.
    public private(set) var plan: Plan
    private var history = History()
    private var blobs = BlobStore()
    private var weights: [ModelWeights] = []

    /// A new project.
    public init() {
        do {
            scene = try Scene(.starter())
            plan = try scene.plan()
        } catch {
            preconditionFailure("the starter project must fit the catalogues")
        }
    }

    public var document: Document { scene.document }

    /// Takes a whole document in place of this one; the history begins anew. Throws, and changes nothing, if it does not fit.
    public mutating func open(_ other: Document) throws(StarlingError) {
        try adopt(other)
        history = History()
        weights = []
    }

    /// Takes a `.starling` file in place of this project, or throws a sentence and changes nothing.
    public mutating func open(file bytes: [UInt8]) throws(StarlingError) {
        let contents = try ProjectFile.read(bytes)
        try open(contents.document)
        for blob in contents.blobs { add(blob) }
        weights = contents.weights
    }

    /// The project as a `.starling` file.
    public func file() throws(StarlingError) -> [UInt8] {
        try ProjectFile.write(document, weights: weights) { blobs[$0]?.bytes }
    }

    /// Applies a command, all or nothing; what the engine could not play is refused.
    public mutating func apply(_ command: Command, mergeKey: Text? = nil) throws(StarlingError) -> Command {
        var edited = document
        let applied = try edited.apply(command)
        try adopt(edited)
        history.append(applied, mergeKey: mergeKey)
        return applied.done
    }

    /// Takes back the last command; nil where there is none.
    public mutating func undo() throws(StarlingError) -> Command? {
        var edited = document
        let applied = try history.undo(&edited)
        try adopt(edited)
        return applied?.done
    }

    /// Does again what was taken back; nil where there is none.
    public mutating func redo() throws(StarlingError) -> Command? {
        var edited = document
        let applied = try history.redo(&edited)
        try adopt(edited)
        return applied?.done
    }

    private mutating func adopt(_ document: Document) throws(StarlingError) {
        let next = try Scene(document)
        plan = try next.plan()
        scene = next
    }

    /// What undo would take back.
    public var undoName: Text? { history.undoName }
    /// What redo would do again.
    public var redoName: Text? { history.redoName }

    /// Keeps a take: adds its blobs and applies its command.
    public mutating func keep(_ take: Scene.KeptTake) throws(StarlingError) -> Command {
        let command = try scene.keep(take)
        add(take.rows)
        if let sound = take.sound { add(sound) }
        return try apply(command)
    }

    /// Makes the player's settings a category's preset.
    public mutating func capturePreset(_ category: Text) throws(StarlingError) -> Command {
        try apply(try scene.capturePreset(category))
    }

    /// Adds a blob; one that is there already costs nothing.
    public mutating func add(_ blob: Blob) { blobs.add(blob) }
    /// Remembers a model's weights for the file, in place of earlier ones.
    public mutating func add(_ trained: ModelWeights) {
        weights.removeAll { $0.model == trained.model }
        weights.append(trained)
    }
    /// The weights a model had in the file; nil where there are none.
    public func weights(of model: Text) -> ModelWeights? { weights.first { $0.model == model } }
    /// A blob by its name.
    public func blob(_ name: Text) -> Blob? { blobs[name] }

    /// A take's feature rows, untrimmed; throws a sentence where they are not here.
    public func rows(of take: Text) throws(StarlingError) -> Rows {
        guard let name = document.text("takes", take, "rows"), let blob = blobs[name] else {
            throw StarlingError("The rows of the take \"" + take + "\" are not here. They may have been lost with an older copy of this project.")
        }
        return try Rows(reading: blob.bytes)
    }

    /// A take's sound, untrimmed; nil where none was kept.
    public func sound(of take: Text) throws(StarlingError) -> Sound? {
        guard let name = document.text("takes", take, "sound"), let blob = blobs[name] else { return nil }
        return try Sound(wav: blob.bytes)
    }
}

/// Blobs sorted by name.
struct BlobStore {
    private var blobs: [Blob] = []

    private func place(_ name: Text) -> (index: Int, found: Bool) {
        var low = 0
        var high = blobs.count
        while low < high {
            let middle = (low + high) / 2
            if blobs[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return (low, low < blobs.count && blobs[low].name == name)
    }

    mutating func add(_ blob: Blob) {
        let place = place(blob.name)
        if !place.found { blobs.insert(blob, at: place.index) }
    }

    subscript(_ name: Text) -> Blob? {
        let place = place(name)
        return place.found ? blobs[place.index] : nil
    }
}
