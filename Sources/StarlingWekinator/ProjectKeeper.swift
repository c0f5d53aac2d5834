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
    var isChanged = false { didSet { if isChanged { revision += 1 } } }
    /// How often something has changed.
    private(set) var revision: Int
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
        let isGesture: Bool
        var values: [Float] = []
    }

    init(document: Document, blobs: [Blob], names: ProjectNames, host: WekinatorHost, revision: Int = 0) {
        self.revision = revision
        self.document = document
        self.blobs = blobs
        self.names = names
        self.host = host
        journal = JournalWriter()
    }

    /// Goes on with a document that others have changed, and with further rows. A take that is open stays open.
    func follow(_ document: Document, _ further: [Blob], _ names: ProjectNames) {
        self.document = document
        self.names = names
        let rows = document.ids("takes").compactMap { document.text("takes", $0, "rows") }
        blobs = (blobs + further).filter { rows.contains($0.name) }
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
    func make(_ name: Text, _ changes: [Change], rows: Blob? = nil) {
        guard !changes.isEmpty else { return }
        do throws(StarlingError) {
            let applied = try document.apply(Command(name, changes))
            if host.learns { host.change(applied.done, rows: rows?.bytes) } else { host.keep(journal.command(applied.done)) }
            isChanged = true
        } catch {
            host.tell(.warning, Text("The project does not take this in: ") + error.sentence)
        }
    }

    // MARK: Takes

    /// Begins a take whose rows have all inputs and these further columns, unless the project is full.
    ///
    /// Rows of a `gesture` follow each other in time. Others are examples each: at 100 rows a second or fewer the engine
    /// learns from every one.
    func begin(categories: [Text], further columns: [Text], isGesture: Bool = false, at seconds: Double) {
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
        take = OpenTake(id: id, changes: changes, columnCount: all.count, start: seconds, isGesture: isGesture)
        if !host.learns { host.keep(journal.take(id, .begin(command: Command("Record", changes), sampleRate: 48_000))) }
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
        if !host.learns { host.keep(journal.take(take.id, .rows(waiting))) }
        waiting = []
    }

    /// Keeps the take, unless it is empty.
    func end(at seconds: Double) {
        guard var open = take else { return }
        flush()
        take = nil
        let rowCount = open.values.count / max(open.columnCount, 1)
        let duration = max(seconds - open.start, 1e-3)
        let rate = max(0.001, min(open.isGesture ? 192_000 : 100, Double(rowCount) / duration))
        if rowCount > 0, let rows = try? Rows(columnCount: open.columnCount, rate: rate, values: open.values) {
            let blob = Blob(rows.bytes)
            // Whoever learns elsewhere needs no more than the gestures here.
            if open.isGesture || !host.learns { blobs.append(blob) }
            if !host.learns { host.keep(journal.blob(blob.bytes)) }
            open.changes += ranges(open) + [
                Change("takes", open.id, "rows", .text(blob.name)), Change("takes", open.id, "rate", .number(rate)),
                Change("takes", open.id, "seconds", .number(min(3_600, Double(rowCount) / rate))),
            ]
            make("Record", open.changes, rows: blob)
        }
        if !host.learns { host.keep(journal.take(open.id, .end)) }
    }

    /// Changes that let the controls' ranges hold whatever came, for meters and mappings of the studio.
    private func ranges(_ take: OpenTake) -> [Change] {
        names.columns.indices.flatMap { input -> [Change] in
            let control = names.columns[input]
            guard document.has("controls", control) else { return [] }
            let values = stride(from: input, to: take.values.count, by: take.columnCount).map { Double(take.values[$0]) }
            let low = document.number("controls", control, "low") ?? 0
            let high = document.number("controls", control, "high") ?? 1
            var changes: [Change] = []
            if let least = values.min(), least < low { changes.append(Change("controls", control, "low", .number(-reach(least)))) }
            if let most = values.max(), most > high { changes.append(Change("controls", control, "high", .number(reach(most)))) }
            return changes
        }
    }

    /// The next power of two from 1 on that is no smaller, within what a range can be.
    private func reach(_ value: Double) -> Double {
        var reach = 1.0
        while reach < value.magnitude, reach < 5e8 { reach *= 2 }
        return reach < value.magnitude ? 1e9 : reach
    }

    /// Forgets all takes.
    func deleteTakes() {
        make("Delete all examples", document.ids("takes").map { Change(delete: "takes", $0) })
        blobs = []
    }

    /// Forgets what takes say about an output; takes that say nothing more go too.
    func deleteExamples(of output: Int) {
        var changes: [Change] = []
        let own = names.categories[output] + [names.zero(output), names.taught(output)]
        let column = names.knobs[output] == nil ? nil : names.targetColumn(output)
        let others = names.models.indices.filter { $0 != output && names.models[$0] == names.models[output] }.map { names.targetColumn($0) }
        for id in document.ids("takes") {
            var columns = document.texts("takes", id, "columns")
            if let column, let place = columns.firstIndex(of: column) {
                columns[place] = "deleted-" + Text(place)
                changes.append(Change("takes", id, "columns", .texts(columns)))
                // Another knob of the same model may still learn from it.
                if columns.contains(where: { others.contains($0) }) { continue }
            }
            let labels = document.ordered("labels", where: "take", is: id)
            for label in labels where own.contains(document.text("labels", label, "category") ?? "") {
                changes.append(Change(delete: "labels", label))
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
