import StarlingMath

/// The dynamic time warping distance of two sequences: the square root of the least sum of squared distances along a path.
///
/// Both ends meet, and a step goes on by one row in either or both (Sakoe and Chiba 1978). Cost: about 1 ns a
/// pair of rows and four numbers.
///
/// - Parameters:
///   - a: Row after row, `width` numbers each; at least one row.
///   - b: The same.
///   - window: By how many rows a path may leave the diagonal (the Sakoe-Chiba band); widened to the difference of the
///     lengths, as no path reaches the end otherwise. Nil allows all paths; 0 with equal lengths is the Euclidean distance.
public func warpingDistance(_ a: [Float], _ b: [Float], width: Int, window: Int? = nil) -> Float {
    precondition(width > 0 && !a.isEmpty && !b.isEmpty, "both sequences must have a row")
    let rows = a.count / width
    let columns = b.count / width
    let reach = max(window ?? max(rows, columns), (rows - columns).magnitude.asInt)
    var costs = [Float](repeating: .infinity, count: columns + 1)
    costs[0] = 0
    a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            costs.withUnsafeMutableBufferPointer { costs in
                for row in 0..<rows {
                    let first = max(0, row - reach)
                    let end = min(columns, row + reach + 1)
                    var diagonal = costs[first]
                    costs[first] = .infinity
                    for column in first..<end {
                        var sum: Float = 0
                        for i in 0..<width {
                            let difference = a[row * width + i] - b[column * width + i]
                            sum += difference * difference
                        }
                        let above = costs[column + 1]
                        let least = min(diagonal, min(above, costs[column]))
                        diagonal = above
                        costs[column + 1] = least + sum
                    }
                    if end < columns { costs[end + 1] = .infinity }
                }
            }
        }
    }
    return costs[columns].squareRoot()
}

extension UInt {
    fileprivate var asInt: Int { Int(self) }
}

/// Which of some sequences is nearest to another one by `warpingDistance`; the first of equally near ones.
///
/// - Parameter examples: At least one sequence, each row after row.
/// - Returns: The index of the nearest.
public func nearestByWarping(_ asked: [Float], among examples: [[Float]], width: Int, window: Int? = nil) -> Int {
    precondition(!examples.isEmpty, "there must be a sequence to compare with")
    if window == nil { return nearestOfAll(asked, examples, width: width) }
    var best = 0
    var least = Float.infinity
    for (i, example) in examples.enumerated() {
        let distance = warpingDistance(asked, example, width: width, window: window)
        if distance < least {
            least = distance
            best = i
        }
    }
    return best
}

/// Four examples go through each step together; those that can no longer be the nearest are given up.
///
/// Cost: about 200 us for 20 examples of 100 rows of 6 numbers.
private func nearestOfAll(_ asked: [Float], _ examples: [[Float]], width: Int) -> Int {
    let longest = examples.reduce(1) { max($0, $1.count / width) }
    let block = Floats(4 * longest * width)
    let costs = Floats(4 * (longest + 1))
    var best = 0
    var least = Float.infinity
    for first in stride(from: 0, to: examples.count, by: 4) {
        let count = min(4, examples.count - first)
        let rows = interleave(examples[first..<first + count], width: width, into: block.pointer)
        let isFinished = asked.withUnsafeBufferPointer {
            warp($0.baseAddress!, rows: asked.count / width, block.pointer, columns: rows, width, costs.pointer, atMost: least)
        }
        for lane in 0..<count where isFinished {
            let cost = costs[4 * (examples[first + lane].count / width) + lane]
            if cost < least {
                least = cost
                best = first + lane
            }
        }
    }
    return best
}

/// Writes row by row each number of all examples together; rows behind an example's end are far from everything.
private func interleave(_ examples: ArraySlice<[Float]>, width: Int, into block: UnsafeMutablePointer<Float>) -> Int {
    let rows = examples.reduce(1) { max($0, $1.count / width) }
    for lane in 0..<4 {
        let example = lane < examples.count ? examples[examples.startIndex + lane] : []
        example.withUnsafeBufferPointer { example in
            for i in 0..<rows * width { block[4 * i + lane] = i < example.count ? example[i] : 1e17 }
        }
    }
    return rows
}

/// The columns of four cost matrices, one after the other. Says whether the end was reached by a path of at most `most`.
private func warp(
    _ a: UnsafePointer<Float>, rows: Int, _ b: UnsafePointer<Float>, columns: Int, _ width: Int,
    _ costs: UnsafeMutablePointer<Float>, atMost most: Float
) -> Bool {
    let infinity = SIMD4<Float>(repeating: .infinity)
    for column in 0...columns { costs.store(infinity, 4 * column) }
    costs.store(.zero, 0)
    for row in 0..<rows {
        let x = a + row * width
        var diagonal = costs.four(0)
        costs.store(infinity, 0)
        var left = infinity
        var lowest = infinity
        var y = b
        for column in 1...columns {
            var sum = SIMD4<Float>.zero
            for i in 0..<width {
                let difference = y.four(4 * i) - x[i]
                sum += difference * difference
            }
            y += 4 * width
            let above = costs.four(4 * column)
            // What does not wait for the column before comes first.
            let waiting = diagonal.replacing(with: above, where: above .< diagonal)
            left = waiting.replacing(with: left, where: left .< waiting) + sum
            diagonal = above
            costs.store(left, 4 * column)
            lowest.replace(with: left, where: left .< lowest)
        }
        if lowest[0] > most && lowest[1] > most && lowest[2] > most && lowest[3] > most { return false }
    }
    return true
}
