import StarlingMath

/// The 16 inner products of four interleaved vectors with four others, row after row.
func innerProducts(_ a: Floats, _ b: Floats) -> [Double] {
    var result = [Double](repeating: 0, count: 16)
    for i in stride(from: 0, to: a.count, by: 4) {
        for row in 0..<4 {
            for column in 0..<4 { result[4 * row + column] += Double(a[i + row]) * Double(b[i + column]) }
        }
    }
    return result
}

/// Makes four interleaved vectors unit long and square to each other (Gram and Schmidt, twice for accuracy).
///
/// A vector that lies in the space of those before it becomes 0.
func orthonormalise(_ vectors: Floats) {
    for k in 0..<4 {
        let before = norm(vectors, k)
        for _ in 0..<2 { for earlier in 0..<k { removeShare(of: earlier, from: k, vectors) } }
        let after = norm(vectors, k)
        let scale = after > 1e-5 * before ? 1 / after : 0
        for i in stride(from: k, to: vectors.count, by: 4) { vectors[i] = Float(Double(vectors[i]) * scale) }
    }
}

private func norm(_ vectors: Floats, _ k: Int) -> Double { inner(vectors, k, k).squareRoot() }

private func inner(_ vectors: Floats, _ j: Int, _ k: Int) -> Double {
    var sum = 0.0
    for i in stride(from: 0, to: vectors.count, by: 4) { sum += Double(vectors[i + j]) * Double(vectors[i + k]) }
    return sum
}

private func removeShare(of j: Int, from k: Int, _ vectors: Floats) {
    let share = inner(vectors, j, k)
    for i in stride(from: 0, to: vectors.count, by: 4) {
        vectors[i + k] = Float(Double(vectors[i + k]) - share * Double(vectors[i + j]))
    }
}

/// The unit eigenvectors of a symmetric matrix, those of the largest eigenvalues first.
///
/// Method: Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5), ten sweeps.
func mainAxes(ofSymmetric matrix: [Double], size n: Int) -> [[Double]] {
    var a = matrix
    var axes = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0.0 } }
    for _ in 0..<10 {
        for p in 0..<n { for q in p + 1..<max(n, p + 1) { rotate(&a, &axes, p, q, n) } }
    }
    let order = sortedPlaces(count: n) { a[$0 * n + $0] > a[$1 * n + $1] }
    return order.map { axes[$0] }
}

/// The rotation that makes element (p, q) 0.
private func rotate(_ a: inout [Double], _ axes: inout [[Double]], _ p: Int, _ q: Int, _ n: Int) {
    let off = a[p * n + q]
    if off == 0 { return }
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * off)
    let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
        (a[k * n + p], a[k * n + q]) = (c * a[k * n + p] - s * a[k * n + q], s * a[k * n + p] + c * a[k * n + q])
    }
    for k in 0..<n {
        (a[p * n + k], a[q * n + k]) = (c * a[p * n + k] - s * a[q * n + k], s * a[p * n + k] + c * a[q * n + k])
        (axes[p][k], axes[q][k]) = (c * axes[p][k] - s * axes[q][k], s * axes[p][k] + c * axes[q][k])
    }
}

/// Turns a vector round where its largest element is negative, so that its direction does not hang on chance.
func makeLargestPositive(_ vector: inout [Float]) {
    var largest: Float = 0
    for value in vector where value.magnitude > largest.magnitude { largest = value }
    if largest < 0 { for i in vector.indices { vector[i] = -vector[i] } }
}

/// Puts the inverse in place of a symmetric positive definite matrix of `size` x `size`, a multiple of four.
///
/// Method: Gauss and Jordan's elimination without pivots, which such matrices do not need. Cost: the cube of the size.
func invert(positive a: UnsafeMutablePointer<Float>, size: Int) {
    for k in 0..<size {
        let pivotRow = a + k * size
        let pivot = 1 / pivotRow[k]
        pivotRow[k] = 1
        scale(pivotRow, by: pivot, count: size)
        for i in 0..<size where i != k {
            let row = a + i * size
            let factor = -row[k]
            row[k] = 0
            add(row, pivotRow, times: factor, into: row, count: size)
        }
    }
}
