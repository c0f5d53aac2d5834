import StarlingMath

/// The value of a field.
public enum Value: Equatable, Sendable {
    case number(Double)
    case text(Text)
    case flag(Bool)
    case numbers([Double])
    case texts([Text])

    /// The text, where this is one.
    var text: Text? { if case .text(let text) = self { text } else { nil } }

    /// The value as JSON.
    public var json: JSON {
        switch self {
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .flag(let flag): .flag(flag)
        case .numbers(let numbers): .list(numbers.map { .number($0) })
        case .texts(let texts): .list(texts.map { .text($0) })
        }
    }
}

extension FieldKind {
    /// A value of this kind from JSON; nil where its type is another. Limits are checked by `problem`.
    func value(_ json: JSON) -> Value? {
        switch self {
        case .number: json.number.map { .number($0) }
        case .flag: json.flag.map { .flag($0) }
        case .text, .key, .choice, .reference, .blob: json.text.map { .text($0) }
        case .numbers: all(json.list) { $0.number }.map { .numbers($0) }
        case .keys: all(json.list) { $0.text }.map { .texts($0) }
        }
    }

    private func all<Element>(_ list: [JSON]?, _ element: (JSON) -> Element?) -> [Element]? {
        guard let list else { return nil }
        let elements = list.compactMap(element)
        return elements.count == list.count ? elements : nil
    }

    /// Whether a value is of this kind and within its limits.
    package func allows(_ value: Value) -> Bool {
        switch (self, value) {
        case (.number(let range), .number(let number)): range.contains(number)
        case (.flag, .flag): true
        case (.text(let maximum), .text(let text)): text.utf8.count <= maximum && text.isProperUTF8
        case (.key, .text(let text)), (.reference, .text(let text)): text.isKey
        case (.choice(let words), .text(let text)): words.contains { text.matches($0) }
        case (.blob, .text(let text)): Blob.isName(text)
        case (.numbers(let range, let maximum), .numbers(let numbers)):
            numbers.count <= maximum && numbers.allSatisfy { range.contains($0) }
        case (.keys(let maximum), .texts(let texts)): texts.count <= maximum && texts.allSatisfy { $0.isKey }
        default: false
        }
    }

    /// What this kind of field holds, as the end of the sentence "it must be …".
    var expectation: Text {
        switch self {
        case .number(let range): filled("a number in %...%", Self.bounds(range))
        case .flag: "true or false"
        case .text(let maximum): filled("text of at most % bytes", [Text(maximum)])
        case .key: "a name of 1...64 characters a-z, 0-9, - and /"
        case .choice(let words): filled("one of %", [listing(words.map { Text($0) })])
        case .reference(let table): filled("the id of a record in %", [Text(table)])
        case .blob: "the SHA-256 of a blob in 64 hexadecimal digits"
        case .numbers(let range, let maximum): filled("at most % numbers in %...%", [Text(maximum)] + Self.bounds(range))
        case .keys(let maximum): filled("at most % names of 1...64 characters a-z, 0-9, - and /", [Text(maximum)])
        }
    }

    private static func bounds(_ range: ClosedRange<Double>) -> [Text] {
        [Text(shortest: range.lowerBound), Text(shortest: range.upperBound)]
    }
}
