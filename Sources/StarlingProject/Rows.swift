import StarlingMath

/// The feature rows of a take: at each hop one row, with a number for each column.
///
/// As a blob: `rows` in ASCII, then version 1, row count and column count in 32 bits each, the rate in rows per second
/// as a 64-bit float, then all numbers row by row as 32-bit floats; everything least significant byte first.
public struct Rows: Equatable, Sendable {
    /// Numbers in a row.
    public let columnCount: Int
    /// Rows per second, above 0.
    public let rate: Double
    /// All numbers, row by row.
    public let values: [Float]

    /// How many rows and columns there may be.
    public enum Limits {
        /// An hour at some 1,000 rows a second.
        public static let rows = 4_000_000
        /// As many as a take may name.
        public static let columns = 1_024
        /// Numbers in all: 128 MB.
        public static let values = 32_000_000
    }

    private static let magic: UInt64 = 0x7377_6F72
    private static let version: UInt64 = 1
    private static let headerSize = 24

    /// Rows from all their numbers, whose count must be a multiple of the column count.
    ///
    /// Throws a sentence where counts or rate are out of range, or a number is NaN or infinite.
    public init(columnCount: Int, rate: Double, values: [Float]) throws(StarlingError) {
        guard (1...Limits.columns).contains(columnCount), values.count % columnCount == 0 else {
            throw complaint(
                "A take's rows must have 1...% columns, and be whole; % columns and % numbers do not fit.",
                Text(Limits.columns), Text(columnCount), Text(values.count))
        }
        guard values.count / columnCount <= Limits.rows, values.count <= Limits.values else {
            throw complaint("A take can have at most % rows and % numbers.", Text(Limits.rows), Text(Limits.values))
        }
        guard rate > 0, rate <= 192_000 else {
            throw complaint(
                "A take's rate is %; it must be above 0 and at most 192000 rows per second.",
                Text(shortest: rate))
        }
        if let bad = values.firstIndex(where: { !$0.isFinite }) {
            throw complaint("Row % of a take holds something that is no finite number.", Text(bad / columnCount + 1))
        }
        self.columnCount = columnCount
        self.rate = rate
        self.values = values
    }

    /// How many rows there are.
    public var rowCount: Int { values.count / columnCount }

    /// The rows as a blob's bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerSize + 4 * values.count)
        bytes.append(Self.magic, size: 4)
        bytes.append(Self.version, size: 4)
        bytes.append(UInt64(rowCount), size: 4)
        bytes.append(UInt64(columnCount), size: 4)
        bytes.append(rate.bitPattern, size: 8)
        bytes.append(floats: values)
        return bytes
    }

    /// Rows from a blob's bytes; throws a sentence where they are damaged.
    public init(reading bytes: [UInt8]) throws(StarlingError) {
        var reader = ByteReader(bytes)
        guard reader.number(4) == Self.magic, reader.number(4) == Self.version else {
            throw complaint("These are no rows of a take: they must begin with \"rows\" and version 1.")
        }
        guard let rows = reader.number(4), let columns = reader.number(4), let rate = reader.number(8),
            // Both are below 2^32, so that the product fits into 64 bits.
            rows * columns == UInt64(reader.remaining / 4), reader.remaining % 4 == 0, columns <= UInt64(Limits.columns)
        else {
            throw complaint("The rows of a take are damaged: their number does not fit the length of the data.")
        }
        try self.init(
            columnCount: Int(columns), rate: Double(bitPattern: rate),
            values: bytes.floats(in: Self.headerSize..<bytes.count))
    }
}
