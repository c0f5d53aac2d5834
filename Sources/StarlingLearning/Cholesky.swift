import StarlingMath

/// Factors a symmetric positive definite matrix A into U turned over x U, in slices, and solves with it.
///
/// Method: Golub and Van Loan, Matrix Computations, 4.2, right-looking in panels of 16 rows, so that nearly all work is
/// a product of blocks that stay in registers. Cost: size cubed / 6 multiply-adds, then size squared for each solution.
final class Cholesky {
    let size: Int
    /// The length of a row: `size` rounded up to a multiple of four.
    let width: Int
    /// To be filled with the upper triangle of A, row after row; holds U when factored.
    let matrix: Floats
    /// Whether the matrix was positive definite as far as single precision can tell.
    private(set) var isDefinite = true

    private let inverses: Floats
    private var panel = 0
    private var row = 0
    private static let panelHeight = 16

    init(size: Int) {
        self.size = size
        width = roundedUpToFour(size)
        matrix = Floats(width * width)
        inverses = Floats(width)
    }

    /// Makes ready for what has been put into `matrix`.
    func begin() {
        isDefinite = true
        panel = 0
        row = 0
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 && isDefinite && panel < size {
            let end = min(panel + Cholesky.panelHeight, size)
            if row == 0 {
                factorPanel(end)
                work -= (end - panel) * (end - panel) * (width - panel) / 2
                row = roundedUpToFour(end)
            }
            while work > 0 && row < size {
                subtractProduct(
                    into: matrix.pointer, from: matrix.pointer + panel * width, width: width, row: row,
                    depth: end - panel)
                work -= 4 * (end - panel) * (width - row)
                row += 4
            }
            if row >= size {
                panel = end
                row = 0
            }
        }
        return isDefinite && panel < size
    }

    /// Does all the work and says whether the matrix was positive definite.
    func factor() -> Bool {
        begin()
        var work = Int.max
        _ = step(&work)
        return isDefinite
    }

    private func factorPanel(_ end: Int) {
        for j in panel..<end {
            let row = matrix.pointer + j * width
            guard row[j] > 0, row[j] < .infinity else {
                isDefinite = false
                return
            }
            inverses[j] = 1 / row[j].squareRoot()
            scale(row + (j & ~3), by: inverses[j], count: width - (j & ~3))
            for i in j + 1..<max(end, j + 1) {
                let first = i & ~3
                let other = matrix.pointer + i * width + first
                add(other, row + first, times: -row[i], into: other, count: width - first)
            }
        }
    }

    /// Half the logarithm of the determinant of the leading block.
    func halfLogDeterminant(_ count: Int) -> Double {
        var sum = 0.0
        for i in 0..<count { sum -= Double(fastLog(inverses[i])) }
        return sum
    }

    /// Replaces rows of right-hand sides, each `columns` (a multiple of four) wide, by the solutions of U' z = b.
    func solveForward(_ b: UnsafeMutablePointer<Float>, columns: Int) {
        for column in stride(from: 0, to: columns, by: 4) { solveForward(b + column, stride: columns) }
    }

    /// Replaces the first `count` rows of right-hand sides by the solutions of the leading block of U x = z.
    func solveBackward(_ z: UnsafeMutablePointer<Float>, columns: Int, count: Int) {
        for column in stride(from: 0, to: columns, by: 4) { solveBackward(z + column, stride: columns, count: count) }
    }

    /// Four right-hand sides, side by side in rows `stride` apart.
    func solveForward(_ b: UnsafeMutablePointer<Float>, stride: Int) {
        for j in 0..<size {
            let row = matrix.pointer + j * width
            let known = b.four(j * stride) * inverses[j]
            b.store(known, j * stride)
            for i in j + 1..<max(size, j + 1) { b.store(b.four(i * stride) - known * row[i], i * stride) }
        }
    }

    /// Four right-hand sides, side by side in rows `stride` apart.
    func solveBackward(_ z: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
        for j in (0..<count).reversed() {
            let row = matrix.pointer + j * width
            var unknown = z.four(j * stride)
            for i in j + 1..<max(count, j + 1) { unknown -= z.four(i * stride) * row[i] }
            z.store(unknown * inverses[j], j * stride)
        }
    }

    /// One divided by the diagonal element of U.
    func inverse(_ row: Int) -> Float { inverses[row] }
}

/// Four rows of the upper triangle of a symmetric matrix += the product of some rows, turned over, and themselves.
///
/// Both matrices have rows of `width`, a multiple of four; `row` is one too.
func addProduct(
    into matrix: UnsafeMutablePointer<Float>, from rows: UnsafePointer<Float>, width: Int, row: Int, depth: Int
) {
    addFourRows(matrix + row * width, rows, width, row, depth, 1)
}

/// The same, subtracted.
func subtractProduct(
    into matrix: UnsafeMutablePointer<Float>, from rows: UnsafePointer<Float>, width: Int, row: Int, depth: Int
) {
    addFourRows(matrix + row * width, rows, width, row, depth, -1)
}

private func addFourRows(
    _ c: UnsafeMutablePointer<Float>, _ p: UnsafePointer<Float>, _ width: Int, _ row: Int, _ depth: Int, _ sign: Float
) {
    var column = row
    while column + 8 <= width {
        addBlock8(c + column, p + row, p + column, width, depth, sign)
        column += 8
    }
    if column < width { addBlock4(c + column, p + row, p + column, width, depth, sign) }
}

@inline(__always) private func addBlock8(
    _ c: UnsafeMutablePointer<Float>, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>,
    _ width: Int, _ depth: Int, _ sign: Float
) {
    let c1 = c + width, c2 = c1 + width, c3 = c2 + width
    var s0 = c.four(0), s1 = c1.four(0), s2 = c2.four(0), s3 = c3.four(0)
    var t0 = c.four(4), t1 = c1.four(4), t2 = c2.four(4), t3 = c3.four(4)
    var a = left
    var b = right
    for _ in 0..<depth {
        let x0 = SIMD4(repeating: sign * a[0]), x1 = SIMD4(repeating: sign * a[1])
        let x2 = SIMD4(repeating: sign * a[2]), x3 = SIMD4(repeating: sign * a[3])
        let low = b.four(0), high = b.four(4)
        s0 += x0 * low
        t0 += x0 * high
        s1 += x1 * low
        t1 += x1 * high
        s2 += x2 * low
        t2 += x2 * high
        s3 += x3 * low
        t3 += x3 * high
        a += width
        b += width
    }
    c.store(s0, 0)
    c.store(t0, 4)
    c1.store(s1, 0)
    c1.store(t1, 4)
    c2.store(s2, 0)
    c2.store(t2, 4)
    c3.store(s3, 0)
    c3.store(t3, 4)
}

@inline(__always) private func addBlock4(
    _ c: UnsafeMutablePointer<Float>, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>,
    _ width: Int, _ depth: Int, _ sign: Float
) {
    let c1 = c + width, c2 = c1 + width, c3 = c2 + width
    var s0 = c.four(0), s1 = c1.four(0), s2 = c2.four(0), s3 = c3.four(0)
    var a = left
    var b = right
    for _ in 0..<depth {
        let low = b.four(0)
        s0 += SIMD4(repeating: sign * a[0]) * low
        s1 += SIMD4(repeating: sign * a[1]) * low
        s2 += SIMD4(repeating: sign * a[2]) * low
        s3 += SIMD4(repeating: sign * a[3]) * low
        a += width
        b += width
    }
    c.store(s0, 0)
    c1.store(s1, 0)
    c2.store(s2, 0)
    c3.store(s3, 0)
}
