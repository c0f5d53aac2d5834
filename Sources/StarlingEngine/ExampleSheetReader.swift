import StarlingLearning
import StarlingMath
import StarlingProject

/// Turns the rows of a sheet into takes; see `ExampleSheet`.
struct ExampleSheetReader {
    private let sheet: CSV
    private let model: SceneModel
    private let scene: Scene
    private let features: [Int]
    private let targets: [(column: Int, target: ModelTarget)]
    private let takeColumn: Int?
    private let timeColumn: Int?
    private let categoryColumn: Int?
    /// The project as it would be; ids are free in it.
    private var document: Document
    private(set) var changes: [Change] = []
    private(set) var blobs: [Blob] = []

    private static let usualRate = 100.0

    init(_ sheet: CSV, _ model: SceneModel, _ scene: Scene) throws(StarlingError) {
        self.sheet = sheet
        self.model = model
        self.scene = scene
        document = scene.document
        takeColumn = sheet.column(ExampleSheet.take)
        timeColumn = sheet.column(ExampleSheet.time)
        categoryColumn = sheet.column(ExampleSheet.category)
        targets = model.task == .continuous
            ? scene.targets(model).compactMap { target in sheet.column(target.path).map { ($0, target) } } : []
        let others = [takeColumn, timeColumn, categoryColumn].compactMap { $0 } + targets.map { $0.column }
        features = sheet.columns.indices.filter { !others.contains($0) }
        try check()
    }

    private func check() throws(StarlingError) {
        for column in features where !scene.columns.contains(sheet.columns[column]) {
            throw unknown(sheet.columns[column], "feature", scene.columns)
        }
        if features.isEmpty { throw StarlingError("The sheet has no column with a feature, for example loudness.") }
        if model.task == .continuous && targets.isEmpty {
            throw unknown("", "column of targets", scene.targets(model).map { $0.path })
        }
        if model.task != .continuous && categoryColumn == nil {
            throw StarlingError("The sheet has no column \"category\", which says what each row is an example of.")
        }
        if sheet.rowCount == 0 { throw StarlingError("There are no rows below the header.") }
    }

    mutating func read() throws(StarlingError) {
        var first = 0
        for row in 1...sheet.rowCount where row == sheet.rowCount || !isSameTake(row, row - 1) {
            try addTake(first..<row)
            first = row
        }
    }

    private func isSameTake(_ a: Int, _ b: Int) -> Bool {
        let columns = [takeColumn, categoryColumn].compactMap { $0 } + targets.map { $0.column }
        return columns.allSatisfy { sheet.text(row: a, column: $0) == sheet.text(row: b, column: $0) }
    }

    private mutating func addTake(_ range: Range<Int>) throws(StarlingError) {
        var values: [Float] = []
        for row in range {
            for column in features { values.append(try sheet.float(row: row, column: column)) }
        }
        let rate = try self.rate(range)
        let blob = Blob(try Rows(columnCount: features.count, rate: rate, values: values).bytes)
        let category = try self.category(range.lowerBound)
        let id = document.freeID("takes", prefix: "take")
        var named: [(path: Text, value: Double)] = []
        for (column, target) in targets where !sheet.text(row: range.lowerBound, column: column).isEmpty {
            named.append((target.path, Double(try sheet.float(row: range.lowerBound, column: column))))
        }
        let name = takeColumn.map { sheet.text(row: range.lowerBound, column: $0) } ?? Text()
        try apply([
            Change("takes", id, "category", .text(category)),
            Change("takes", id, "name", .text(Text(utf8: Array(name.utf8.prefix(200))))),
            Change("takes", id, "order", .number(document.nextOrder("takes"))),
            Change("takes", id, "seconds", .number(min(Double(range.count) / rate, 3600))),
            Change("takes", id, "rate", .number(rate)),
            Change("takes", id, "columns", .texts(features.map { sheet.columns[$0] })),
            Change("takes", id, "rows", .text(blob.name)),
            Change("takes", id, "parameters", .texts(named.map { $0.path })),
            Change("takes", id, "targets", .numbers(named.map { $0.value })),
        ])
        blobs.append(blob)
    }

    /// Rows a second, by the times where there are any.
    private func rate(_ range: Range<Int>) throws(StarlingError) -> Double {
        guard let timeColumn, range.count > 1 else { return Self.usualRate }
        let seconds = try sheet.number(row: range.upperBound - 1, column: timeColumn)
            - (try sheet.number(row: range.lowerBound, column: timeColumn))
        let rate = Double(range.count - 1) / seconds
        guard seconds > 0, rate >= 0.001, rate <= 192_000 else {
            throw StarlingError(
                sheet.place(range.upperBound - 1, timeColumn) + ": the times of a take must grow, by at most 1000 s a row.")
        }
        return rate
    }

    /// The category a row names, by name or id; a new one where the model has none of it.
    private mutating func category(_ row: Int) throws(StarlingError) -> Text {
        let name = categoryColumn.map { sheet.text(row: row, column: $0) } ?? Text()
        let known = document.ordered("categories", where: "model", is: model.id)
        if name.isEmpty {
            guard model.task == .continuous else {
                throw StarlingError(sheet.place(row, categoryColumn ?? 0) + ": the category is missing.")
            }
            if let first = known.first { return first }
        }
        if let id = known.first(where: { document.text("categories", $0, "name") == name }) ?? known.first(where: { $0 == name }) {
            return id
        }
        let id = document.freeID("categories", prefix: "pad")
        try apply([
            Change("categories", id, "model", .text(model.id)),
            Change("categories", id, "name", .text(name.isEmpty ? "Examples" : Text(utf8: Array(name.utf8.prefix(200))))),
            Change("categories", id, "order", .number(document.nextOrder("categories"))),
        ])
        return id
    }

    private mutating func apply(_ new: [Change]) throws(StarlingError) {
        _ = try document.apply(Command("Import examples", new))
        changes += new
    }
}
