import StarlingMath

/// Limited-memory BFGS with 12 corrections and backtracking to Armijo's condition: no step size to choose.
///
/// Reference: Nocedal 1980; Nocedal and Wright, Numerical Optimization, algorithm 7.4.
/// Cost of a move: about 50 multiply-adds a parameter, beyond the gradients.
final class LimitedMemoryBFGS: Optimiser {
    private static let memory = 12
    private static let decrease = 1e-4
    private let reached: Floats
    private let reachedGradient: Floats
    private let direction: Floats
    private let moves: [Floats]
    private let changes: [Floats]
    private var curvatures = [Float](repeating: 0, count: memory)
    private var shares = [Float](repeating: 0, count: memory)
    private var stored = 0
    private var reachedLoss = Double.infinity
    private var step: Float = 0
    private var slope = 0.0
    private var tries = 0
    private let count: Int

    override var position: Floats { reached }
    override var firstUsefulRound: Int { 12 }
    override var patience: Int { 20 }

    override init(start: Floats) {
        count = start.count
        reached = Floats(start.array)
        reachedGradient = Floats(start.count)
        direction = Floats(start.count)
        moves = (0..<LimitedMemoryBFGS.memory).map { _ in Floats(start.count) }
        changes = (0..<LimitedMemoryBFGS.memory).map { _ in Floats(start.count) }
        super.init(start: start)
    }

    override func advance(loss: Double) -> Answer {
        let isStart = reachedLoss == .infinity
        let most = reachedLoss + LimitedMemoryBFGS.decrease * Double(step) * slope
        guard loss.isFinite, loss <= most else { return retreat(loss) }
        if !isStart { remember() }
        reached.pointer.update(from: point.pointer, count: count)
        reachedGradient.pointer.update(from: gradient.pointer, count: count)
        reachedLoss = loss
        return setOut() ? .moved : .cannotImprove
    }

    /// Tries a shorter step: where a parabola through what is known has its lowest point.
    private func retreat(_ loss: Double) -> Answer {
        tries += 1
        if tries > 20 || reachedLoss == .infinity {
            if stored == 0 { return .cannotImprove }
            stored = 0
            return setOut() ? .asksAgain : .cannotImprove
        }
        let t = Double(step)
        let lowest = -slope * t * t / (2 * (loss - reachedLoss - slope * t))
        step = Float(lowest.isFinite ? min(max(lowest, 0.1 * t), 0.5 * t) : 0.1 * t)
        place()
        return .asksAgain
    }

    /// Keeps the last move and how the gradient changed over it.
    private func remember() {
        let slot = stored % LimitedMemoryBFGS.memory
        add(point.pointer, reached.pointer, times: -1, into: moves[slot].pointer, count: count)
        add(gradient.pointer, reachedGradient.pointer, times: -1, into: changes[slot].pointer, count: count)
        let curvature = dot(moves[slot].pointer, changes[slot].pointer, count: count)
        let size = dot(changes[slot].pointer, changes[slot].pointer, count: count)
        if curvature > 1e-7 * size {
            curvatures[slot] = curvature
            stored += 1
        }
    }

    /// Chooses direction and first step from where we are; false where no way leads down.
    private func setOut() -> Bool {
        findDirection()
        slope = Double(dot(direction.pointer, reachedGradient.pointer, count: count))
        if !(slope < 0) {
            stored = 0
            findDirection()
            slope = Double(dot(direction.pointer, reachedGradient.pointer, count: count))
        }
        if !(slope < -1e-14) { return false }
        step = stored > 0 ? 1 : Float(min(1, 1 / (-slope).squareRoot()))
        tries = 0
        place()
        return true
    }

    private func place() {
        add(reached.pointer, direction.pointer, times: step, into: point.pointer, count: count)
        gradient.clear()
    }

    /// The gradient times the approximate inverse of the matrix of second derivatives, downhill.
    private func findDirection() {
        let d = direction.pointer
        d.update(from: reachedGradient.pointer, count: count)
        let oldest = max(0, stored - LimitedMemoryBFGS.memory)
        for i in (oldest..<stored).reversed() {
            let slot = i % LimitedMemoryBFGS.memory
            shares[slot] = dot(moves[slot].pointer, d, count: count) / curvatures[slot]
            add(d, changes[slot].pointer, times: -shares[slot], into: d, count: count)
        }
        scale(d, by: -initialScale, count: count)
        for i in oldest..<stored {
            let slot = i % LimitedMemoryBFGS.memory
            let share = dot(changes[slot].pointer, d, count: count) / curvatures[slot]
            add(d, moves[slot].pointer, times: -shares[slot] - share, into: d, count: count)
        }
    }

    private var initialScale: Float {
        if stored == 0 { return 1 }
        let slot = (stored - 1) % LimitedMemoryBFGS.memory
        return curvatures[slot] / dot(changes[slot].pointer, changes[slot].pointer, count: count)
    }
}
