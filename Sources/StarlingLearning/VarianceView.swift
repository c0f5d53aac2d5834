import StarlingMath

/// How sure a Gaussian process is, read from words:
///
/// | words | content |
/// |---|---|
/// | 2 | noise: the variance of a target about the surface, in units of the surface's; that in units of the target's |
/// | V | one divided by the diagonal of L, where L times L turned over is the covariance of the first V examples |
/// | about V x V / 2 | the other elements of L, row after row, each row filled up to a multiple of four |
struct VarianceView {
    /// The most examples whose variance is known: a query takes V x V / 2 multiply-adds.
    static let most = 512

    let words: UnsafePointer<Float>
    let count: Int

    static func wordCount(_ count: Int) -> Int { 2 + count + rowStart(count) }
    /// Where row `row` of L begins, behind the diagonal: the sum of the earlier rows' lengths.
    static func rowStart(_ row: Int) -> Int {
        let whole = row / 4
        // Rows 4q...4q+3 are 4q, 4q+1, 4q+2, 4q+3 long: filled up 4q and three times 4q + 4.
        return whole * (8 * whole + 4) + (row % 4 > 0 ? 4 * whole + (row % 4 - 1) * (4 * whole + 4) : 0)
    }

    /// The share of a target's variance that is certain, from how near inputs are to each example.
    func certainty(_ nearness: UnsafePointer<Float>, scratch z: UnsafeMutablePointer<Float>) -> Float {
        var explained: Float = 0
        for j in 0..<count { z[j] = 0 }
        var row = words + 2 + count
        for j in 0..<count {
            let length = roundedUpToFour(j)
            z[j] = (nearness[j] - dot(row, z, count: length)) * words[2 + j]
            explained += z[j] * z[j]
            row += length
        }
        let total = 1 + words[0]
        let most = words[1] * total
        // What is uncertain, as a share of the target's variance; far from all examples all of it.
        return clamp(1 - words[1] * (total - explained) / (most < 1 ? most : 1), 0, 1)
    }
}
