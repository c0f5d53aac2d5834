import StarlingMath

/// Reads numbers, least significant byte first, from bytes that may be damaged: past the end there is nothing, never a trap.
struct ByteReader {
    let bytes: [UInt8]
    var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var remaining: Int { bytes.count - position }

    /// The next `size` bytes (at most 8) as a number.
    mutating func number(_ size: Int) -> UInt64? {
        guard remaining >= size else { return nil }
        var value: UInt64 = 0
        for i in 0..<size { value |= UInt64(bytes[position + i]) << UInt64(8 * i) }
        position += size
        return value
    }

    /// The next `count` bytes.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, remaining >= count else { return nil }
        position += count
        return Array(bytes[position - count..<position])
    }
}

extension Array where Element == UInt8 {
    /// Appends the lowest `size` bytes of a number, least significant first.
    mutating func append(_ value: UInt64, size: Int) {
        for i in 0..<size { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * i))) }
    }

    /// Appends floats as 32-bit numbers; every machine that Starling runs on stores them least significant byte first.
    mutating func append(floats: [Float]) {
        floats.withUnsafeBytes { self += $0 }
    }

    /// The floats in a part of the bytes, whose length must be a multiple of 4.
    func floats(in range: Range<Int>) -> [Float] {
        withUnsafeBytes { bytes in
            (0..<range.count / 4).map {
                bytes.loadUnaligned(fromByteOffset: range.lowerBound + 4 * $0, as: Float.self)
            }
        }
    }
}
