import StarlingMath

/// Brings documents of older versions up to the present one.
///
/// A change of the schema raises `Schema.version` and appends one function here, which rewrites the JSON of the
/// version before; documents of any age then pass through all that follow. Functions leave what they do not
/// understand as it is: the schema's checks come after them.
public enum Migration {
    /// `steps[n]` turns the document of version n into that of version n + 1.
    package static let steps: [@Sendable (JSON) -> JSON] = [padsBecomeCategories]

    /// The document of the present version from what `project.json` holds: `{"format":"starling","version":…,"document":…}`.
    ///
    /// Throws a sentence where it is of another format or of a newer version.
    public static func document(from root: JSON) throws(StarlingError) -> Document {
        guard root["format"]?.text == "starling" else {
            throw complaint("This is no Starling project: its format must be \"starling\".")
        }
        guard let number = root["version"]?.number, let version = Int32(exactly: number), version >= 0 else {
            throw complaint("The project's version is missing or no whole number; it must be 0...%.", Text(Schema.version))
        }
        guard Int(version) <= Schema.version else {
            throw complaint(
                "The project was made by a newer Starling: its version is %, this one reads up to %; update Starling to open it.",
                Text(Int(version)), Text(Schema.version))
        }
        guard var document = root["document"] else { throw complaint("The project has no document.") }
        for step in steps[Int(version)...] { document = step(document) }
        return try Document(json: document)
    }

    /// What `project.json` holds for a document.
    public static func root(of document: Document) -> JSON {
        .object([
            JSON.Member("format", .text("starling")), JSON.Member("version", .number(Double(Schema.version))),
            JSON.Member("document", document.json),
        ])
    }

    /// Version 0 called categories pads, and knew of no other way to show an example.
    private static let padsBecomeCategories: @Sendable (JSON) -> JSON = { document in
        let renamed = document.renaming("pads", to: "categories")
        return renamed.mappingMembers { table in
            table.name == "takes" || table.name == "presets"
                ? JSON.Member(table.name, table.value.mappingMembers { record in
                    JSON.Member(record.name, record.value.renaming("pad", to: "category"))
                })
                : table
        }
    }
}

extension JSON {
    /// An object with each member replaced; anything else as it is.
    func mappingMembers(_ transform: (Member) -> Member) -> JSON {
        members.map { .object($0.map(transform)) } ?? self
    }

    /// An object with one member's name replaced; anything else as it is.
    func renaming(_ old: Text, to new: Text) -> JSON {
        mappingMembers { Member($0.name == old ? new : $0.name, $0.value) }
    }
}
