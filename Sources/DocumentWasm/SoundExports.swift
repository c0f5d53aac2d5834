import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// Keeps a sound for instruments: JSON `{name, place, sampleRate}`, a zero byte, then one channel; outbox = the command.
@_expose(wasm, "document_keep_sound") @_cdecl("document_keep_sound")
public func documentKeepSound(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let bytes = Exchange.received(count)
        guard let end = bytes.firstIndex(of: 0) else { throw StarlingError("A sound's message has no end of its JSON.") }
        let json = try JSON(reading: Array(bytes[..<end]))
        guard let name = json["name"]?.text, let place = json["place"]?.number, let rate = json["sampleRate"]?.number,
            rate >= 1, rate <= 1e6, place >= 0, place < 1e6
        else { throw StarlingError("A sound's message needs a name, a place and a sampleRate.") }
        let sound = Sound(sampleRate: Int(rate), channels: [Array(bytes[(end + 1)...]).floats])
        return try project.keepSound(sound, name: name, place: Int(place)).json.written()
    }
}

/// An id of `sounds` in the inbox; outbox = u32 sample rate, its samples.
@_expose(wasm, "document_sound") @_cdecl("document_sound")
public func documentSound(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let sound = try project.recordedSound(Text(utf8: Exchange.received(count)))
        return UInt32(sound.sampleRate).bytes + sound.mono.bytes
    }
}

/// An id of `sounds` in the inbox; outbox = what a room of the engine's bank is to hold.
@_expose(wasm, "document_bank_words") @_cdecl("document_bank_words")
public func documentBankWords(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        try project.bankWords(Text(utf8: Exchange.received(count))).bytes
    }
}
