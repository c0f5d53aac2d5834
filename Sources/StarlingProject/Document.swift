import StarlingMath

/// One record of a table: its id and a value or nothing for each field of the table.
struct Record: Equatable, Sendable {
    let id: Text
    var values: [Value?]
}

/// The project document: tables of records keyed by ids, described by `Schema`.
///
/// A value: a copy costs a few references, so that a failed command simply leaves the old copy in place. Look-ups take
/// a binary search over a table's ids. A document is always whole: every required field is there, every value within
/// its limits, and every reference leads to a record.
public struct Document: Equatable, Sendable {
    /// Records of each table of the schema, sorted by id.
    var tables: [[Record]]

    /// The document of a new project, with nothing but the records that are always there.
    public init() {
        tables = Schema.tables.map { info in
            info.onlyID.map { [Record(id: Text($0), values: info.fields.map { $0.initial })] } ?? []
        }
    }

    // MARK: Reading

    /// The ids of a table's records, sorted by byte; none for a table that does not exist.
    public func ids(_ table: Text) -> [Text] { records(table).map { $0.id } }

    /// Whether a record exists.
    public func has(_ table: Text, _ id: Text) -> Bool {
        Schema.table(table).map { place(of: id, in: $0).found } ?? false
    }

    /// The value of a field; nil where the field is empty, or there is no such table, record or field.
    public func value(_ table: Text, _ id: Text, _ field: Text) -> Value? {
        guard let table = Schema.table(table), let field = Schema.tables[table].field(field) else { return nil }
        let place = place(of: id, in: table)
        return place.found ? tables[table][place.index].values[field] : nil
    }

    /// The number in a field, if there is one.
    public func number(_ table: Text, _ id: Text, _ field: Text) -> Double? {
        if case .number(let number) = value(table, id, field) { number } else { nil }
    }

    /// The text in a field, if there is one.
    public func text(_ table: Text, _ id: Text, _ field: Text) -> Text? {
        value(table, id, field)?.text
    }

    /// Whether a field holds `true`.
    public func flag(_ table: Text, _ id: Text, _ field: Text) -> Bool {
        if case .flag(true) = value(table, id, field) { true } else { false }
    }

    /// The numbers in a field; none where it is empty.
    public func numbers(_ table: Text, _ id: Text, _ field: Text) -> [Double] {
        if case .numbers(let numbers) = value(table, id, field) { numbers } else { [] }
    }

    /// The texts in a field; none where it is empty.
    public func texts(_ table: Text, _ id: Text, _ field: Text) -> [Text] {
        if case .texts(let texts) = value(table, id, field) { texts } else { [] }
    }

    /// The ids of a table's records by their `order`, then by id; of those only whose `field` holds `text`, if given.
    ///
    /// Tables without `order` come by id.
    public func ordered(_ table: Text, where field: Text? = nil, is text: Text = Text()) -> [Text] {
        guard let index = Schema.table(table) else { return [] }
        let orderField = Schema.tables[index].field("order")
        let filterField = field.flatMap { Schema.tables[index].field($0) }
        if field != nil, filterField == nil { return [] }
        func order(_ record: Record) -> Double {
            if let orderField, case .number(let order) = record.values[orderField] { order } else { 0 }
        }
        let chosen = tables[index].filter { record in filterField.map { record.values[$0]?.text == text } ?? true }
        // Records come sorted by id, and sorting keeps the order of equals.
        return sortedPlaces(count: chosen.count) { order(chosen[$0]) < order(chosen[$1]) }.map { chosen[$0].id }
    }

    /// An `order` behind all records of a table.
    public func nextOrder(_ table: Text) -> Double {
        (ids(table).compactMap { number(table, $0, "order") }.max() ?? 0) + 1
    }

    /// The first id of the form `take-1` that no record of a table has yet; the prefix must be a key of its own.
    public func freeID(_ table: Text, prefix: Text) -> Text {
        var number = 1
        while has(table, prefix + "-" + Text(number)) { number += 1 }
        return prefix + "-" + Text(number)
    }

    // MARK: Changing, within a command

    func records(_ table: Text) -> [Record] { Schema.table(table).map { tables[$0] } ?? [] }

    /// Where a record is in its table, or would have to be put in.
    func place(of id: Text, in table: Int) -> (index: Int, found: Bool) {
        let index = sortedPlace(count: tables[table].count) { tables[table][$0].id < id }
        return (index, index < tables[table].count && tables[table][index].id == id)
    }

    /// Checks that a record has its required fields, and that its references lead somewhere.
    func check(table: Int, record: Record) throws(StarlingError) {
        let info = Schema.tables[table]
        for (i, field) in info.fields.enumerated() {
            guard let value = record.values[i] else {
                guard !field.isRequired else {
                    throw complaint(
                        "\"%\" in % lacks its field %; give it %.",
                        record.id, Text(info.name), Text(field.name), field.kind.expectation)
                }
                continue
            }
            if let target = field.referredTable, let id = value.text, !has(Text(target), id) {
                throw complaint(
                    "\"%\" in % refers to \"%\", which is not in %; add that first.",
                    record.id, Text(info.name), id, Text(target))
            }
        }
    }
}
