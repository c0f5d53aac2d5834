import StarlingMath

/// Writes CSV: commas, LF line ends, quotes where a cell needs them.
public struct CSVWriter: Sendable {
    /// The text so far.
    public private(set) var bytes: [UInt8] = []
    private var isAtRowStart = true

    /// No text yet.
    public init() {}

    /// Adds a cell. Numbers come as `Text(shortest:)`, which reads back as the same number.
    public mutating func add(_ cell: Text) {
        if !isAtRowStart { bytes.append(44) }
        isAtRowStart = false
        // Semicolons and tabs too, so that the separator is found again.
        if cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 59 || $0 == 9 || $0 == 10 || $0 == 13 }) || cell.isEmpty {
            bytes.append(34)
            for byte in cell.utf8 { bytes += byte == 34 ? [34, 34] : [byte] }
            bytes.append(34)
        } else {
            bytes += cell.utf8
        }
    }

    /// Ends the row.
    public mutating func endRow() {
        bytes.append(10)
        isAtRowStart = true
    }
}
