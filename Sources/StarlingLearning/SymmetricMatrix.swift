import StarlingMath

/// The eigenvalues of a symmetric matrix, largest first, and its unit eigenvectors in the same order.
///
/// Method: Householder's reduction to three diagonals, then QL steps with implicit shifts (Golub and Van Loan, Matrix
/// Computations, 8.3; Dubrulle, Martin and Wilkinson 1968). Cost: some size cubed x 5 multiply-adds in double precision.
struct SymmetricAxes {
    private(set) var values: [Double]
    private(set) var vectors: [[Double]]

    private let size: Int
    /// The diagonal and, one place on, what is beside it.
    private var diagonal: [Double]
    private var beside: [Double]
    /// One vector a row; a rotation mixes two rows.
    private var rows: [Double]

    /// The matrix is given row after row.
    init(_ matrix: [Double], size: Int) {
        self.size = size
        diagonal = [Double](repeating: 0, count: size)
        beside = diagonal
        rows = [Double](repeating: 0, count: size * size)
        values = []
        vectors = []
        reduce(matrix)
        for i in 0..<size { settle(i) }
        let d = diagonal
        let order = sortedPlaces(count: size) { d[$0] > d[$1] }
        values = order.map { d[$0] }
        vectors = order.map { Array(rows[$0 * size..<($0 + 1) * size]) }
    }

    // MARK: Three diagonals

    private mutating func reduce(_ matrix: [Double]) {
        var a = matrix
        var mirrors: [[Double]] = []
        for k in 0..<max(0, size - 2) { mirrors.append(mirror(&a, k)) }
        for i in 0..<size {
            diagonal[i] = a[i * size + i]
            if i + 1 < size { beside[i] = a[(i + 1) * size + i] }
            rows[i * size + i] = 1
        }
        for k in mirrors.indices.reversed() { reflectRows(mirrors[k], k) }
    }

    /// Makes column `k` 0 below the second diagonal, from both sides; gives the unit vector to mirror by, or nothing.
    private func mirror(_ a: inout [Double], _ k: Int) -> [Double] {
        let n = size
        var v = (k + 1..<n).map { a[$0 * n + k] }
        let length = norm(v)
        if length == 0 { return [] }
        let corner = v[0] > 0 ? -length : length
        v[0] -= corner
        let scale = 1 / norm(v)
        for i in v.indices { v[i] *= scale }
        var p = v.indices.map { i in
            v.indices.reduce(0) { $0 + a[(k + 1 + i) * n + k + 1 + $1] * v[$1] }
        }
        let share = v.indices.reduce(0) { $0 + v[$1] * p[$1] }
        for i in v.indices { p[i] = 2 * (p[i] - share * v[i]) }
        for i in v.indices {
            for j in v.indices { a[(k + 1 + i) * n + k + 1 + j] -= v[i] * p[j] + p[i] * v[j] }
            a[(k + 1 + i) * n + k] = i == 0 ? corner : 0
        }
        return v
    }

    private func norm(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    private mutating func reflectRows(_ v: [Double], _ k: Int) {
        if v.isEmpty { return }
        for row in 0..<size {
            let start = row * size + k + 1
            var share = 0.0
            for i in v.indices { share += rows[start + i] * v[i] }
            for i in v.indices { rows[start + i] -= 2 * share * v[i] }
        }
    }

    // MARK: One diagonal

    /// Rotates until what is beside diagonal element `first` is 0.
    private mutating func settle(_ first: Int) {
        for _ in 0..<60 {
            var last = first
            while last + 1 < size, !isNegligible(last) { last += 1 }
            if last == first { return }
            sweep(first, last)
        }
    }

    private func isNegligible(_ i: Int) -> Bool {
        beside[i].magnitude <= 1e-15 * (diagonal[i].magnitude + diagonal[i + 1].magnitude)
    }

    private mutating func sweep(_ first: Int, _ last: Int) {
        let half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first])
        let root = (half * half + 1).squareRoot()
        var g = diagonal[last] - diagonal[first] + beside[first] / (half + (half < 0 ? -root : root))
        var (sine, cosine, shift) = (1.0, 1.0, 0.0)
        for i in (first..<last).reversed() {
            let f = sine * beside[i]
            let b = cosine * beside[i]
            let length = (f * f + g * g).squareRoot()
            beside[i + 1] = length
            if length == 0 {
                diagonal[i + 1] -= shift
                beside[last] = 0
                return
            }
            sine = f / length
            cosine = g / length
            g = diagonal[i + 1] - shift
            let r = (diagonal[i] - g) * sine + 2 * cosine * b
            shift = sine * r
            diagonal[i + 1] = g + shift
            g = cosine * r - b
            rotateRows(i, sine, cosine)
        }
        diagonal[first] -= shift
        beside[first] = g
        beside[last] = 0
    }

    private mutating func rotateRows(_ i: Int, _ sine: Double, _ cosine: Double) {
        let n = size
        rows.withUnsafeMutableBufferPointer { rows in
            let low = rows.baseAddress! + i * n
            let high = low + n
            for k in 0..<n {
                let (a, b) = (low[k], high[k])
                high[k] = sine * a + cosine * b
                low[k] = cosine * a - sine * b
            }
        }
    }
}
