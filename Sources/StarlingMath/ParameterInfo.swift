/// The unit of a slot's value, with the word that people see.
public enum Unit: UInt8, Sendable, CaseIterable {
    case none, hertz, seconds, decibels, noteNumber, semitones, ratio, percent, category

    /// The unit as written behind a number, for example `Hz`; empty for plain numbers.
    public var symbol: StaticString {
        switch self {
        case .none, .ratio, .category: ""
        case .hertz: "Hz"
        case .seconds: "s"
        case .decibels: "dB"
        case .noteNumber: "note"
        case .semitones: "st"
        case .percent: "%"
        }
    }
}

/// How positions 0...1 of a control spread over a range.
public enum Curve: UInt8, Sendable, CaseIterable {
    /// Equal steps add.
    case linear
    /// Equal steps multiply: for frequencies and times. The range must be above 0.
    case logarithmic
    /// Whole numbers.
    case stepped

    /// The word for this curve in files and listings.
    public var name: StaticString {
        switch self {
        case .linear: "linear"
        case .logarithmic: "logarithmic"
        case .stepped: "stepped"
        }
    }
}

/// What there is to know about one slot of the bus, and about one setting of a model.
///
/// Catalogues of these are the only place where names, units, ranges and defaults are written. The ABI,
/// the studio, the command line and the docs all read them.
public struct ParameterInfo: Sendable {
    /// The last part of the slot's path, lower case with hyphens: `brightness`.
    public let name: StaticString
    /// The name for people: `Brightness`.
    public let label: StaticString
    /// The unit of the value.
    public let unit: Unit
    /// The lowest value.
    public let minimum: Float
    /// The highest value.
    public let maximum: Float
    /// The value before anybody has chosen one.
    public let defaultValue: Float
    /// How positions spread over the range.
    public let curve: Curve
    /// One sentence in plain words.
    public let help: StaticString

    /// Describes a slot; the range must not be empty, and must be above 0 for a logarithmic curve.
    public init(
        _ name: StaticString, label: StaticString, unit: Unit = .none,
        range: ClosedRange<Float> = 0...1, default defaultValue: Float,
        curve: Curve = .linear, help: StaticString
    ) {
        precondition(range.lowerBound < range.upperBound, "a parameter's range must not be empty")
        precondition(curve != .logarithmic || range.lowerBound > 0, "a logarithmic range must be above 0")
        self.name = name
        self.label = label
        self.unit = unit
        minimum = range.lowerBound
        maximum = range.upperBound
        self.defaultValue = defaultValue
        self.curve = curve
        self.help = help
    }

    /// The value at a position 0...1; positions outside are limited.
    public func value(position: Float) -> Float {
        let p = clamp(position, 0, 1)
        if p == 1 { return maximum }  // exactly, whatever the arithmetic below would round to
        switch curve {
        case .linear: return minimum + p * (maximum - minimum)
        case .logarithmic: return clamp(minimum * fastExp2(p * fastLog2(maximum / minimum)), minimum, maximum)
        case .stepped: return (minimum + p * (maximum - minimum)).rounded(.toNearestOrEven)
        }
    }

    /// The position 0...1 of a value; values outside the range are limited.
    public func position(value: Float) -> Float {
        let v = clamp(value, minimum, maximum)
        switch curve {
        case .linear, .stepped: return (v - minimum) / (maximum - minimum)
        case .logarithmic: return fastLog2(v / minimum) / fastLog2(maximum / minimum)
        }
    }

    /// The value limited to the range, and rounded where the curve is stepped; NaN gives the default.
    public func limited(_ value: Float) -> Float {
        if value.isNaN { return defaultValue }
        let v = clamp(value, minimum, maximum)
        return curve == .stepped ? v.rounded(.toNearestOrEven) : v
    }
}
