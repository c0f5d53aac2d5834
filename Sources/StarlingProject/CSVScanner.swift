import StarlingMath

/// Finds the cells of CSV text.
struct CSVScanner {
    let bytes: [UInt8]
    private(set) var separator: UInt8
    private(set) var cells: [CSV.Cell] = []
    private(set) var lines: [Int] = []
    /// Cells in each row.
    private(set) var width = 0
    private var at: Int
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        separator = Self.separator(of: bytes[at...])
    }

    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        var seen = (tab: false, semicolon: false)
        var quoted = false
        for byte in bytes {
            if byte == 34 { quoted.toggle() }
            if quoted { continue }
            if byte == 10 || byte == 13 { break }
            if byte == 9 { seen.tab = true }
            if byte == 59 { seen.semicolon = true }
        }
        return seen.tab ? 9 : seen.semicolon ? 59 : 44
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }
    private var isAtLineEnd: Bool { next == nil || next == 10 || next == 13 }

    mutating func scan() throws(StarlingError) {
        while next != nil {
            if !isAtLineEnd { try row() }
            endLine()
        }
    }

    private mutating func endLine() {
        if next == 13 { at += 1 }
        if next == 10 { at += 1 } else if at == 0 || at > bytes.count || bytes[at - 1] != 13 { return }
        line += 1
    }

    private mutating func row() throws(StarlingError) {
        let start = cells.count
        lines.append(line)
        try cell()
        while next == separator {
            at += 1
            try cell()
        }
        let count = cells.count - start
        if width == 0 { width = count }
        guard count == width else {
            throw complaint(
                "Line % has % columns, but the first has %.",
                Text(lines[lines.count - 1]), Text(count), Text(width))
        }
        guard cells.count <= CSV.Limits.cells else {
            throw complaint("Line %: there are more than % cells, which is the limit.", Text(line), Text(CSV.Limits.cells))
        }
    }

    private mutating func cell() throws(StarlingError) {
        if next == 34 { return try quotedCell() }
        let start = at
        while let byte = next, byte != separator, byte != 10, byte != 13 {
            guard byte != 34 else { throw error("has a quote inside a cell that does not begin with one") }
            at += 1
        }
        cells.append(CSV.Cell(start: start, end: at, isQuoted: false))
    }

    private mutating func quotedCell() throws(StarlingError) {
        let unclosed = error("begins with a quote that is never closed")
        at += 1
        let start = at
        while let byte = next {
            if byte == 34 {
                guard at + 1 < bytes.count, bytes[at + 1] == 34 else { break }
                at += 1
            } else if byte == 10 {
                line += 1
            }
            at += 1
        }
        guard next == 34 else { throw unclosed }
        let end = at
        at += 1
        guard isAtLineEnd || next == separator else { throw error("goes on behind its closing quote") }
        cells.append(CSV.Cell(start: start, end: end, isQuoted: true))
    }

    /// An error in the present cell, with its line and the number of its column.
    private func error(_ what: StaticString) -> StarlingError {
        let column = width > 0 && !lines.isEmpty ? cells.count - (lines.count - 1) * width : cells.count
        return complaint("Line %, column % %.", Text(line), Text(column + 1), Text(what))
    }
}
