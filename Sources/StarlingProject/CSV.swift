import StarlingMath

/// A sheet of cells, read from CSV text.
///
/// The separator is the first of tab, semicolon and comma that occurs in the first line outside quotes. Where it is a
/// semicolon, numbers may have a decimal comma. Line ends are LF, CRLF or CR; a byte-order mark and empty lines are
/// skipped. Reference: RFC 4180, with these freedoms. Cells stay in the text and are read when asked for.
public struct CSV: Sendable {
    /// Whether the first row names the columns.
    public enum Header: Sendable {
        case present, absent
        /// There is one where the first row holds no number.
        case detected
    }

    /// How large CSV may be.
    public enum Limits {
        /// Bytes of text.
        public static let bytes = 256 << 20
        /// Cells in all.
        public static let cells = 32_000_000
    }

    struct Cell {
        let start: Int
        let end: Int
        let isQuoted: Bool
    }

    /// The names of the columns; `column-1` and so on where there is no header.
    public private(set) var columns: [Text] = []
    /// The byte between cells.
    public let separator: UInt8
    private let bytes: [UInt8]
    private let cells: [Cell]
    /// The line of the text in which each row begins, from 1.
    private let lines: [Int]
    /// 1 where the first row is a header.
    private var headerCount = 0

    /// Reads CSV text; throws a sentence with line and column for broken quotes and rows of unequal length.
    public init(reading bytes: [UInt8], header: Header = .detected) throws(StarlingError) {
        guard bytes.count <= Limits.bytes else {
            throw complaint("The CSV text is too large: at most % MB can be read.", Text(Limits.bytes >> 20))
        }
        var scanner = CSVScanner(bytes: bytes)
        try scanner.scan()
        self.bytes = bytes
        separator = scanner.separator
        cells = scanner.cells
        lines = scanner.lines
        let width = scanner.width
        let first = (0..<width).map { text(cells[$0]) }
        let hasHeader = switch header {
        case .present: true
        case .absent: false
        case .detected: !first.isEmpty && !cells[..<width].contains { number($0) != nil }
        }
        columns = hasHeader ? first : first.indices.map { "column-" + Text($0 + 1) }
        headerCount = hasHeader ? min(1, lines.count) : 0
    }

    /// How many rows there are, the header left out.
    public var rowCount: Int { lines.count - headerCount }

    /// The place of a column; nil where none has this name.
    public func column(_ name: Text) -> Int? { columns.firstIndex(of: name) }

    /// The text of a cell, which must exist.
    public func text(row: Int, column: Int) -> Text { text(cell(row, column)) }

    private func cell(_ row: Int, _ column: Int) -> Cell { cells[(headerCount + row) * columns.count + column] }

    /// The number in a cell, which must exist; throws a sentence with line and column where it is not finite, or none.
    public func number(row: Int, column: Int) throws(StarlingError) -> Double {
        guard let number = number(cell(row, column))?.double else { throw notANumber(row, column) }
        return number
    }

    /// The single-precision number in a cell, as `number`.
    public func float(row: Int, column: Int) throws(StarlingError) -> Float {
        guard let number = number(cell(row, column))?.float else { throw notANumber(row, column) }
        return number
    }

    /// A cell as errors name it: `Line 3, column 2 (category)`.
    public func place(_ row: Int, _ column: Int) -> Text {
        let head = "Line " + Text(lines[headerCount + row]) + ", column " + Text(column + 1)
        return head + " (" + columns[column].shortened + ")"
    }

    private func notANumber(_ row: Int, _ column: Int) -> StarlingError {
        complaint(
            "Line %, column % (%) should be a finite number, but is \"%\".",
            Text(lines[headerCount + row]), Text(column + 1), columns[column].shortened, text(row: row, column: column).shortened)
    }

    private func number(_ cell: Cell) -> Decimal? {
        var (start, end) = (cell.start, cell.end)
        while start < end, bytes[start] == 32 { start += 1 }
        while start < end, bytes[end - 1] == 32 { end -= 1 }
        let written = bytes[start..<end]
        return Decimal(written) ?? (separator == 59 ? Decimal(written, point: 44) : nil)
    }

    private func text(_ cell: Cell) -> Text {
        guard cell.isQuoted else { return Text(utf8: Array(bytes[cell.start..<cell.end])) }
        var text: [UInt8] = []
        var at = cell.start
        while at < cell.end {
            text.append(bytes[at])
            at += bytes[at] == 34 ? 2 : 1  // a doubled quote stands for one
        }
        return Text(utf8: text)
    }
}
