import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWasm

/// The training session of this instance.
nonisolated(unsafe) private let session = TrainingSession()

@_expose(wasm, "session_open") @_cdecl("session_open")
public func sessionOpen(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try session.open(try Document(json: try JSON(reading: Exchange.received(count))))
        return []
    }
}

@_expose(wasm, "session_apply") @_cdecl("session_apply")
public func sessionApply(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try session.apply(try Command(json: try JSON(reading: Exchange.received(count))))
        return []
    }
}

/// The blob's id, a zero byte, then its bytes.
@_expose(wasm, "session_blob") @_cdecl("session_blob")
public func sessionBlob(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(count)
        guard let end = bytes.firstIndex(of: 0) else { throw StarlingError("A blob's message has no id.") }
        try session.add(rows: Blob(Array(bytes[(end + 1)...])))
        return []
    }
}

@_expose(wasm, "session_live_begin") @_cdecl("session_live_begin")
public func sessionLiveBegin(_ count: Int32, _ rate: Double) -> Int32 {
    session.beginLive(category: Text(utf8: Exchange.received(count)), rate: rate)
    return 0
}

@_expose(wasm, "session_live_rows") @_cdecl("session_live_rows")
public func sessionLiveRows(_ count: Int32, _ columns: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(4 * max(count, 0) * max(columns, 0))
        try session.addLive(bytes.floats, columnCount: Int(columns))
        return []
    }
}

@_expose(wasm, "session_live_end") @_cdecl("session_live_end")
public func sessionLiveEnd() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try session.endLive()
        return []
    }
}

/// `work` is in thousands of multiply-adds.
@_expose(wasm, "session_step") @_cdecl("session_step")
public func sessionStep(_ work: Int32) -> Int32 { session.step(work: 1000 * Int(max(work, 1))).rawValue }

@_expose(wasm, "session_weights") @_cdecl("session_weights")
public func sessionWeights() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard let (key, weights) = session.takeWeights() else { throw StarlingError("There are no new weights.") }
        return key.bytes + weights.words.bytes
    }
}

@_expose(wasm, "session_map") @_cdecl("session_map")
public func sessionMap() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard let (key, places) = session.takeMap() else { throw StarlingError("There are no new maps.") }
        let names = JSON.object([
            .init("categories", .list(places.categories.map { .text($0) })),
            .init("takes", .list(places.takes.map { .text($0) })),
        ])
        let head = key.bytes + UInt32(places.points.count).bytes
        return places.points.reduce(into: head) { bytes, point in
            bytes += [point.x, point.y].bytes + point.category.bytes + point.take.bytes
        } + names.written()
    }
}

@_expose(wasm, "session_report") @_cdecl("session_report")
public func sessionReport() -> Int32 {
    Exchange.answer { () throws(StarlingError) in session.report.written() }
}

/// JSON `{model, by, folds}`: begins a check in place of an unfinished one.
@_expose(wasm, "session_check") @_cdecl("session_check")
public func sessionCheck(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let json = try JSON(reading: Exchange.received(count))
        let folds = json["folds"]?.number ?? 5
        guard folds >= 2, folds <= 20, let model = json["model"]?.text else {
            throw StarlingError("A check needs a model, and 2 to 20 folds where there are any.")
        }
        try session.beginCheck(model, by: json["by"]?.text == "folds" ? .folds(Int(folds)) : .takes)
        return []
    }
}

@_expose(wasm, "session_check_end") @_cdecl("session_check_end")
public func sessionCheckEnd() { session.endCheck() }

/// How far the check is, and its report when it is done; null where there is none (any more).
@_expose(wasm, "session_check_state") @_cdecl("session_check_state")
public func sessionCheckState() -> Int32 {
    Exchange.answer { () throws(StarlingError) in (session.check?.json ?? .null).written() }
}
