/// Cyclic redundancy checks of 32 bits, reflected, with all bits inverted before and after.
///
/// CRC-32 (polynomial 04C11DB7) guards ZIP entries, CRC-32C (1EDC6F41) the journal: it finds all bursts up to 32 bits
/// and has more distance at the journal's record sizes. Reference: RFC 1952 section 8; RFC 3720 section 12.1.
/// One table look-up a byte; the tables are made at first use.
public enum Checksum {
    /// CRC-32 as ZIP, gzip and PNG use it.
    public static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 { checksum(bytes, ieeeTable) }

    /// CRC-32C (Castagnoli).
    public static func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 { checksum(bytes, castagnoliTable) }

    private static let ieeeTable = table(0xEDB8_8320)
    private static let castagnoliTable = table(0x82F6_3B78)

    private static func table(_ polynomial: UInt32) -> [UInt32] {
        (0..<256).map { index in
            (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
        }
    }

    private static func checksum(_ bytes: some Sequence<UInt8>, _ table: [UInt32]) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
    }
}
