import StarlingMath

/// The directions in which rows of numbers vary most: principal component analysis.
///
/// Reference: Pearson 1901; Jolliffe 2002, Principal Component Analysis. Each axis is a unit vector whose largest element is
/// positive. Cost to find: rows x dimension squared, and about 5 x dimension cubed, in double precision.
///
/// Saved as words (* whole number by bit pattern): magic*, dimension D*, components C*, whitening*; D means; C variances;
/// C x D axes.
public struct PrincipalComponents: Sendable {
    /// How many numbers a row has.
    public let dimension: Int
    /// How many components there are.
    public let componentCount: Int
    /// Whether each component is divided by its deviation.
    public let isWhitening: Bool
    /// The mean of each column.
    public let means: [Float]
    /// The variance along each component, largest first; 0 where rows do not vary that way.
    public let variances: [Float]
    /// The axes, one a row.
    public let axes: [Float]

    private static let magic: UInt32 = 0x5043_4153

    /// Finds components of rows of `dimension` numbers: one row at least, and 1...`dimension` components.
    ///
    /// Standardise columns of different units first; see `ColumnScaling`.
    public init(points: [Float], dimension: Int, components: Int, whitening: Bool = false) {
        precondition(dimension > 0 && !points.isEmpty && points.count % dimension == 0, "points must be whole rows")
        precondition(1...dimension ~= components, "there are 1 to dimension components")
        let count = points.count / dimension
        let means = PrincipalComponents.means(points, dimension)
        let found = SymmetricAxes(PrincipalComponents.covariance(points, dimension, means), size: dimension)
        self.dimension = dimension
        componentCount = components
        isWhitening = whitening
        self.means = means.map { Float($0) }
        let rank = min(components, count - 1)
        variances = (0..<components).map { $0 < rank ? max(0, Float(found.values[$0])) : 0 }
        axes = found.vectors[..<components].flatMap { vector in
            var axis = vector.map { Float($0) }
            makeLargestPositive(&axis)
            return axis
        }
    }

    /// The components of one row, `componentCount` numbers; a NaN counts as the column's mean.
    public func project(_ row: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        for k in 0..<componentCount {
            var sum: Float = 0
            for i in 0..<dimension where !row[i].isNaN { sum += (row[i] - means[i]) * axes[k * dimension + i] }
            result[k] = !isWhitening ? sum : variances[k] > 0 ? sum / variances[k].squareRoot() : 0
        }
    }

    private static func means(_ points: [Float], _ dimension: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: dimension)
        for i in points.indices { sums[i % dimension] += Double(points[i]) }
        return sums.map { $0 * Double(dimension) / Double(points.count) }
    }

    private static func covariance(_ points: [Float], _ dimension: Int, _ means: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: dimension * dimension)
        let count = points.count / dimension
        let scale = 1 / Double(max(1, count - 1))
        for row in 0..<count {
            let centred = (0..<dimension).map { Double(points[row * dimension + $0]) - means[$0] }
            for i in 0..<dimension { for j in 0...i { result[i * dimension + j] += centred[i] * centred[j] * scale } }
        }
        for i in 0..<dimension { for j in 0..<i { result[j * dimension + i] = result[i * dimension + j] } }
        return result
    }

    /// The words to save.
    public var words: [Float] {
        let head = [PrincipalComponents.magic, UInt32(dimension), UInt32(componentCount), isWhitening ? 1 : 0]
        return head.map { Float(bitPattern: $0) } + means + variances + axes
    }

    /// Takes words from outside; nil where they are not complete and sound.
    public init?(checking words: [Float]) {
        let head = words.prefix(4).map { $0.bitPattern }
        guard words.count > 4, head[0] == PrincipalComponents.magic, 1...UInt32(LearningLimits.inputs) ~= head[1],
            1...head[1] ~= head[2], head[3] <= 1
        else { return nil }
        let (d, c) = (Int(head[1]), Int(head[2]))
        guard words.count == 4 + d + c + c * d, words[4...].allSatisfy(isUsable) else { return nil }
        dimension = d
        componentCount = c
        isWhitening = head[3] == 1
        means = Array(words[4..<4 + d])
        variances = Array(words[4 + d..<4 + d + c])
        axes = Array(words[(4 + d + c)...])
        if !variances.allSatisfy({ $0 >= 0 }) || !axes.allSatisfy({ $0.magnitude <= 1.001 }) { return nil }
    }
}
