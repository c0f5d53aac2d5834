import StarlingMath
import StarlingOSC
import StarlingProject

extension OSCMessage {
    /// The message as JSON; see `oscRead`.
    var json: JSON {
        .object([
            JSON.Member("address", .text(Text(utf8: address))), JSON.Member("types", .text(Text(utf8: tags))),
            JSON.Member("arguments", .list(values.map { $0.json })),
            JSON.Member("time", time.isImmediate ? .null : .number(time.seconds)),
        ])
    }
}

extension OSCValue {
    /// The value as JSON; a number that JSON does not have is null.
    var json: JSON {
        switch self {
        case .int(let value): .number(Double(value))
        case .long(let value): .number(Double(value))
        case .float(let value): Double(value).isFinite ? .number(Double(value)) : .null
        case .double(let value): value.isFinite ? .number(value) : .null
        case .string(let text), .symbol(let text): .text(text)
        case .blob(let bytes): .list(bytes.map { .number(Double($0)) })
        case .time(let time): .number(time.seconds)
        case .character(let value), .colour(let value), .midi(let value): .number(Double(value))
        case .flag(let value): .flag(value)
        case .nothing: .null
        case .impulse: .text("impulse")
        case .list(let values): .list(values.map { $0.json })
        }
    }

    /// Values from JSON, each of the type that a letter names, or of the type that suits it.
    static func values(_ list: [JSON], types: Text?) throws(StarlingError) -> [OSCValue] {
        var values: [OSCValue] = []
        let letters = types?.utf8 ?? []
        guard letters.isEmpty || letters.count == list.count else {
            throw StarlingError("There must be as many type letters as arguments, or none.")
        }
        for (i, json) in list.enumerated() {
            guard let value = letters.isEmpty ? suiting(json) : value(json, of: letters[i]) else {
                throw StarlingError(Text("Argument ") + Text(i + 1) + Text(" does not fit its type; use i h f d s S b t c r m T F N I."))
            }
            values.append(value)
        }
        return values
    }

    private static func suiting(_ json: JSON) -> OSCValue? {
        switch json {
        case .number(let number): .float(Float(number))
        case .text(let text): .string(text)
        case .flag(let flag): .flag(flag)
        case .null: .nothing
        case .list(let list): all(list).map { .list($0) }
        case .object: nil
        }
    }

    private static func all(_ list: [JSON]) -> [OSCValue]? {
        let values = list.compactMap { suiting($0) }
        return values.count == list.count ? values : nil
    }

    private static func value(_ json: JSON, of letter: UInt8) -> OSCValue? {
        switch letter {
        case UInt8(ascii: "f"): return json.number.map { .float(Float($0)) }
        case UInt8(ascii: "d"): return json.number.map { .double($0) }
        case UInt8(ascii: "i"): return json.number.flatMap { Int32(exactly: $0.rounded()) }.map { .int($0) }
        case UInt8(ascii: "h"): return json.number.flatMap { Int64(exactly: $0.rounded()) }.map { .long($0) }
        case UInt8(ascii: "s"): return json.text.map { .string($0) }
        case UInt8(ascii: "S"): return json.text.map { .symbol($0) }
        case UInt8(ascii: "t"): return json.number.map { .time(OSCTime(seconds: $0)) }
        case UInt8(ascii: "c"): return word(json).map { .character($0) }
        case UInt8(ascii: "r"): return word(json).map { .colour($0) }
        case UInt8(ascii: "m"): return word(json).map { .midi($0) }
        case UInt8(ascii: "T"): return .flag(true)
        case UInt8(ascii: "F"): return .flag(false)
        case UInt8(ascii: "N"): return .nothing
        case UInt8(ascii: "I"): return .impulse
        case UInt8(ascii: "b"):
            let bytes = json.list?.compactMap { $0.number.flatMap { UInt8(exactly: $0) } }
            return bytes?.count == json.list?.count ? bytes.map { .blob($0) } : nil
        default: return nil
        }
    }

    private static func word(_ json: JSON) -> UInt32? { json.number.flatMap { UInt32(exactly: $0.rounded()) } }
}
