import StarlingMath
import StarlingProject

/// An element of an XML document: as much of XML as programs write their settings in.
///
/// Reads elements, text, CDATA and the five entities and character references; skips attributes, comments, declarations
/// and processing instructions. Entities of a document's own are refused, so that none can grow without end.
struct XMLElement: Equatable {
    let name: Text
    /// The text directly in it.
    var text: Text = Text()
    var children: [XMLElement] = []

    /// The root element of a document.
    ///
    /// - Throws: a sentence where the document is not well-formed, or more than 64 elements deep.
    init(reading bytes: [UInt8]) throws(StarlingError) {
        var reader = XMLReader(bytes: bytes)
        self = try reader.document()
    }

    init(name: Text) { self.name = name }

    /// The first element within this one that has a name, at any depth.
    func first(_ name: Text) -> XMLElement? {
        for child in children {
            if child.name == name { return child }
            if let found = child.first(name) { return found }
        }
        return nil
    }

    /// The text of a direct child.
    subscript(_ name: Text) -> Text? { children.first { $0.name == name }?.text }
}

extension Text {
    /// The text with what XML must not have replaced by entities.
    var escapedForXML: Text {
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case 38: bytes += Text("&amp;").utf8
            case 60: bytes += Text("&lt;").utf8
            case 62: bytes += Text("&gt;").utf8
            default: bytes.append(byte)
            }
        }
        return Text(utf8: bytes)
    }
}
