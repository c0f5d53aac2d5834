import NIOCore
import StarlingProject

/// A strong validator (RFC 9110, 8.8.3): the same tag means the same bytes.
struct EntityTag: Equatable, Sendable, CustomStringConvertible {
    private let text: String
    /// The tag as it stands in a header, with its quotes.
    var description: String { "\"" + text + "\"" }

    private init(text: String) { self.text = text }

    /// The tag of bytes in memory: their SHA-256, so that it stays valid over a rebuild or a fresh clone.
    init(contentOf bytes: ByteBuffer) {
        text = Sha256.name(of: Array(bytes.readableBytesView)).description
    }

    /// The tag of a file too large to read for it: it changes whenever the file system notes a change.
    init(stateOf file: OpenFile) {
        let state = file.identity
        text = [Int(state.inode), state.size, state.modifiedSeconds, state.modifiedNanoseconds]
            .map { String($0, radix: 16) }.joined(separator: "-")
    }

    /// The tag of the same content in gzip form, which is other bytes and so needs another tag.
    var forGzip: EntityTag { EntityTag(text: text + "-gzip") }

    /// Whether a header such as `If-None-Match` names this tag, weakly compared, or is `*`.
    func isNamed(in header: [Substring]) -> Bool {
        header.contains { name in
            name == "*" || (name.hasPrefix("W/") ? name.dropFirst(2) : name) == description
        }
    }
}
