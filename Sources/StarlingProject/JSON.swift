import StarlingMath

/// A JSON value.
///
/// Reference: RFC 8259. Objects keep the order of their members; a name occurs once in an object.
public enum JSON: Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(Text)
    case list([JSON])
    case object([Member])

    /// A named value of an object.
    public struct Member: Equatable, Sendable {
        /// The name.
        public var name: Text
        /// The value.
        public var value: JSON
        /// A member from its name and value.
        @inline(never) public init(_ name: Text, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The member of an object with this name; nil where there is none, or this is no object.
    public subscript(_ name: Text) -> JSON? { member(name) }

    @inline(never) private func member(_ name: Text) -> JSON? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.name == name { return member.value }
        return nil
    }

    /// Whether this is `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }
    /// The number, where this is one.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }
    /// The text, where this is one.
    public var text: Text? { if case .text(let text) = self { text } else { nil } }
    /// The truth value, where this is one.
    public var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    /// The elements, where this is a list.
    public var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
    /// The members, where this is an object.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}
