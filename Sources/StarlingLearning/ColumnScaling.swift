import StarlingMath

/// Brings the columns of a table to comparable sizes: each number less its column's centre, times the column's scale.
///
/// A column that does not vary has scale 0 and becomes 0. Numbers that are missing (NaN) are left out of the measure, and
/// become 0. Cost to measure: a pass over the table, and a sort of each column where it is robust.
///
/// Saved as words (* whole number by bit pattern): magic*, columns C*; C centres; C scales.
public struct ColumnScaling: Sendable {
    /// How centre and scale are measured.
    public enum Method: UInt8, Sendable, CaseIterable {
        /// Mean and deviation.
        case standard
        /// Median and distance between the quartiles, on which a few wild numbers have no hold.
        case robust
        /// Lowest number and range, so that all become 0...1.
        case range
    }

    /// What is taken off each column.
    public let centres: [Float]
    /// What each column is then multiplied by.
    public let scales: [Float]

    private static let magic: UInt32 = 0x5343_414C

    /// Measures a table of rows of `columns` numbers.
    public init(_ table: [Float], columns: Int, method: Method) {
        precondition(columns > 0 && table.count % columns == 0, "a table must be whole rows")
        if method == .robust {
            let quartiles = (0..<columns).map { ColumnScaling.quartiles(table, columns, $0) }
            centres = quartiles.map { $0.median }
            scales = quartiles.map { $0.upper > $0.lower ? 1 / ($0.upper - $0.lower) : 0 }
            return
        }
        var scaling = Scaling(columns: columns)
        scaling.add(table, rows: 0..<table.count / columns)
        scaling.finish()
        centres = method == .standard ? scaling.means : scaling.minima
        scales = method == .standard ? scaling.scales : scaling.rangeScales
    }

    /// Scales one row in place.
    public func apply(_ row: UnsafeMutablePointer<Float>) {
        for i in centres.indices { row[i] = row[i].isNaN ? 0 : (row[i] - centres[i]) * scales[i] }
    }

    private static func quartiles(
        _ table: [Float], _ columns: Int, _ column: Int
    ) -> (lower: Float, median: Float, upper: Float) {
        let present = stride(from: column, to: table.count, by: columns).map { table[$0] }.filter { !$0.isNaN }
        if present.isEmpty { return (0, 0, 0) }
        let sorted = sortedPlaces(count: present.count) { present[$0] < present[$1] }.map { present[$0] }
        /// The number at a share of the way through, between the two beside it.
        func quantile(_ share: Float) -> Float {
            let place = share * Float(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Float(below)) * (sorted[above] - sorted[below])
        }
        return (quantile(0.25), quantile(0.5), quantile(0.75))
    }

    /// The words to save.
    public var words: [Float] {
        [ColumnScaling.magic, UInt32(centres.count)].map { Float(bitPattern: $0) } + centres + scales
    }

    /// Takes words from outside; nil where they are not complete and sound.
    public init?(checking words: [Float]) {
        guard words.count > 2, words[0].bitPattern == ColumnScaling.magic,
            1...UInt32(LearningLimits.inputs) ~= words[1].bitPattern
        else { return nil }
        let columns = Int(words[1].bitPattern)
        guard words.count == 2 + 2 * columns, words[2...].allSatisfy(isUsable) else { return nil }
        centres = Array(words[2..<2 + columns])
        scales = Array(words[(2 + columns)...])
        if !scales.allSatisfy({ $0 >= 0 }) { return nil }
    }
}
