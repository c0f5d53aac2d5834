import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWasm

/// Reads the packet in the inbox; the outbox then holds its messages as JSON, or the sentence of a refusal.
///
///     [{"address":"/wek/inputs","types":"ff","arguments":[0.5,1],"time":null},…]
///
/// Times are seconds since 1970, null for "immediately". Texts, numbers, true, false and null are themselves, an impulse is
/// the text "impulse", a list a list; blobs are lists of bytes, colours and MIDI messages numbers of 32 bits, and `h` loses
/// what is beyond 2^53, as numbers in JavaScript do.
@_expose(wasm, "osc_read") @_cdecl("osc_read")
public func oscRead(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        var messages: [JSON] = []
        let fault = Exchange.received(count).withUnsafeBytes { bytes in
            OSCPacket.forEachMessage(in: bytes) { messages.append($0.json) }
        }
        if let fault { throw StarlingError(fault.sentence) }
        return JSON.list(messages).written()
    }
}

/// Writes the messages whose JSON is in the inbox, as one packet, into the outbox: a bundle where there are several or a time.
///
///     {"time":null,"messages":[{"address":"/wek/inputs","types":"ff","arguments":[0.5,1]},…]}
///
/// Without `types`, numbers are sent as `f`, texts as `s`, true, false and null as `T`, `F` and `N`, lists in brackets.
@_expose(wasm, "osc_write") @_cdecl("osc_write")
public func oscWrite(_ count: Int32) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        let json = try JSON(reading: Exchange.received(count))
        var messages: [(address: Text, values: [OSCValue])] = []
        for message in json["messages"]?.list ?? [] {
            guard let address = message["address"]?.text, address.utf8.first == 47 else {
                throw StarlingError("The address of an OSC message begins with a slash.")
            }
            messages.append((address, try OSCValue.values(message["arguments"]?.list ?? [], types: message["types"]?.text)))
        }
        return try packet(messages, time: json["time"]?.number)
    }
}

/// The largest packet that UDP carries.
private let packetSize = 65_507

private func packet(_ messages: [(address: Text, values: [OSCValue])], time: Double?) throws(StarlingError) -> [UInt8] {
    guard !messages.isEmpty else { throw StarlingError("There is no message to send.") }
    var bytes = [UInt8](repeating: 0, count: packetSize)
    var isWhole = false
    let count = bytes.withUnsafeMutableBytes { buffer in
        var writer = OSCWriter(buffer)
        if messages.count == 1, time == nil { writer.message(messages[0].address, messages[0].values) } else {
            writer.bundle(time.map { OSCTime(seconds: $0) } ?? .immediately) { writer in
                for message in messages { writer.message(message.address, message.values) }
            }
        }
        isWhole = !writer.isOverrun
        return writer.count
    }
    guard isWhole else { throw StarlingError("The OSC packet is too large: UDP carries at most 65507 bytes. Send less at once.") }
    return Array(bytes[..<count])
}
