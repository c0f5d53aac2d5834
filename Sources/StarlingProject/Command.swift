import StarlingMath

/// One step of a command: a field set or emptied, or a record deleted.
public struct Change: Equatable, Sendable {
    /// The table's name.
    public let table: Text
    /// The record's id. Setting a field of a record that is not there makes it.
    public let id: Text
    /// The field's name; nil deletes the record.
    public let field: Text?
    /// The field's new value; nil empties it, or sets it back to its default.
    public let value: Value?

    /// Sets a field, or empties it with nil.
    @inline(never) public init(_ table: Text, _ id: Text, _ field: Text, _ value: Value?) {
        self.table = table
        self.id = id
        self.field = field
        self.value = value
    }

    /// Deletes a record.
    public init(delete table: Text, _ id: Text) {
        self.table = table
        self.id = id
        field = nil
        value = nil
    }

    /// A field's change whose value comes as JSON; throws where the schema has another type for it.
    init(_ table: Text, _ id: Text, field: Text, json: JSON) throws(StarlingError) {
        let place = try Schema.field(table, field)
        let kind = Schema.tables[place.table].fields[place.field].kind
        let value = kind.value(json)
        guard value != nil || json.isNull else { throw Change.unfit(table, id, field, kind) }
        self.init(table, id, field, value)
    }

    static func unfit(_ table: Text, _ id: Text, _ field: Text, _ kind: FieldKind) -> StarlingError {
        complaint("The field % of \"%\" in % does not fit: it must be %.", field, id.shortened, table, kind.expectation)
    }
}

/// A named list of changes that happen together or not at all.
///
/// The journal appends commands, undo applies their inverses, and peers send them to each other.
public struct Command: Equatable, Sendable {
    /// What it does, in words for people: `Teach a sound`.
    public var name: Text
    /// The changes, applied in this order.
    public var changes: [Change]

    /// A command from its name and changes.
    public init(_ name: Text, _ changes: [Change]) {
        self.name = name
        self.changes = changes
    }

    /// The command as JSON: `{"name":…,"changes":[{"table":…,"id":…,"field":…,"value":…},…]}`.
    public var json: JSON {
        .object([
            JSON.Member("name", .text(name)),
            JSON.Member("changes", .list(changes.map { change in
                .object([
                    JSON.Member("table", .text(change.table)), JSON.Member("id", .text(change.id)),
                    JSON.Member("field", change.field.map { .text($0) } ?? .null),
                    JSON.Member("value", change.value?.json ?? .null),
                ])
            })),
        ])
    }

    /// A command from JSON; throws a sentence for anything that is not of its form or does not fit the schema.
    public init(json: JSON) throws(StarlingError) {
        guard let name = json["name"]?.text, name.utf8.count <= 200, let list = json["changes"]?.list else {
            throw complaint("A command must be an object with a name of at most 200 bytes and a list of changes.")
        }
        self.init(name, [])
        for item in list {
            guard let table = item["table"]?.text, let id = item["id"]?.text else {
                throw complaint("Each change of the command \"%\" needs a table and an id.", name.shortened)
            }
            let value = item["value"] ?? .null
            switch item["field"] ?? .null {
            case .text(let field): changes.append(try Change(table, id, field: field, json: value))
            case .null where value.isNull: changes.append(Change(delete: table, id))
            default:
                throw complaint(
                    "A change of \"%\" in % needs the name of a field as text; only a deletion has neither field nor value.",
                    id.shortened, table.shortened)
            }
        }
    }
}

/// What a command did.
public struct Applied: Equatable, Sendable {
    /// The command with all that followed from it: the records deleted or fields emptied because what they referred to
    /// is gone. This is what the journal keeps.
    public let done: Command
    /// The command that takes it back.
    public let inverse: Command
}
