import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// The journal that this instance writes.
nonisolated(unsafe) private var journal = LiveJournal()

/// A journal with at most one take in progress, which it gives a name of its own.
private struct LiveJournal {
    var writer = JournalWriter()
    var takeID = Text()

    mutating func record(_ kind: Int32, _ payload: [UInt8]) throws(StarlingError) -> [UInt8] {
        switch kind {
        case 0: return writer.document(try Document(json: try JSON(reading: payload)))
        case 1: return writer.command(try Command(json: try JSON(reading: payload)))
        case 2: return writer.blob(payload)
        case 3: return try begin(try JSON(reading: payload))
        case 4: return part(payload)
        case 5: return writer.take(takeID, .end)
        default: throw StarlingError("There is no journal record of kind " + Text(Int(kind)) + "; kinds are 0 to 5.")
        }
    }

    private mutating func begin(_ json: JSON) throws(StarlingError) -> [UInt8] {
        guard let category = json["category"]?.text, let rate = json["rate"]?.number,
            let sampleRate = json["sampleRate"]?.number, sampleRate >= 1, sampleRate <= 384_000
        else { throw StarlingError("A take's beginning needs a category, a rate and a sampleRate.") }
        takeID = "recovered-" + Text(Int(writer.sequence))
        let layout = BusLayout()
        let columns = layout.columns.prefix(Int(json["columns"]?.number ?? Double(layout.features.count)))
        let command = Command(
            "Recover a take",
            [
                Change("takes", takeID, "category", .text(category)),
                Change("takes", takeID, "order", .number(Double(writer.sequence))),
                Change("takes", takeID, "rate", .number(rate)),
                Change("takes", takeID, "columns", .texts(Array(columns))),
            ])
        return writer.take(takeID, .begin(command: command, sampleRate: Int(sampleRate)))
    }

    private mutating func part(_ payload: [UInt8]) -> [UInt8] {
        guard !takeID.isEmpty, payload.count >= 8 else { return [] }
        let rowsEnd = min(payload.count, 8 + 4 * payload.count(at: 0) * payload.count(at: 4))
        let rows = writer.take(takeID, .rows(Array(payload[8..<rowsEnd]).floats))
        return rows + writer.take(takeID, .sound(Array(payload[rowsEnd...]).floats))
    }
}

@_expose(wasm, "journal_recover") @_cdecl("journal_recover")
public func journalRecover(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let recovery = Recovery(journal: Exchange.received(count))
        try project.open(recovery.document)
        for blob in recovery.blobs { project.add(blob) }
        journal.writer = JournalWriter(sequence: recovery.nextSequence)
        recoveredBlobs = recovery.blobs.map { $0.name }
        return JSON.object([
            .init("length", .number(Double(recovery.validCount))),
            .init("records", .number(Double(recovery.recordCount))),
            .init("sequence", .number(Double(recovery.nextSequence))),
            .init("isWhole", .flag(recovery.isWhole)),
            .init("recovered", .flag(!recovery.rebuilding.isEmpty)),
            .init("message", .text(recovery.notices.reduce(Text()) { $0.isEmpty ? $1 : $0 + " " + $1 })),
        ]).written()
    }
}

nonisolated(unsafe) private var recoveredBlobs: [Text] = []

@_expose(wasm, "journal_blobs") @_cdecl("journal_blobs")
public func journalBlobs() -> Int32 {
    Exchange.answer { () throws(StarlingError) in JSON.list(recoveredBlobs.map { .text($0) }).written() }
}

@_expose(wasm, "journal_record") @_cdecl("journal_record")
public func journalRecord(_ kind: Int32, _ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in try journal.record(kind, Exchange.received(count)) }
}
