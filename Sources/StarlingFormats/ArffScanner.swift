import StarlingMath

/// Goes through one line of ARFF.
struct ArffScanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ line: Text) { bytes = line.utf8 }

    private mutating func skipSpace() { while at < bytes.count, bytes[at] <= 32 { at += 1 } }

    var isAtBrace: Bool {
        mutating get {
            skipSpace()
            return at < bytes.count && bytes[at] == UInt8(ascii: "{")
        }
    }

    /// The next word, quotes taken off; nil at the end.
    mutating func word() -> Text? {
        skipSpace()
        guard at < bytes.count else { return nil }
        if bytes[at] == 39 || bytes[at] == 34 { return quoted() }
        let start = at
        while at < bytes.count, bytes[at] > 32, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "{"), bytes[at] != UInt8(ascii: "}") { at += 1 }
        return Text(utf8: Array(bytes[start..<at]))
    }

    private mutating func quoted() -> Text {
        let quote = bytes[at]
        at += 1
        var text: [UInt8] = []
        while at < bytes.count, bytes[at] != quote {
            if bytes[at] == 92, at + 1 < bytes.count { at += 1 }
            text.append(bytes[at])
            at += 1
        }
        at += 1
        return Text(utf8: text)
    }

    /// The words between braces.
    mutating func list() -> [Text] {
        at += 1
        var words: [Text] = []
        while let word = word() {
            words.append(word)
            skipSpace()
            if at < bytes.count, bytes[at] == UInt8(ascii: ",") { at += 1 } else { break }
        }
        return words
    }

    /// The cells of a row; nil for a question mark.
    mutating func row() -> [Text?] {
        var cells: [Text?] = []
        repeat {
            skipSpace()
            let isQuoted = at < bytes.count && (bytes[at] == 39 || bytes[at] == 34)
            let cell = word() ?? Text()
            cells.append(!isQuoted && cell == "?" ? nil : cell)
            skipSpace()
            if at < bytes.count, bytes[at] == UInt8(ascii: ",") { at += 1 } else { break }
        } while true
        return cells
    }
}
