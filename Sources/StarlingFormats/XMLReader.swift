import StarlingMath

/// Goes through an XML document once.
struct XMLReader {
    let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(StarlingError) -> XMLElement {
        while at < bytes.count {
            if try !skipMark() {
                if at < bytes.count, bytes[at] == 60 { return try element(depth: 0) }
                at += 1
            }
        }
        throw StarlingError("there is no element in this XML")
    }

    private func has(_ text: StaticString) -> Bool {
        guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
        for i in 0..<text.utf8CodeUnitCount where bytes[at + i] != text.utf8Start[i] { return false }
        return true
    }

    private mutating func skip(behind end: StaticString) throws(StarlingError) {
        while at < bytes.count, !has(end) { at += 1 }
        guard at < bytes.count else { throw StarlingError("this XML ends too early") }
        at += end.utf8CodeUnitCount
    }

    /// Skips a comment, a declaration or an instruction.
    private mutating func skipMark() throws(StarlingError) -> Bool {
        if has("<!--") { try skip(behind: "-->") } else if has("<?") { try skip(behind: "?>") } else if has("<!"), !has("<![CDATA[") {
            try skip(behind: ">")
        } else { return false }
        return true
    }

    private mutating func element(depth: Int) throws(StarlingError) -> XMLElement {
        guard depth < 64 else { throw StarlingError("the elements of this XML lie more than 64 deep") }
        at += 1
        var element = XMLElement(name: name())
        guard try skipAttributes() else { return element }
        while at < bytes.count {
            if has("</") {
                try skip(behind: ">")
                return element
            }
            if has("<![CDATA[") {
                at += 9
                let start = at
                try skip(behind: "]]>")
                element.text += Text(utf8: Array(bytes[start..<at - 3]))
            } else if try skipMark() {
                continue
            } else if bytes[at] == 60 {
                element.children.append(try self.element(depth: depth + 1))
            } else {
                element.text += Text(utf8: try character())
            }
        }
        throw StarlingError("an element of this XML is not closed")
    }

    private mutating func name() -> Text {
        let start = at
        while at < bytes.count, bytes[at] > 32, bytes[at] != 62, bytes[at] != 47 { at += 1 }
        return Text(utf8: Array(bytes[start..<at]))
    }

    /// Skips to the end of a tag and says whether content follows.
    private mutating func skipAttributes() throws(StarlingError) -> Bool {
        var quote: UInt8?
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == quote { quote = nil } else if quote == nil, byte == 34 || byte == 39 { quote = byte } else if quote == nil, byte == 62 {
                return bytes[at - 2] != 47
            }
        }
        throw StarlingError("a tag of this XML is not closed")
    }

    private mutating func character() throws(StarlingError) -> [UInt8] {
        guard bytes[at] == 38 else {
            at += 1
            return [bytes[at - 1]]
        }
        let start = at + 1
        while at < bytes.count, bytes[at] != 59 { at += 1 }
        guard at < bytes.count else { throw StarlingError("an entity of this XML is not closed") }
        let entity = Text(utf8: Array(bytes[start..<at]))
        at += 1
        switch entity {
        case "lt": return [60]
        case "gt": return [62]
        case "amp": return [38]
        case "quot": return [34]
        case "apos": return [39]
        default: break
        }
        guard entity.utf8.first == 35, let number = Int(entity.utf8.dropFirst()), number < 128 else {
            throw StarlingError("this XML has an entity that is not known")
        }
        return [UInt8(number)]
    }
}

extension Int {
    /// The number in decimal digits, at most six.
    fileprivate init?(_ digits: ArraySlice<UInt8>) {
        guard 1...6 ~= digits.count, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        self = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
