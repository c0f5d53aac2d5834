import StarlingLearning
import StarlingMath
import StarlingProject

/// What the columns of a table are for; those not named here are inputs.
struct ColumnRoles {
    var task = Task.categories
    /// The column of the category or gesture.
    var label: Text?
    var targets: [Text] = []
    var ignored: [Text] = []
    /// The column whose values say which rows belong together.
    var group: Text?
    /// For gestures: the time between two rows.
    var secondsPerRow: Seconds = 0.01
}

/// Examples read from a CSV file.
struct ExampleTable {
    /// The names of the inputs, in the order of the file.
    let columns: [Text]
    /// The categories' or targets' names: categories in the order in which they first occur.
    let outputs: [Text]
    /// The examples; rows of a group are one take.
    let dataset: Dataset

    var outputKeys: [UInt32] { outputs.indices.map { UInt32($0) } }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - columns: The inputs to look for, by name; all that have no other role where it is nil.
    ///   - categories: Categories that come first, whether they occur or not.
    init(
        _ path: String, roles: ColumnRoles, columns: [Text]? = nil, categories: [Text] = []
    ) throws(StarlingError) {
        self = try Files.reading(path) { bytes throws(StarlingError) in
            try ExampleTable(CSV(reading: bytes), roles, columns, categories)
        }
    }

    private init(_ sheet: CSV, _ roles: ColumnRoles, _ wanted: [Text]?, _ earlier: [Text]) throws(StarlingError) {
        guard sheet.rowCount > 0 else { throw StarlingError("there are no rows below the header") }
        columns = if let wanted { wanted } else { try ExampleTable.inputs(sheet, roles) }
        let inputs = try sheet.places(of: columns)
        let targets = try sheet.places(of: roles.targets)
        let label = try roles.label.map { name throws(StarlingError) in try sheet.place(of: name) }
        let group = try roles.group.map { name throws(StarlingError) in try sheet.place(of: name) }
        var categories = Categories(earlier)
        let labels = label.map { column in (0..<sheet.rowCount).map { categories.index(of: sheet.text(row: $0, column: column)) } }
        var groups = Categories([])
        outputs = label == nil ? roles.targets : categories.names
        try ExampleTable.check(inputCount: inputs.count, outputCount: outputs.count)
        dataset = Dataset(inputCount: inputs.count, outputCount: outputs.count, task: roles.task)
        dataset.secondsPerRow = roles.secondsPerRow
        for row in 0..<sheet.rowCount {
            let values = try sheet.floats(row, inputs)
            let take = group.map { groups.index(of: sheet.text(row: row, column: $0)) } ?? row
            if let labels {
                try sheet.naming(row) { () throws(StarlingError) in try dataset.append(values, category: labels[row], take: take) }
            } else {
                let wanted = try sheet.targets(row, targets)
                try sheet.naming(row) { () throws(StarlingError) in try dataset.append(values, targets: wanted, take: take) }
            }
        }
    }

    private static func inputs(_ sheet: CSV, _ roles: ColumnRoles) throws(StarlingError) -> [Text] {
        let others = roles.targets + roles.ignored + [roles.label, roles.group].compactMap { $0 }
        _ = try sheet.places(of: others)
        return sheet.columns.filter { !others.contains($0) }
    }

    private static func check(inputCount: Int, outputCount: Int) throws(StarlingError) {
        guard 1...LearningLimits.inputs ~= inputCount else {
            throw StarlingError(
                Text("\(inputCount) columns are left as inputs, but a model takes 1 to \(LearningLimits.inputs)"))
        }
        guard 1...LearningLimits.outputs ~= outputCount else {
            throw StarlingError(
                Text("there are \(outputCount) categories or targets, but a model has 1 to \(LearningLimits.outputs)"))
        }
    }
}

/// Names numbered in the order in which they first occur.
private struct Categories {
    private(set) var names: [Text]
    private var places: [[UInt8]: Int] = [:]

    init(_ names: [Text]) {
        self.names = names
        for (place, name) in names.enumerated() { places[name.utf8] = place }
    }

    mutating func index(of name: Text) -> Int {
        if let place = places[name.utf8] { return place }
        places[name.utf8] = names.count
        names.append(name)
        return names.count - 1
    }
}

extension CSV {
    func place(of name: Text) throws(StarlingError) -> Int {
        guard let place = column(name) else {
            let known = columns.map(\.description).joined(separator: ", ")
            throw StarlingError(Text("there is no column '\(name)'; there are \(known)"))
        }
        return place
    }

    func places(of names: [Text]) throws(StarlingError) -> [Int] {
        var places: [Int] = []
        for name in names { places.append(try place(of: name)) }
        return places
    }

    func floats(_ row: Int, _ columns: [Int]) throws(StarlingError) -> [Float] {
        var values: [Float] = []
        for column in columns { values.append(try float(row: row, column: column)) }
        return values
    }

    /// Numbers of which some may be missing: NaN where a cell is empty or says `nan`.
    fileprivate func targets(_ row: Int, _ columns: [Int]) throws(StarlingError) -> [Float] {
        var values: [Float] = []
        for column in columns {
            let isMissing = ["", "nan"].contains(text(row: row, column: column).description.lowercased())
            values.append(isMissing ? .nan : try float(row: row, column: column))
        }
        return values
    }

    /// Puts the number of a row in front of the errors of `body`.
    fileprivate func naming(_ row: Int, _ body: () throws(StarlingError) -> Void) throws(StarlingError) {
        do { try body() } catch { throw StarlingError(Text("row \(row + 1): ") + error.sentence) }
    }
}
