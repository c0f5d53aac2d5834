import NIOCore

/// The bytes of a response: in memory, or in a file too large to keep there.
public enum AssetBody: Sendable {
    case bytes(ByteBuffer)
    case file(OpenFile, Range<Int>)

    /// The number of bytes.
    public var count: Int {
        switch self {
        case .bytes(let buffer): buffer.readableBytes
        case .file(_, let range): range.count
        }
    }

    /// Part of the bytes, which must be within `0..<count`.
    func part(_ range: Range<Int>) -> AssetBody {
        switch self {
        case .bytes(let buffer):
            let start = buffer.readerIndex + range.lowerBound
            return .bytes(buffer.getSlice(at: start, length: range.count) ?? ByteBuffer())
        case .file(let file, let all):
            return .file(file, all.lowerBound + range.lowerBound..<all.lowerBound + range.upperBound)
        }
    }

    /// Up to `limit` bytes from an offset within `0...count`. Blocks where the bytes are in a file.
    public func piece(from offset: Int, limit: Int) -> ByteBuffer {
        let range = offset..<min(count, offset + limit)
        switch part(range) {
        case .bytes(let buffer): return buffer
        case .file(let file, let range): return file.read(at: range.lowerBound, count: range.count)
        }
    }
}
