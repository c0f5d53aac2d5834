import StarlingMath

/// An argument that owns what it holds, to be kept or to be sent.
public enum OSCValue: Equatable, Sendable {
    case int(Int32), long(Int64), float(Float), double(Double)
    case string(Text), symbol(Text), blob([UInt8])
    case time(OSCTime), character(UInt32), colour(UInt32), midi(UInt32)
    case flag(Bool), nothing, impulse
    case list([OSCValue])
}

extension OSCMessage {
    /// Copies of all arguments.
    public var values: [OSCValue] {
        var arguments = arguments
        return OSCValue.list(&arguments)
    }
}

extension OSCValue {
    /// The values up to the end of the list, or of the message.
    fileprivate static func list(_ arguments: inout OSCArguments) -> [OSCValue] {
        var values: [OSCValue] = []
        while let argument = arguments.next() {
            switch argument {
            case .int(let value): values.append(.int(value))
            case .long(let value): values.append(.long(value))
            case .float(let value): values.append(.float(value))
            case .double(let value): values.append(.double(value))
            case .string(let bytes): values.append(.string(Text(utf8: bytes)))
            case .symbol(let bytes): values.append(.symbol(Text(utf8: bytes)))
            case .blob(let bytes): values.append(.blob(Array(bytes)))
            case .time(let value): values.append(.time(value))
            case .character(let value): values.append(.character(value))
            case .colour(let value): values.append(.colour(value))
            case .midi(let value): values.append(.midi(value))
            case .flag(let value): values.append(.flag(value))
            case .nothing: values.append(.nothing)
            case .impulse: values.append(.impulse)
            case .listBegins: values.append(.list(list(&arguments)))
            case .listEnds: return values
            }
        }
        return values
    }

    /// Appends the value's type tags.
    func appendTags(to tags: inout [UInt8]) {
        switch self {
        case .int: tags.append(UInt8(ascii: "i"))
        case .long: tags.append(UInt8(ascii: "h"))
        case .float: tags.append(UInt8(ascii: "f"))
        case .double: tags.append(UInt8(ascii: "d"))
        case .string: tags.append(UInt8(ascii: "s"))
        case .symbol: tags.append(UInt8(ascii: "S"))
        case .blob: tags.append(UInt8(ascii: "b"))
        case .time: tags.append(UInt8(ascii: "t"))
        case .character: tags.append(UInt8(ascii: "c"))
        case .colour: tags.append(UInt8(ascii: "r"))
        case .midi: tags.append(UInt8(ascii: "m"))
        case .flag(let value): tags.append(value ? UInt8(ascii: "T") : UInt8(ascii: "F"))
        case .nothing: tags.append(UInt8(ascii: "N"))
        case .impulse: tags.append(UInt8(ascii: "I"))
        case .list(let values):
            tags.append(UInt8(ascii: "["))
            for value in values { value.appendTags(to: &tags) }
            tags.append(UInt8(ascii: "]"))
        }
    }
}
