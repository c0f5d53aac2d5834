import StarlingMath

extension Rows {
    /// The rows as CSV: a header with `time` in seconds and the columns' names, then a line a row.
    ///
    /// Numbers are written so that they read back as the same bits. The count of names must be the column count.
    public func csv(columns: [Text]) -> [UInt8] {
        precondition(columns.count == columnCount, "each column needs a name")
        var writer = CSVWriter()
        writer.add("time")
        for column in columns { writer.add(column) }
        writer.endRow()
        for row in 0..<rowCount {
            writer.add(Text(shortest: (Double(row) / rate * 1e6).rounded() / 1e6))
            for column in 0..<columnCount { writer.add(Text(shortest: values[row * columnCount + column])) }
            writer.endRow()
        }
        return writer.bytes
    }

    /// Rows from CSV with a column `time` and these columns in this order; throws a sentence with line and column.
    ///
    /// The times are not read: they follow from the rate.
    public init(csv: [UInt8], columns: [Text], rate: Double) throws(StarlingError) {
        let sheet = try CSV(reading: csv, header: .present)
        guard sheet.columns == ["time"] + columns else {
            throw complaint("The columns must be time, %.", listing(columns).shortened)
        }
        var values: [Float] = []
        values.reserveCapacity(sheet.rowCount * columns.count)
        for row in 0..<sheet.rowCount {
            for column in 1..<sheet.columns.count { values.append(try sheet.float(row: row, column: column)) }
        }
        try self.init(columnCount: columns.count, rate: rate, values: values)
    }
}
