/// What a `Range` header asks for (RFC 9110, 14.1.2), against a content of known size.
enum ByteRange: Equatable {
    /// Everything: there is no header, its form is not understood, or it names several ranges, which a
    /// server may ignore.
    case whole
    /// These bytes.
    case part(Range<Int>)
    /// None of the bytes asked for exist.
    case unsatisfiable

    /// Reads a header of the form `bytes=first-last`, `bytes=first-` or `bytes=-count`.
    init(header: String?, size: Int) {
        guard let header, header.lowercased().hasPrefix("bytes=") else { self = .whole; return }
        let bounds = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2 else { self = .whole; return }
        switch (ByteRange.position(bounds[0]), ByteRange.position(bounds[1])) {
        case (.some(let first), .some(let last)) where first <= last:
            self.init(first..<max(first, min(last, size - 1) + 1), size: size)
        case (.some(let first), nil) where bounds[1].isEmpty:
            self.init(first..<max(first, size), size: size)
        case (nil, .some(let count)) where bounds[0].isEmpty:
            self.init(max(0, size - count)..<size, size: size)
        default: self = .whole
        }
    }

    private init(_ bytes: Range<Int>, size: Int) {
        self = bytes.isEmpty ? .unsatisfiable : .part(bytes)
    }

    /// Digits only: `Int` would take a sign too. Numbers beyond any file are as good as the largest.
    private static func position(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return min(Int(text) ?? .max, .max / 2)
    }
}
