import StarlingMath

extension Document {
    /// The document as JSON: an object of tables, each an object of records by id, each an object of fields.
    ///
    /// All tables are there, in the order of the schema; records are sorted by id; empty fields are left out.
    public var json: JSON {
        .object(Schema.tables.indices.map { table in
            let info = Schema.tables[table]
            return JSON.Member(Text(info.name), .object(tables[table].map { JSON.Member($0.id, Self.json($0, info)) }))
        })
    }

    private static func json(_ record: Record, _ info: TableInfo) -> JSON {
        .object(info.fields.indices.compactMap { field in
            record.values[field].map { JSON.Member(Text(info.fields[field].name), $0.json) }
        })
    }

    /// The document that JSON of the present version describes.
    ///
    /// Throws a sentence for unknown tables and fields, wrong types, values beyond their limits, missing fields and
    /// references that lead nowhere. Tables and optional fields may be left out.
    public init(json: JSON) throws(StarlingError) {
        guard let members = json.members else {
            throw complaint("The document must be an object of tables.")
        }
        var changes: [Change] = []
        for table in members {
            let info = Schema.tables[try Schema.existingTable(table.name)]
            guard let records = table.value.members else {
                throw complaint("The table % must be an object of records by id.", table.name)
            }
            guard records.count <= info.maximumCount else { throw Self.overfull(info) }
            for record in records {
                guard let fields = record.value.members else {
                    throw complaint("\"%\" in % must be an object of fields.", record.name.shortened, table.name)
                }
                for field in fields {
                    changes.append(try Change(table.name, record.name, field: field.name, json: field.value))
                }
            }
        }
        self.init()
        _ = try apply(Command("Open", changes))
    }

    /// The error of a table with too many records.
    static func overfull(_ info: TableInfo) -> StarlingError {
        complaint("There is room for % %; delete some first.", Text(info.maximumCount), Text(info.name))
    }

    /// Every blob that the document names, with the record and field that name it.
    public var blobReferences: [BlobReference] {
        var references: [BlobReference] = []
        for (table, info) in Schema.tables.enumerated() {
            for (field, description) in info.fields.enumerated() {
                guard case .blob(let folder, let suffix) = description.kind else { continue }
                for record in tables[table] {
                    guard let name = record.values[field]?.text else { continue }
                    references.append(BlobReference(
                        table: Text(info.name), id: record.id, field: Text(description.name), name: name,
                        path: Text(folder) + "/" + record.id + Text(suffix)))
                }
            }
        }
        return references
    }
}

/// Where a document names a blob.
public struct BlobReference: Equatable, Sendable {
    /// The table of the record.
    public let table: Text
    /// The record's id.
    public let id: Text
    /// The field that holds the name.
    public let field: Text
    /// The blob's name.
    public let name: Text
    /// Where the blob lies in a project file.
    public let path: Text
}
