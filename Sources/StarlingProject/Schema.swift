import StarlingMath

/// What a field of a record may hold, with its limits.
public enum FieldKind: Sendable {
    /// A number within a range.
    case number(ClosedRange<Double>)
    /// True or false.
    case flag
    /// UTF-8 text of at most so many bytes.
    case text(maximum: Int)
    /// A name as records have it (`Text.isKey`).
    case key
    /// One of these words.
    case choice([StaticString])
    /// The id of a record in the table of this name.
    case reference(StaticString)
    /// The name of a blob: the SHA-256 of its bytes in 64 hexadecimal digits. In a project file it lies in `folder`.
    case blob(folder: StaticString, suffix: StaticString)
    /// At most so many numbers within a range.
    case numbers(ClosedRange<Double>, maximum: Int)
    /// At most so many names as records have them.
    case keys(maximum: Int)
}

/// Whether a field must be there.
public enum FieldPresence: Sendable {
    /// A record cannot be without it. A record whose required reference is deleted goes with it.
    case required
    /// It may be absent.
    case optional
    /// It has this value until another is set.
    case otherwise(Value)
}

/// One field of a table's records.
public final class FieldInfo: Sendable {
    /// The field's name in files and commands.
    public let name: StaticString
    /// What it may hold.
    public let kind: FieldKind
    /// Whether it must be there.
    public let presence: FieldPresence

    init(_ name: StaticString, _ kind: FieldKind, _ presence: FieldPresence = .required) {
        self.name = name
        self.kind = kind
        self.presence = presence
    }

    /// The value of a new record's field.
    package var initial: Value? { if case .otherwise(let value) = presence { value } else { nil } }
    var isRequired: Bool { if case .required = presence { true } else { false } }
    package var referredTable: StaticString? { if case .reference(let table) = kind { table } else { nil } }
}

/// One table of the project document.
public final class TableInfo: Sendable {
    /// The table's name in files and commands.
    public let name: StaticString
    /// How many records it may hold.
    public let maximumCount: Int
    /// The id of the one record that is always there, where the table has one.
    public let onlyID: StaticString?
    /// The fields of its records.
    public let fields: [FieldInfo]

    init(_ name: StaticString, maximum: Int, onlyID: StaticString? = nil, _ fields: [FieldInfo]) {
        self.name = name
        self.maximumCount = maximum
        self.onlyID = onlyID
        self.fields = fields
    }

    /// The place of a field; nil where the table has none of this name.
    func field(_ name: Text) -> Int? { fields.firstIndex { name.matches($0.name) } }
}

/// The tables and fields of the project document: the only place where they and their limits are written.
public enum Schema {
    /// The version of the document and the file; older ones are brought up to it by `Migration`.
    public static let version = 1

    private static let anyNumber = -1e9...1e9
    private static let order = FieldInfo("order", .number(anyNumber), .otherwise(.number(0)))
    private static func label(_ presence: FieldPresence = .required) -> FieldInfo {
        FieldInfo("name", .text(maximum: 200), presence)
    }

