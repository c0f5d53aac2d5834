import StarlingMath

/// Bulk data that never changes, named by the SHA-256 of its bytes: a take's rows, a sound.
public struct Blob: Equatable, Sendable {
    /// The SHA-256 of the bytes in 64 lower-case hexadecimal digits.
    public let name: Text
    /// The bytes.
    public let bytes: [UInt8]

    /// Names bytes by their hash; some 5 ms a megabyte.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        name = Sha256.name(of: bytes)
    }

    /// Whether a text can be a blob's name.
    static func isName(_ text: Text) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
