import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// The project of this instance.
nonisolated(unsafe) var project = ProjectSession()

@_expose(wasm, "catalogue") @_cdecl("catalogue")
public func catalogue() -> Int32 {
    Exchange.answer { () throws(StarlingError) in Catalogue.json().written() }
}

@_expose(wasm, "document_empty") @_cdecl("document_empty")
public func documentEmpty() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.open(.starter())
        return []
    }
}

@_expose(wasm, "document_open") @_cdecl("document_open")
public func documentOpen(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.open(try Document(json: try JSON(reading: Exchange.received(count))))
        return []
    }
}

@_expose(wasm, "document_json") @_cdecl("document_json")
public func documentJSON() -> Int32 {
    Exchange.answer { () throws(StarlingError) in project.document.json.written() }
}

@_expose(wasm, "document_apply") @_cdecl("document_apply")
public func documentApply(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let json = try JSON(reading: Exchange.received(count))
        return try project.apply(try Command(json: json), mergeKey: json["merge"]?.text).json.written()
    }
}

@_expose(wasm, "document_undo") @_cdecl("document_undo")
public func documentUndo() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard let command = try project.undo() else { throw StarlingError("There is nothing to undo.") }
        return command.json.written()
    }
}

@_expose(wasm, "document_redo") @_cdecl("document_redo")
public func documentRedo() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard let command = try project.redo() else { throw StarlingError("There is nothing to redo.") }
        return command.json.written()
    }
}

@_expose(wasm, "document_history") @_cdecl("document_history")
public func documentHistory() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        JSON.object([
            .init("undo", project.undoName.map { .text($0) } ?? .null),
            .init("redo", project.redoName.map { .text($0) } ?? .null),
        ]).written()
    }
}

@_expose(wasm, "document_plan") @_cdecl("document_plan")
public func documentPlan() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        project.plan.words().withUnsafeBytes { raw in raw.map { $0 } }
    }
}

@_expose(wasm, "document_slots") @_cdecl("document_slots")
public func documentSlots() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        JSON.list(project.scene.slots.map { $0.json }).written()
    }
}

/// Keeps a take; see docs/abi.md for how its parts follow each other in the inbox.
@_expose(wasm, "document_keep") @_cdecl("document_keep")
public func documentKeep(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.keep(try TakeMessage(Exchange.received(count)).take()).json.written()
    }
}

@_expose(wasm, "document_capture") @_cdecl("document_capture")
public func documentCapture(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.capturePreset(Text(utf8: Exchange.received(count))).json.written()
    }
}

@_expose(wasm, "document_add_blob") @_cdecl("document_add_blob")
public func documentAddBlob(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let blob = Blob(Exchange.received(count))
        project.add(blob)
        return blob.name.utf8
    }
}

@_expose(wasm, "document_blob") @_cdecl("document_blob")
public func documentBlob(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let name = Text(utf8: Exchange.received(count))
        guard let blob = project.blob(name) else {
            throw StarlingError("The data " + name + " is not here. It may have been lost with an older copy of this project.")
        }
        return blob.bytes
    }
}

/// A slot's value as people read it, with its unit.
@_expose(wasm, "document_text") @_cdecl("document_text")
public func documentText(_ slot: Int32, _ value: Float) -> Int32 {
    Exchange.answer { () throws(StarlingError) in Scene.text(slotInfo(slot), value: value).utf8 }
}

@_expose(wasm, "document_position") @_cdecl("document_position")
public func documentPosition(_ slot: Int32, _ value: Float) -> Float { slotInfo(slot).position(value: value) }

@_expose(wasm, "document_value") @_cdecl("document_value")
public func documentValue(_ slot: Int32, _ position: Float) -> Float { slotInfo(slot).value(position: position) }

/// Where a mapping takes its destination, as floats: one for each of `count` positions of its source; none where something is gone.
@_expose(wasm, "document_mapping_shape") @_cdecl("document_mapping_shape")
public func documentMappingShape(_ count: Int32, _ places: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let shape = project.scene.shape(ofMapping: Text(utf8: Exchange.received(count)), count: Int(clamp(Float(places), 0, 1_000)))
        return shape.withUnsafeBytes { raw in raw.map { $0 } }
    }
}

private let plain = ParameterInfo("value", label: "Value", default: 0, help: "A plain number.")

private func slotInfo(_ slot: Int32) -> ParameterInfo {
    project.scene.info(slot: Int(slot)) ?? plain
}
