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
