import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// The `.starling` file of the project as it is.
@_expose(wasm, "document_export") @_cdecl("document_export")
public func documentExport() -> Int32 {
    Exchange.answer { () throws(StarlingError) in try project.file() }
}

/// Takes a `.starling` file whole, or refuses it whole.
@_expose(wasm, "document_import") @_cdecl("document_import")
public func documentImport(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.open(file: Exchange.received(count))
        return []
    }
}

/// A model's id, a zero byte, its weights: what the next export holds.
@_expose(wasm, "document_add_weights") @_cdecl("document_add_weights")
public func documentAddWeights(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(count)
        guard let end = bytes.firstIndex(of: 0) else { throw StarlingError("The weights' message has no model.") }
        project.add(ModelWeights(model: Text(utf8: Array(bytes[..<end])), bytes: Array(bytes[(end + 1)...])))
        return []
    }
}
