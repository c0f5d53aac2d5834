import StarlingMath

/// Adam on batches of 32 examples, for datasets too large to be passed over for each move.
///
/// Reference: Kingma and Ba 2015, algorithm 1, with a rate that falls from 0.002 as one over time.
final class Adam: Optimiser {
    private let means: Floats
    private let squares: Floats
    private var moves: Float = 0
    private var meanDecay: Float = 1
    private var squareDecay: Float = 1

    override var batchSize: Int? { 32 }

    override init(start: Floats) {
        means = Floats(start.count)
        squares = Floats(start.count)
        super.init(start: start)
    }

    override func advance(loss: Double) -> Answer {
        moves += 1
        meanDecay *= 0.9
        squareDecay *= 0.999
        let rate = 0.002 / (1 + moves * 2e-4) / (1 - meanDecay)
        let correction = 1 / (1 - squareDecay)
        for i in stride(from: 0, to: point.count, by: 4) { move(i, rate, correction) }
        gradient.clear()
        return .moved
    }

    @inline(__always) private func move(_ i: Int, _ rate: Float, _ correction: Float) {
        let g = gradient.pointer.four(i)
        let mean = means.pointer.four(i) * 0.9 + g * 0.1
        let square = squares.pointer.four(i) * 0.999 + g * g * 0.001
        means.pointer.store(mean, i)
        squares.pointer.store(square, i)
        let root = (square * correction).squareRoot() + 1e-8
        point.pointer.store(point.pointer.four(i) - mean * rate / root, i)
    }
}
