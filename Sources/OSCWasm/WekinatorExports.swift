import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWasm
import StarlingWekinator

// A page in Wekinator's place. Each function answers with what the page is to do (`PageHost.take`), whether frames are
// answered now (`running`), and when the next message of a bundle is due (`due`, seconds since 1970, or null).

nonisolated(unsafe) private var host = PageHost()
nonisolated(unsafe) private var wekinator: Wekinator?

/// Begins: the inbox holds the document as JSON; frames come to `port`. Runs from the beginning.
@_expose(wasm, "wekinator_begin") @_cdecl("wekinator_begin")
public func wekinatorBegin(_ count: Int32, _ port: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        host = PageHost()
        wekinator = try Wekinator(following: try Document(json: try JSON(reading: Exchange.received(count))), port: Int(port), host: host)
        wekinator?.startRunning()
        return done(withPaths: true)
    }
}

/// Takes in what has become of the project: the document as JSON, a zero byte, then rows of gestures that are new, each behind
/// its size in four bytes. Answers `paths` too: the slots that `wekinator_answer` needs.
@_expose(wasm, "wekinator_follow") @_cdecl("wekinator_follow")
public func wekinatorFollow(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(count)
        let end = bytes.firstIndex(of: 0) ?? bytes.count
        var rows: [Blob] = []
        var at = end + 1
        while at + 4 <= bytes.count {
            let size = bytes.count(at: at)
            guard size <= bytes.count - at - 4 else { throw StarlingError("The rows of a gesture are cut off.") }
            rows.append(Blob(Array(bytes[(at + 4)..<(at + 4 + size)])))
            at += 4 + size
        }
        try wekinator?.follow(try Document(json: try JSON(reading: Array(bytes[..<end]))), rows: rows)
        return done(withPaths: true)
    }
}

/// Takes in the packet in the inbox. The time now on a clock that does not go backwards, and in seconds since 1970.
@_expose(wasm, "wekinator_receive") @_cdecl("wekinator_receive")
public func wekinatorReceive(_ count: Int32, _ seconds: Double, _ date: Double) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        Exchange.received(count).withUnsafeBytes { wekinator?.receive($0, at: seconds, date: date) }
        return done()
    }
}

/// Does what bundles have asked for by now.
@_expose(wasm, "wekinator_release") @_cdecl("wekinator_release")
public func wekinatorRelease(_ seconds: Double, _ date: Double) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        wekinator?.release(at: seconds, date: date)
        return done()
    }
}

/// Answers the newest frame with what the slots of `paths` hold: floats in the inbox.
@_expose(wasm, "wekinator_answer") @_cdecl("wekinator_answer")
public func wekinatorAnswer(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        Exchange.received(count).floats.withUnsafeBufferPointer { wekinator?.answer($0) }
        return done()
    }
}

/// The page has trained.
@_expose(wasm, "wekinator_trained") @_cdecl("wekinator_trained")
public func wekinatorTrained() -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        wekinator?.trained()
        return done()
    }
}

private func done(withPaths: Bool = false) -> [UInt8] {
    var state: [JSON.Member] = [
        .init("running", .flag(wekinator?.activity == .running)), .init("due", wekinator?.nextDue.map { .number($0) } ?? .null),
    ]
    if withPaths { state.append(.init("paths", .list((wekinator?.answerPaths ?? []).map { .text($0) }))) }
    return host.take(state)
}
