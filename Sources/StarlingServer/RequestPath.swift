/// The path of a request, cut into names from the root down.
///
/// Only what can be a file's name gets through: no encoded slash, backslash, control character or NUL,
/// and nothing that is not UTF-8. Names that begin with a dot are kept here and refused by the roots,
/// which makes `..`, `.` and hidden files one case.
struct RequestPath: Equatable {
    /// The decoded names; empty for `/`.
    let names: [String]
    /// Whether the path ends in a slash and so names a directory.
    let isDirectory: Bool
    /// The path as sent, percent-encoded, without the query.
    let encoded: Substring
    /// The query with its question mark; empty where there is none.
    let query: Substring

    /// Takes the target of a request line apart; nil where it is malformed.
    init?(target: String) {
        let local = RequestPath.withoutOrigin(target)
        let end = local.firstIndex { $0 == "?" || $0 == "#" } ?? local.endIndex
        encoded = local[..<end]
        query = local[end...]
        guard encoded.hasPrefix("/") else { return nil }
        isDirectory = encoded.hasSuffix("/")
        let pieces = encoded.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var names: [String] = []
        for piece in isDirectory ? pieces.dropLast() : pieces[...] {
            guard let name = RequestPath.decode(piece) else { return nil }
            names.append(name)
        }
        self.names = names
    }

    /// `http://host/path` is a valid target too and means `/path`.
    private static func withoutOrigin(_ target: String) -> Substring {
        guard target.hasPrefix("http://") || target.hasPrefix("https://") else { return target[...] }
        let afterScheme = target.drop { $0 != "/" }.dropFirst(2)
        return afterScheme.drop { $0 != "/" }
    }

    /// The file name that a percent-encoded piece stands for; nil where it can be none.
    private static func decode(_ piece: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = piece.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit)
            else { return nil }
            bytes.append(high * 16 + low)
        }
        let forbidden = bytes.contains { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        return bytes.isEmpty || forbidden ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
