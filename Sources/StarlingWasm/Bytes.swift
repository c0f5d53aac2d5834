/// Numbers as the bytes that cross the boundary, least significant first: WebAssembly's own order.

extension UInt32 {
    package var bytes: [UInt8] { withUnsafeBytes(of: littleEndian) { raw in raw.map { $0 } } }
}

extension Array where Element == Float {
    /// Keeps the bits, also those of words that are no numbers.
    package var bytes: [UInt8] { withUnsafeBytes { raw in raw.map { $0 } } }
}

extension Array where Element == UInt8 {
    /// All whole floats in the bytes.
    package var floats: [Float] {
        withUnsafeBytes { raw in
            stride(from: 0, to: raw.count - 3, by: 4).map { raw.loadUnaligned(fromByteOffset: $0, as: Float.self) }
        }
    }

    /// The 32-bit number at an index, limited so that the product of two stays within an Int.
    package func count(at index: Int) -> Int {
        var value = 0
        for i in (0..<4).reversed() { value = value << 8 | Int(self[index + i]) }
        return Swift.min(value, 4_000_000)
    }
}