    /// All tables, in the order of the file.
    public static let tables: [TableInfo] = [
        TableInfo("project", maximum: 1, onlyID: "project", [label(.otherwise(.text("Untitled")))]),
        TableInfo("inputs", maximum: 16, [
            FieldInfo("kind", .choice(["microphone", "file", "tone", "none"])),
            label(.otherwise(.text(""))),
            FieldInfo("sound", .blob(folder: "inputs", suffix: ".wav"), .optional),
        ]),
        TableInfo("models", maximum: 16, [
            label(), FieldInfo("kind", .key), order,
            FieldInfo("drive", .choice(["switch", "blend", "follow", "gesture"]), .otherwise(.text("blend"))),
            FieldInfo("inputs", .keys(maximum: 1_024), .otherwise(.texts([]))),
            FieldInfo("gate", .number(-200...20), .otherwise(.number(-60))),
            FieldInfo("threshold", .number(0...1), .otherwise(.number(0))),
            FieldInfo("hold", .number(0...60), .otherwise(.number(0.05))),
            FieldInfo("hysteresis", .number(0...1), .otherwise(.number(0.08))),
        ]),
        TableInfo("settings", maximum: 1_000, [
            FieldInfo("model", .reference("models")), FieldInfo("name", .key), FieldInfo("value", .number(anyNumber)),
        ]),
        TableInfo("categories", maximum: 256, [
            FieldInfo("model", .reference("models")), label(), order, FieldInfo("note", .number(0...127), .optional),
            FieldInfo("threshold", .number(0...1), .optional),
        ]),
        TableInfo("knobs", maximum: 256, [
            FieldInfo("model", .reference("models")), label(), order,
            FieldInfo("minimum", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("maximum", .number(anyNumber), .otherwise(.number(1))),
            FieldInfo("default", .number(anyNumber), .otherwise(.number(0))),
            FieldInfo("whole", .flag, .otherwise(.flag(false))),
        ]),
        TableInfo("presets", maximum: 10_000, [
            FieldInfo("category", .reference("categories")), FieldInfo("parameter", .key),
            FieldInfo("value", .number(anyNumber)),
        ]),
        TableInfo("takes", maximum: 10_000, [
            FieldInfo("category", .reference("categories")), label(.otherwise(.text(""))), order,
            FieldInfo("seconds", .number(0...3_600), .otherwise(.number(0))),
            FieldInfo("rate", .number(0.001...192_000), .otherwise(.number(100))),
            FieldInfo("columns", .keys(maximum: 1_024), .otherwise(.texts([]))),
            FieldInfo("rows", .blob(folder: "examples", suffix: ".csv"), .optional),
            FieldInfo("sound", .blob(folder: "takes", suffix: ".wav"), .optional),
            FieldInfo("targets", .numbers(anyNumber, maximum: 256), .otherwise(.numbers([]))),
            FieldInfo("parameters", .keys(maximum: 256), .otherwise(.texts([]))),
            FieldInfo("muted", .flag, .otherwise(.flag(false))),
            FieldInfo("from", .number(0...3_600), .optional), FieldInfo("to", .number(0...3_600), .optional),
        ]),
        TableInfo("labels", maximum: 20_000, [
            FieldInfo("take", .reference("takes")), FieldInfo("category", .reference("categories")),
        ]),
        TableInfo("instruments", maximum: 64, [
            FieldInfo("kind", .key), label(.otherwise(.text(""))), order,
            FieldInfo("playing", .flag, .otherwise(.flag(false))),
            FieldInfo("notes", .numbers(0...127, maximum: 64), .otherwise(.numbers([]))),
        ] + arpeggioFields),
        TableInfo("effects", maximum: 64, [FieldInfo("kind", .key), label(.otherwise(.text(""))), order]),
        TableInfo("sounds", maximum: 8, [
            label(), FieldInfo("place", .number(1...8)), FieldInfo("sound", .blob(folder: "sounds", suffix: ".wav")),
            FieldInfo("root", .number(0...127), .otherwise(.number(60))),
            FieldInfo("from", .number(0...3_600), .optional), FieldInfo("to", .number(0...3_600), .optional),
        ]),
        TableInfo("visuals", maximum: 64, [FieldInfo("kind", .key), label(.otherwise(.text(""))), order]),
        TableInfo("parameters", maximum: 4_096, [FieldInfo("value", .number(anyNumber))]),
    ] + mappingTables + oscTables + controlTables + listeningTables + patternTables

    /// The place of a table; nil where there is none of this name.
    package static func table(_ name: Text) -> Int? { tables.firstIndex { name.matches($0.name) } }

    /// The places of a table and one of its fields, or a sentence that tells which names there are.
    static func field(_ table: Text, _ field: Text) throws(StarlingError) -> (table: Int, field: Int) {
        let tableIndex = try existingTable(table)
        guard let fieldIndex = tables[tableIndex].field(field) else {
            throw complaint(
                "There is no field \"%\" in %; its fields are %.",
                field.shortened, table, listing(tables[tableIndex].fields.map { Text($0.name) }))
        }
        return (tableIndex, fieldIndex)
    }

    /// The place of a table, or a sentence that tells which tables there are.
    static func existingTable(_ name: Text) throws(StarlingError) -> Int {
        guard let index = table(name) else {
            throw complaint(
                "There is no table \"%\"; the tables are %.",
                name.shortened, listing(tables.map { Text($0.name) }))
        }
        return index
    }
}
