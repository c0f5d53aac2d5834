import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// A take's id in the inbox; outbox = f64 rate, u32 rows, u32 columns, the rows.
@_expose(wasm, "document_take_rows") @_cdecl("document_take_rows")
public func documentTakeRows(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let rows = try project.rows(of: Text(utf8: Exchange.received(count)))
        let rate = rows.rate.bitPattern
        return UInt32(truncatingIfNeeded: rate).bytes + UInt32(rate >> 32).bytes + UInt32(rows.rowCount).bytes
            + UInt32(rows.columnCount).bytes + rows.values.bytes
    }
}

/// A take's id in the inbox; outbox = u32 sample rate, the samples of its first channel; empty where it has no sound.
@_expose(wasm, "document_take_sound") @_cdecl("document_take_sound")
public func documentTakeSound(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard let sound = try project.sound(of: Text(utf8: Exchange.received(count))) else { return [] }
        return UInt32(sound.sampleRate).bytes + (sound.channels.first ?? []).bytes
    }
}

/// A model's id in the inbox; outbox = its examples as CSV.
@_expose(wasm, "document_export_examples") @_cdecl("document_export_examples")
public func documentExportExamples(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.exportExamples(of: Text(utf8: Exchange.received(count)))
    }
}

/// A model's id, a zero byte, then CSV: makes takes of it; outbox = the command.
@_expose(wasm, "document_import_examples") @_cdecl("document_import_examples")
public func documentImportExamples(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(count)
        guard let end = bytes.firstIndex(of: 0) else { throw StarlingError("The examples' message has no model.") }
        return try project.importExamples(Array(bytes[(end + 1)...]), into: Text(utf8: Array(bytes[..<end]))).json.written()
    }
}
