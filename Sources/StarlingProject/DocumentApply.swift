import StarlingMath

extension Document {
    /// Applies a command as a whole, or throws a sentence and leaves the document as it was.
    ///
    /// A record that refers to a deleted one goes with it where the reference is required (a category's takes and
    /// presets), and loses the reference otherwise; `Applied.done` lists this, and the inverse brings all of it back.
    /// A reference to a record that never was is refused. References are looked at when all changes are done, so
    /// that their order within a command does not matter.
    public mutating func apply(_ command: Command) throws(StarlingError) -> Applied {
        guard command.name.utf8.count <= 200, command.name.isProperUTF8 else {
            throw complaint("A command's name may have at most 200 bytes of UTF-8.")
        }
        var editor = DocumentEditor(document: self)
        for change in command.changes { try editor.make(change) }
        try editor.followDeletions()
        try editor.check()
        self = editor.document
        return Applied(
            done: Command(command.name, editor.done), inverse: Command(command.name, editor.undoing.reversed()))
    }
}

/// Makes the changes of one command on a copy of the document, and writes down how to take them back.
private struct DocumentEditor {
    var document: Document
    var done: [Change] = []
    /// The steps back, the last one to take first at the end.
    var undoing: [Change] = []
    /// Records that must be looked at in the end: table and id.
    private var touched: [(table: Int, id: Text)] = []
    private var deleted: [(table: Int, id: Text)] = []

    init(document: Document) { self.document = document }

    mutating func make(_ change: Change) throws(StarlingError) {
        if let field = change.field {
            let place = try Schema.field(change.table, field)
            try set(table: place.table, field: place.field, change)
        } else {
            let table = try Schema.existingTable(change.table)
            guard Schema.tables[table].onlyID == nil else {
                throw complaint("The record in % cannot be deleted; every project has it.", change.table)
            }
            guard document.place(of: change.id, in: table).found else {
                throw complaint("There is no \"%\" in % to delete.", change.id.shortened, change.table)
            }
            delete(table: table, change.id)
        }
        done.append(change)
    }

    private mutating func set(table: Int, field: Int, _ change: Change) throws(StarlingError) {
        let info = Schema.tables[table]
        let description = info.fields[field]
        if let value = change.value, !description.kind.allows(value) {
            throw Change.unfit(change.table, change.id, Text(description.name), description.kind)
        }
        let place = document.place(of: change.id, in: table)
        if place.found {
            let old = document.tables[table][place.index].values[field]
            undoing.append(Change(change.table, change.id, Text(description.name), old))
        } else {
            try add(table: table, at: place.index, change.id)
            undoing.append(Change(delete: change.table, change.id))
        }
        document.tables[table][place.index].values[field] = change.value ?? description.initial
        if touched.last.map({ $0.table != table || $0.id != change.id }) ?? true { touched.append((table, change.id)) }
    }

    private mutating func add(table: Int, at index: Int, _ id: Text) throws(StarlingError) {
        let info = Schema.tables[table]
        guard id.isKey else {
            throw complaint(
                "\"%\" cannot be an id in %; an id has 1...64 characters a-z, 0-9, - and /.",
                id.shortened, Text(info.name))
        }
        if let only = info.onlyID, !id.matches(only) {
            throw complaint("The only id in % is \"%\".", Text(info.name), Text(only))
        }
        guard document.tables[table].count < info.maximumCount else { throw Document.overfull(info) }
        document.tables[table].insert(Record(id: id, values: info.fields.map { $0.initial }), at: index)
    }

    private mutating func delete(table: Int, _ id: Text) {
        let record = document.tables[table].remove(at: document.place(of: id, in: table).index)
        let info = Schema.tables[table]
        for (i, field) in info.fields.enumerated() {
            guard let value = record.values[i] else { continue }
            undoing.append(Change(Text(info.name), id, Text(field.name), value))
        }
        deleted.append((table, id))
    }

    /// Deletes or repairs what refers to deleted records, until nothing does.
    mutating func followDeletions() throws(StarlingError) {
        var next = 0
        while next < deleted.count {
            let target = deleted[next]
            next += 1
            guard !document.place(of: target.id, in: target.table).found else { continue }
            for change in orphans(of: target.table, target.id) { try make(change) }
        }
    }

    private func orphans(of target: Int, _ id: Text) -> [Change] {
        var changes: [Change] = []
        for (table, info) in Schema.tables.enumerated() {
            for (field, description) in info.fields.enumerated() {
                guard let name = description.referredTable, Schema.table(Text(name)) == target else { continue }
                for record in document.tables[table] where record.values[field]?.text == id {
                    changes.append(
                        description.isRequired
                            ? Change(delete: Text(info.name), record.id)
                            : Change(Text(info.name), record.id, Text(description.name), nil))
                }
            }
        }
        return changes
    }

    /// Checks every record that was touched and is still there.
    func check() throws(StarlingError) {
        for (table, id) in touched {
            let place = document.place(of: id, in: table)
            if place.found { try document.check(table: table, record: document.tables[table][place.index]) }
        }
    }
}
