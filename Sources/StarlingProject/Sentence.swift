import StarlingMath

/// An error whose sentence is a template with each `%` in it replaced by the next part.
///
/// Kept out of line, like `filled`: sentences are rare, and there are many of them.
@inline(never) func complaint(_ template: StaticString, _ parts: Text...) -> StarlingError {
    StarlingError(filled(template, parts))
}

/// A template with each `%` in it replaced by the next part.
@inline(never) func filled(_ template: StaticString, _ parts: [Text]) -> Text {
    var sentence: [UInt8] = []
    var next = 0
    template.withUTF8Buffer { bytes in
        for byte in bytes {
            if byte == 37 {
                sentence += parts[next].utf8
                next += 1
            } else {
                sentence.append(byte)
            }
        }
    }
    return Text(utf8: sentence)
}

/// Words in a row: `a, b, c`.
@inline(never) func listing(_ words: [Text]) -> Text {
    var text = Text()
    for (i, word) in words.enumerated() { text += i == 0 ? word : ", " + word }
    return text
}
