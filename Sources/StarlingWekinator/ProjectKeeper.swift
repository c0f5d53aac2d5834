import StarlingMath
import StarlingProject

/// Keeps the project document in step with what is recorded and chosen, and writes all of it to the journal.
///
/// A take is a stretch of frames recorded with the same classes. The values of continuous outputs may change within it:
/// they are columns of its rows.
final class ProjectKeeper {
    private(set) var document: Document
    private(set) var blobs: [Blob]
    var names: ProjectNames
    /// Whether something changed since `projectFile` was last written.
    var isChanged = false
    private var journal: JournalWriter
    private let host: WekinatorHost
    private var take: OpenTake?
    /// Rows that are not in the journal yet.
    private var waiting: [Float] = []

    private struct OpenTake {
        let id: Text
        var changes: [Change]
        let columnCount: Int
        let start: Double
        var values: [Float] = []
    }

    init(document: Document, blobs: [Blob], names: ProjectNames, host: WekinatorHost) {
        self.document = document
        self.blobs = blobs
        self.names = names
        self.host = host
        journal = JournalWriter()
    }

    /// The bytes with which a journal begins, when the project's file has just been written and holds all blobs.
    func beginJournal() -> [UInt8] {
        journal = JournalWriter()
        return journal.document(document)
    }

    /// The project as a file.
    func projectFile(weights: [ModelWeights]) throws(StarlingError) -> [UInt8] {
        let sorted = blobs.sorted { $0.name < $1.name }
        return try ProjectFile.write(document, weights: weights) { name in
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle].name < name { low = middle + 1 } else { high = middle }
            }
            return low < sorted.count && sorted[low].name == name ? sorted[low].bytes : nil
        }
    }

    /// Makes a change; what cannot be made is told.
    func make(_ name: Text, _ changes: [Change]) {
        do throws(StarlingError) {
            let applied = try document.apply(Command(name, changes))
            host.keep(journal.command(applied.done))
            isChanged = true
        } catch {
            host.tell(.warning, Text("The project does not take this in: ") + error.sentence)
        }
    }

    // MARK: Takes

    /// Begins a take whose rows have all inputs and these further columns, unless the project is full.
    func begin(categories: [Text], further columns: [Text], at seconds: Double) {
        end(at: seconds)
        guard let first = categories.first else { return }
        let id = document.freeID("takes", prefix: "take")
        let all = names.columns + columns
        var changes = [
            Change("takes", id, "category", .text(first)), Change("takes", id, "order", .number(document.nextOrder("takes"))),
            Change("takes", id, "columns", .texts(all)),
        ]
        for (i, category) in categories.dropFirst().enumerated() {
            let label = id + "-" + Text(i + 2)
            changes.append(Change("labels", label, "take", .text(id)))
            changes.append(Change("labels", label, "category", .text(category)))
        }
        take = OpenTake(id: id, changes: changes, columnCount: all.count, start: seconds)
        host.keep(journal.take(id, .begin(command: Command("Record", changes), sampleRate: 48_000)))
        isChanged = true
    }

    /// Adds a row: the inputs, then the further columns.
    func add(_ inputs: UnsafePointer<Float>, further values: [Float]) {
        guard take != nil else { return }
        let count = names.columns.count
        take!.values.append(contentsOf: UnsafeBufferPointer(start: inputs, count: count))
        take!.values += values
        waiting.append(contentsOf: UnsafeBufferPointer(start: inputs, count: count))
        waiting += values
        if waiting.count >= 64 * take!.columnCount { flush() }
    }

    /// Writes the rows that are not in the journal yet: to be called some times a second while recording.
    func flush() {
        guard let take, !waiting.isEmpty else { return }
        host.keep(journal.take(take.id, .rows(waiting)))
        waiting = []
    }

    /// Keeps the take, unless it is empty.
    func end(at seconds: Double) {
        guard var open = take else { return }
        flush()
        take = nil
        let rowCount = open.values.count / max(open.columnCount, 1)
        let duration = max(seconds - open.start, 1e-3)
        let rate = max(0.001, min(192_000, Double(rowCount) / duration))
        if rowCount > 0, let rows = try? Rows(columnCount: open.columnCount, rate: rate, values: open.values) {
            let blob = Blob(rows.bytes)
            blobs.append(blob)
            host.keep(journal.blob(blob.bytes))
            open.changes += [
                Change("takes", open.id, "rows", .text(blob.name)), Change("takes", open.id, "rate", .number(rate)),
                Change("takes", open.id, "seconds", .number(min(3_600, duration))),
            ]
            make("Record", open.changes)
        }
        host.keep(journal.take(open.id, .end))
    }

    /// Forgets all takes.
    func deleteTakes() {
        make("Delete all examples", document.ids("takes").map { Change(delete: "takes", $0) })
        blobs = []
    }

    /// Forgets what takes say about an output; takes that say nothing more go too.
    func deleteExamples(of output: Int) {
        var changes: [Change] = []
        let own = names.categories[output] + [names.models[output] + "-0"]
        let column = names.knobs[output] == nil ? nil : names.targetColumn(output)
        for id in document.ids("takes") {
            let labels = document.ordered("labels", where: "take", is: id)
            for label in labels where own.contains(document.text("labels", label, "category") ?? "") {
                changes.append(Change(delete: "labels", label))
            }
            var columns = document.texts("takes", id, "columns")
            if let column, let place = columns.firstIndex(of: column) {
                columns[place] = "deleted-" + Text(place)
                changes.append(Change("takes", id, "columns", .texts(columns)))
            }
            guard own.contains(document.text("takes", id, "category") ?? "") else { continue }
            let other = labels.first { !own.contains(document.text("labels", $0, "category") ?? "") }
            if let other, let category = document.text("labels", other, "category") {
                changes.append(Change("takes", id, "category", .text(category)))
                changes.append(Change(delete: "labels", other))
            } else {
                changes.append(Change(delete: "takes", id))
            }
        }
        make("Delete examples of an output", changes)
    }
}
