/// A matrix that is read along rows or along columns, as the strides say.
struct MatrixView {
    let pointer: UnsafePointer<Float>
    let rowStride: Int
    let columnStride: Int

    /// A matrix stored row after row.
    static func rows(_ pointer: UnsafePointer<Float>, width: Int) -> MatrixView {
        MatrixView(pointer: pointer, rowStride: width, columnStride: 1)
    }
    /// The same, turned over: its rows are the stored columns.
    static func columns(_ pointer: UnsafePointer<Float>, width: Int) -> MatrixView {
        MatrixView(pointer: pointer, rowStride: 1, columnStride: width)
    }
}

/// `result` += `a` * `b`, with `result` of `rows` x `width`, `a` of `rows` x `depth` and `b` of `depth` x `width`.
///
/// `width` is a multiple of four. Blocks of four rows by eight or four columns stay in registers, so that
/// each load serves several products. Every element is summed in the order of `depth`.
/// Where `result` and `b` are columns of wider matrices, `spacing` is the width of those.
func addProduct(
    into result: UnsafeMutablePointer<Float>, rows: Int, width: Int, spacing: Int? = nil, depth: Int,
    _ a: MatrixView, _ b: UnsafePointer<Float>
) {
    let spacing = spacing ?? width
    var row = 0
    while row + 4 <= rows {
        addFourRows(into: result + row * spacing, width: width, spacing, depth: depth,
                    a.pointer + row * a.rowStride, a.rowStride, a.columnStride, b)
        row += 4
    }
    while row < rows {
        addRow(into: result + row * spacing, width: width, spacing, depth: depth,
               a.pointer + row * a.rowStride, a.columnStride, b)
        row += 1
    }
}

/// `result` += the transpose of `a` times `a`, below the diagonal and on it; what is above it is left undefined.
///
/// `a` is of `depth` x `width`, `width` a multiple of four; cost about half of the whole product.
func addSquare(into result: UnsafeMutablePointer<Float>, width: Int, depth: Int, _ a: UnsafePointer<Float>) {
    for row in stride(from: 0, to: width, by: 8) {
        let rows = min(8, width - row)
        addProduct(
            into: result + row * width, rows: rows, width: row + rows, spacing: width, depth: depth,
            .columns(a + row, width: width), a)
    }
}

@inline(__always) private func addFourRows(
    into result: UnsafeMutablePointer<Float>, width: Int, _ spacing: Int, depth: Int,
    _ a: UnsafePointer<Float>, _ rowStride: Int, _ columnStride: Int, _ b: UnsafePointer<Float>
) {
    var column = 0
    while column + 8 <= width {
        addBlock8(into: result + column, spacing, depth, a, rowStride, columnStride, b + column)
        column += 8
    }
    if column < width { addBlock4(into: result + column, spacing, depth, a, rowStride, columnStride, b + column) }
}

@inline(__always) private func addBlock8(
    into c: UnsafeMutablePointer<Float>, _ width: Int, _ depth: Int,
    _ a: UnsafePointer<Float>, _ rowStride: Int, _ columnStride: Int, _ b: UnsafePointer<Float>
) {
    let c1 = c + width, c2 = c1 + width, c3 = c2 + width
    let a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride
    var s0 = c.four(0), s1 = c1.four(0), s2 = c2.four(0), s3 = c3.four(0)
    var t0 = c.four(4), t1 = c1.four(4), t2 = c2.four(4), t3 = c3.four(4)
    var row = b
    var k = 0
    for _ in 0..<depth {
        let left = row.four(0), right = row.four(4)
        let x0 = SIMD4(repeating: a[k]), x1 = SIMD4(repeating: a1[k])
        let x2 = SIMD4(repeating: a2[k]), x3 = SIMD4(repeating: a3[k])
        s0 += x0 * left
        t0 += x0 * right
        s1 += x1 * left
        t1 += x1 * right
        s2 += x2 * left
        t2 += x2 * right
        s3 += x3 * left
        t3 += x3 * right
        row += width
        k += columnStride
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
    into c: UnsafeMutablePointer<Float>, _ width: Int, _ depth: Int,
    _ a: UnsafePointer<Float>, _ rowStride: Int, _ columnStride: Int, _ b: UnsafePointer<Float>
) {
    let c1 = c + width, c2 = c1 + width, c3 = c2 + width
    let a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride
    var s0 = c.four(0), s1 = c1.four(0), s2 = c2.four(0), s3 = c3.four(0)
    var row = b
    var k = 0
    for _ in 0..<depth {
        let left = row.four(0)
        s0 += SIMD4(repeating: a[k]) * left
        s1 += SIMD4(repeating: a1[k]) * left
        s2 += SIMD4(repeating: a2[k]) * left
        s3 += SIMD4(repeating: a3[k]) * left
        row += width
        k += columnStride
    }
    c.store(s0, 0)
    c1.store(s1, 0)
    c2.store(s2, 0)
    c3.store(s3, 0)
}

/// One row: sixteen columns at a time, since a single sum would wait for itself.
@inline(__always) private func addRow(
    into c: UnsafeMutablePointer<Float>, width: Int, _ spacing: Int, depth: Int,
    _ a: UnsafePointer<Float>, _ columnStride: Int, _ b: UnsafePointer<Float>
) {
    var column = 0
    while column + 16 <= width {
        var s0 = c.four(column), s1 = c.four(column + 4), s2 = c.four(column + 8), s3 = c.four(column + 12)
        var row = b + column
        var k = 0
        for _ in 0..<depth {
            let x = SIMD4(repeating: a[k])
            s0 += x * row.four(0)
            s1 += x * row.four(4)
            s2 += x * row.four(8)
            s3 += x * row.four(12)
            row += spacing
            k += columnStride
        }
        c.store(s0, column)
        c.store(s1, column + 4)
        c.store(s2, column + 8)
        c.store(s3, column + 12)
        column += 16
    }
    while column < width {
        var sum = c.four(column)
        for k in 0..<depth { sum += SIMD4(repeating: a[k * columnStride]) * b.four(k * spacing + column) }
        c.store(sum, column)
        column += 4
    }
}

/// `result` += the sum of the rows of a matrix, `width` a multiple of four.
func addRowSum(
    into result: UnsafeMutablePointer<Float>, _ matrix: UnsafePointer<Float>, rows: Int, width: Int
) {
    for row in 0..<rows { add(result, matrix + row * width, times: 1, into: result, count: width) }
}
