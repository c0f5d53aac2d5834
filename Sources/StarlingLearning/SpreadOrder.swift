import StarlingMath

/// Puts rows in an order in which the first ones lie far apart, each as far as can be from those before it.
///
/// Reference: Gonzalez 1985. Cost: rows x wanted x inputs.
final class SpreadOrder {
    private(set) var order: [Int]
    private let rows: Floats
    private let width: Int
    private let wanted: Int
    private let distances: Floats
    private var found = 0

    init(rows: Floats, width: Int, count: Int, wanted: Int) {
        self.rows = rows
        self.width = width
        self.wanted = wanted
        order = Array(0..<count)
        distances = Floats([Float](repeating: .infinity, count: count))
    }

    func step(_ work: inout Int) -> Bool {
        while work > 0 && found < wanted {
            let last = rows.pointer + order[max(0, found - 1)] * width
            var farthest = found
            for i in found..<order.count {
                let row = order[i]
                let distance = squaredDistance(rows.pointer + row * width, last, count: width)
                if distance < distances[row] { distances[row] = distance }
                if distances[row] > distances[order[farthest]] { farthest = i }
            }
            order.swapAt(found, farthest)
            work -= (order.count - found) * (width + 8)
            found += 1
        }
        return found < wanted
    }
}
