import StarlingMath

/// A model's learned numbers, as bytes.
public struct ModelWeights: Equatable, Sendable {
    /// The id of the model.
    public let model: Text
    /// The numbers; only the learning module knows their meaning, and checks them.
    public let bytes: [UInt8]

    /// Weights of a model.
    public init(model: Text, bytes: [UInt8]) {
        self.model = model
        self.bytes = bytes
    }
}

/// What a project file holds.
public struct ProjectContents: Equatable, Sendable {
    /// The document.
    public var document: Document
    /// All blobs that the document names, each once.
    public var blobs: [Blob]
    /// The weights of some of its models.
    public var weights: [ModelWeights]

    /// Contents from their parts.
    public init(document: Document, blobs: [Blob] = [], weights: [ModelWeights] = []) {
        self.document = document
        self.blobs = blobs
        self.weights = weights
    }
}

/// The `.starling` file: an ordinary ZIP archive that any program opens.
///
///     project.json            {"format":"starling","version":1,"document":{…}}
///     examples/<take>.csv     a take's feature rows: time and the take's columns
///     takes/<take>.wav        a take's sound
///     inputs/<input>.wav      the sound of an input that is a file
///     weights/<model>.bin     a model's learned numbers
///
/// People may unpack it, edit what is inside, and pack it again, with or without a folder around it: blobs are named
/// anew after what is found.
public enum ProjectFile {
    /// The bytes of a project file; the same for the same project.
    ///
    /// `blob` gives the bytes of a blob by its name. Throws a sentence where it has none, or they are damaged.
    public static func write(
        _ document: Document, weights: [ModelWeights] = [], blob: (Text) -> [UInt8]?
    ) throws(StarlingError) -> [UInt8] {
        var zip = ZipWriter()
        try zip.add("project.json", Migration.root(of: document).written(pretty: true))
        for reference in document.blobReferences {
            guard let bytes = blob(reference.name) else {
                throw complaint(
                    "The % of \"%\" in % is not there any more; delete that record to save the project.",
                    reference.field, reference.id, reference.table)
            }
            try zip.add(reference.path, try reference.isRows ? csv(bytes, reference, document) : bytes)
        }
        for part in weights where document.has("models", part.model) {
            try zip.add(weightsPath(part.model), part.bytes)
        }
        return zip.archive
    }

    /// What a project file holds; throws a sentence, and only that, where it is damaged, hostile or too new.
    public static func read(_ bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(StarlingError) -> ProjectContents {
        let zip = try ZipReader(reading: bytes, limits: limits)
        let files = try ProjectFiles(zip)
        var contents = ProjectContents(document: try files.document())
        var changes: [Change] = []
        for reference in contents.document.blobReferences {
            let blob = Blob(try blobBytes(files, reference, contents.document))
            contents.blobs.append(blob)
            changes.append(Change(reference.table, reference.id, reference.field, .text(blob.name)))
        }
        _ = try contents.document.apply(Command("Open", changes))
        contents.blobs = unique(contents.blobs)
        for model in contents.document.ids("models") {
            guard let bytes = try files.unpack(weightsPath(model)) else { continue }
            contents.weights.append(ModelWeights(model: model, bytes: bytes))
        }
        return contents
    }

    /// Blobs by name, each once.
    package static func unique(_ blobs: [Blob]) -> [Blob] {
        var unique: [Blob] = []
        for place in sortedPlaces(count: blobs.count, comesBefore: { blobs[$0].name < blobs[$1].name })
        where unique.last?.name != blobs[place].name {
            unique.append(blobs[place])
        }
        return unique
    }

    private static func weightsPath(_ model: Text) -> Text { "weights/" + model + ".bin" }

    private static func csv(_ bytes: [UInt8], _ reference: BlobReference, _ document: Document) throws(StarlingError) -> [UInt8] {
        let rows = try Rows(reading: bytes)
        let columns = document.texts(reference.table, reference.id, "columns")
        guard columns.count == rows.columnCount else {
            throw complaint(
                "The take \"%\" names % columns, but its rows have %; delete the take.",
                reference.id, Text(columns.count), Text(rows.columnCount))
        }
        return rows.csv(columns: columns)
    }

    /// The bytes of a blob: rows as they are kept, sound as its file has it, once that has been found to be sound.
    private static func blobBytes(_ files: ProjectFiles, _ reference: BlobReference, _ document: Document) throws(StarlingError) -> [UInt8] {
        guard let bytes = try files.unpack(reference.path) else {
            throw complaint("The project file lacks %, which its document names.", reference.path)
        }
        do {
            guard reference.isRows else {
                _ = try Sound(wav: bytes)
                return bytes
            }
            let columns = document.texts(reference.table, reference.id, "columns")
            let rate = document.number(reference.table, reference.id, "rate") ?? 0
            return try Rows(csv: bytes, columns: columns, rate: rate).bytes
        } catch {
            throw complaint("%: %", reference.path, error.sentence)
        }
    }
}

extension BlobReference {
    /// Whether the blob holds feature rows, which lie in a project file as CSV.
    var isRows: Bool { path.utf8.suffix(4).elementsEqual(Text(".csv").utf8) }
}

/// The files of a project's archive, whose names may all begin with one folder.
private struct ProjectFiles {
    private let zip: ZipReader
    private let folder: Text

    init(_ zip: ZipReader) throws(StarlingError) {
        let isProject: (Text) -> Bool = { name in
            let parts = name.split(at: 47)
            return parts.count <= 2 && parts.last == "project.json"
        }
        guard let name = zip.entries.map({ $0.name }).filter(isProject).min(by: { $0.utf8.count < $1.utf8.count }) else {
            throw complaint("This archive is no Starling project: it holds no project.json.")
        }
        self.zip = zip
        folder = Text(utf8: name.utf8.dropLast(12))
    }

    func document() throws(StarlingError) -> Document {
        let json = try JSON(reading: try unpack("project.json") ?? [])
        return try Migration.document(from: json)
    }

    func unpack(_ path: Text) throws(StarlingError) -> [UInt8]? {
        guard let entry = zip.entry(folder + path) else { return nil }
        return try zip.unpack(entry)
    }
}
