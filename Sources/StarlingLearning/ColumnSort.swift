import StarlingMath

/// Sorts rows by a number each, equal ones in their order. Cost: about 15 ns a row, however they lie.
///
/// Method: radix sort by bytes, least significant first (Knuth, The Art of Computer Programming 3, 5.2.5).
final class ColumnSort {
    private let count: Int
    private var keys: UnsafeMutablePointer<UInt32>
    private var otherKeys: UnsafeMutablePointer<UInt32>
    private let otherRows: Wholes
    private let places: Wholes

    /// Takes the memory to sort up to `count` rows.
    init(count: Int) {
        self.count = count
        keys = .allocate(capacity: max(count, 1))
        otherKeys = .allocate(capacity: max(count, 1))
        otherRows = Wholes(count)
        places = Wholes(256)
    }

    deinit {
        keys.deallocate()
        otherKeys.deallocate()
    }

    /// Writes the rows 0..<count in the order of their values, which are not NaN.
    func sort(_ values: UnsafePointer<Float>, into rows: UnsafeMutablePointer<Int32>) {
        for row in 0..<count {
            let bits = values[row].bitPattern
            keys[row] = bits >> 31 == 1 ? ~bits : bits | 1 << 31  // in the order of the floats
            rows[row] = Int32(truncatingIfNeeded: row)
        }
        for shift in stride(from: 0, to: 32, by: 16) as StrideTo<UInt32> {
            pass(from: rows, to: otherRows.pointer, shift: shift)
            pass(from: otherRows.pointer, to: rows, shift: shift + 8)
        }
    }

    private func pass(from rows: UnsafeMutablePointer<Int32>, to result: UnsafeMutablePointer<Int32>, shift: UInt32) {
        let places = places.pointer
        places.update(repeating: 0, count: 256)
        for i in 0..<count { places[Int(keys[i] >> shift & 255)] += 1 }
        var start: Int32 = 0
        for digit in 0..<256 { (places[digit], start) = (start, start + places[digit]) }
        for i in 0..<count {
            let digit = Int(keys[i] >> shift & 255)
            let place = Int(places[digit])
            places[digit] += 1
            result[place] = rows[i]
            otherKeys[place] = keys[i]
        }
        swap(&keys, &otherKeys)
    }
}
