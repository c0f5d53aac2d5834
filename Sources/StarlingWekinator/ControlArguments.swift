import StarlingMath
import StarlingOSC

/// The arguments of a control message, read once.
struct ControlArguments {
    let values: [OSCValue]
    let isStrict: Bool

    /// A whole number from 1, of type `i`; unless strict, of any type that is a number.
    func number(_ place: Int) -> Int? {
        guard place < values.count else { return nil }
        if case .int(let value) = values[place] { return Int(value) }
        return isStrict ? nil : anyNumber(place)
    }

    /// A number of any type as a whole one; Wekinator itself takes more than one type here.
    func anyNumber(_ place: Int) -> Int? {
        guard place < values.count, let number = values[place].number, number.magnitude < 1e6 else { return nil }
        return Int(number)
    }

    func text(_ place: Int) -> Text? {
        guard place < values.count else { return nil }
        switch values[place] {
        case .string(let text), .symbol(let text): return text
        default: return nil
        }
    }
}

extension OSCValue {
    /// The value as a number, where it is one.
    var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .long(let value): Double(value)
        case .float(let value): Double(value)
        case .double(let value): value
        case .flag(let value): value ? 1 : 0
        default: nil
        }
    }
}
