import StarlingMath
import StarlingProject

/// A table in the format of Weka: attributes, each a number or one of some words, and rows.
///
/// Reference: Witten et al., Data Mining, 3rd edition, section 2.4. Sparse rows and attributes within attributes are refused.
struct Arff: Equatable {
    /// A column.
    struct Attribute: Equatable {
        var name: Text
        /// The words it can have; nil for numbers, dates and texts.
        var words: [Text]?
    }

    var relation: Text = "dataset"
    var attributes: [Attribute] = []
    /// Row after row, a cell for each attribute; nil where it is not known.
    var cells: [Text?] = []
    var rowCount: Int { attributes.isEmpty ? 0 : cells.count / attributes.count }

    /// A table without rows.
    init(attributes: [Attribute]) { self.attributes = attributes }

    /// Reads a table; throws a sentence with the line where it is wrong.
    init(reading bytes: [UInt8]) throws(StarlingError) {
        var isInData = false
        for (number, line) in Text(utf8: bytes).split(at: 10).enumerated() {
            let words = line.trimmed
            guard let first = words.utf8.first, first != UInt8(ascii: "%") else { continue }
            do throws(StarlingError) {
                if isInData { try readRow(words) } else { try readHead(words, &isInData) }
            } catch {
                throw StarlingError(Text("line ") + Text(number + 1) + Text(": ") + error.sentence)
            }
        }
        guard isInData else { throw StarlingError("there is no @data in this ARFF") }
    }

    private mutating func readHead(_ line: Text, _ isInData: inout Bool) throws(StarlingError) {
        var scanner = ArffScanner(line)
        let word = scanner.word()?.lowercased ?? Text()
        switch word {
        case "@relation": relation = scanner.word() ?? relation
        case "@data": isInData = true
        case "@attribute":
            guard let name = scanner.word() else { throw StarlingError("an attribute needs a name") }
            if scanner.isAtBrace {
                attributes.append(Attribute(name: name, words: scanner.list()))
            } else {
                let kind = scanner.word()?.lowercased ?? Text()
                guard ["numeric", "real", "integer", "date", "string"].contains(kind) else {
                    throw StarlingError(Text("the attribute ") + name + Text(" is of a kind that cannot be read"))
                }
                attributes.append(Attribute(name: name, words: nil))
            }
        default: throw StarlingError("@relation, @attribute or @data is expected here")
        }
    }

    private mutating func readRow(_ line: Text) throws(StarlingError) {
        guard line.utf8.first != UInt8(ascii: "{") else { throw StarlingError("sparse rows cannot be read") }
        var scanner = ArffScanner(line)
        let row = scanner.row()
        guard row.count == attributes.count else {
            throw StarlingError(
                Text("the row has ") + Text(row.count) + Text(" cells, but there are ") + Text(attributes.count) + Text(" attributes"))
        }
        for (attribute, cell) in zip(attributes, row) {
            if let cell, let words = attribute.words, !words.contains(cell) {
                throw StarlingError(attribute.name + Text(" cannot be ") + cell)
            }
        }
        cells += row
    }

    /// The table as bytes.
    var bytes: [UInt8] {
        var text = Text("@relation ") + relation.quotedForArff + Text("\n\n")
        for attribute in attributes {
            text += Text("@attribute ") + attribute.name.quotedForArff + Text(" ")
            if let words = attribute.words {
                text.utf8.append(UInt8(ascii: "{"))
                for (i, word) in words.enumerated() { text += (i > 0 ? Text(",") : Text()) + word.quotedForArff }
                text += Text("}\n")
            } else {
                text += Text(attribute.name == "Time" ? "date 'yyyy/MM/dd HH:mm:ss:SSS'\n" : "numeric\n")
            }
        }
        text += Text("\n@data\n")
        for (place, cell) in cells.enumerated() {
            text += cell.map { $0.quotedForArff } ?? Text("?")
            text.utf8.append((place + 1) % attributes.count == 0 ? 10 : UInt8(ascii: ","))
        }
        return text.utf8
    }
}

extension Text {
    /// Without white space at both ends.
    var trimmed: Text {
        var bytes = utf8[...]
        while let last = bytes.last, last <= 32 { bytes.removeLast() }
        while let first = bytes.first, first <= 32 { bytes.removeFirst() }
        return Text(utf8: Array(bytes))
    }

    var lowercased: Text { Text(utf8: utf8.map { 65...90 ~= $0 ? $0 + 32 : $0 }) }

    /// In quotes where a word of ARFF needs them.
    fileprivate var quotedForArff: Text {
        let isPlain = !isEmpty && utf8.allSatisfy { $0 > 32 && $0 != 44 && $0 != 39 && $0 != 34 && $0 != 123 && $0 != 125 && $0 != 37 && $0 != 63 && $0 != 92 && $0 < 128 }
        if isPlain { return self }
        var bytes: [UInt8] = [39]
        for byte in utf8 { bytes += byte == 39 || byte == 92 ? [92, byte] : [byte] }
        return Text(utf8: bytes + [39])
    }
}
