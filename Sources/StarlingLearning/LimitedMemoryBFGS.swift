import StarlingMath

/// Limited-memory BFGS with eight corrections and backtracking to Armijo's condition: no step size to choose.
///
/// It starts each direction from what a preconditioner knows of the curvature. Where only the first of the numbers are
/// to be moved, whoever asks keeps the others at their best for each point.
/// Reference: Nocedal 1980; Nocedal and Wright, Numerical Optimization, algorithm 7.4.
/// Cost of a move: about 40 multiply-adds a number, beyond the gradients and the preconditioner.
final class LimitedMemoryBFGS: Optimiser {
    private static let memory = 8
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
    private let preconditioner: Preconditioner
    private let bent: Floats

    override var position: Floats { reached }
    override var patience: Int { 20 }

    /// - Parameters:
    ///   - moving: How many of the numbers are moved, a multiple of four; all where it is not said.
    ///   - preconditioner: What is known of the curvature; nothing where it is not said.
    init(start: Floats, moving: Int? = nil, _ preconditioner: Preconditioner = Preconditioner()) {
        let count = moving ?? start.count
        self.count = count
        self.preconditioner = preconditioner
        reached = Floats(start.array)
        reachedGradient = Floats(count)
        direction = Floats(count)
        bent = Floats(count)
        moves = (0..<LimitedMemoryBFGS.memory).map { _ in Floats(count) }
        changes = (0..<LimitedMemoryBFGS.memory).map { _ in Floats(count) }
        super.init(start: start)
    }

    override func reconsider() {
        point.pointer.update(from: reached.pointer, count: point.count)
        gradient.clear()
        reachedLoss = .infinity
    }

    override func advance(loss: Double) -> Answer {
        let isStart = reachedLoss == .infinity
        let most = reachedLoss + LimitedMemoryBFGS.decrease * Double(step) * slope
        guard loss.isFinite, loss <= most else { return retreat(loss) }
        if !isStart { remember() }
        reached.pointer.update(from: point.pointer, count: point.count)
        reachedGradient.pointer.update(from: gradient.pointer, count: count)
        reachedLoss = loss
        preconditioner.renew(point.pointer)
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
        step = stored > 0 || preconditioner.knowsScale ? 1 : Float(min(1, 1 / (-slope).squareRoot()))
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
        preconditioner.apply(d)
        scale(d, by: -initialScale, count: count)
        for i in oldest..<stored {
            let slot = i % LimitedMemoryBFGS.memory
            let share = dot(changes[slot].pointer, d, count: count) / curvatures[slot]
            add(d, moves[slot].pointer, times: -shares[slot] - share, into: d, count: count)
        }
    }

    /// How much the loss curved over the last move, compared with what the preconditioner says.
    private var initialScale: Float {
        if stored == 0 { return 1 }
        let slot = (stored - 1) % LimitedMemoryBFGS.memory
        bent.pointer.update(from: changes[slot].pointer, count: count)
        preconditioner.apply(bent.pointer)
        return curvatures[slot] / dot(changes[slot].pointer, bent.pointer, count: count)
    }
}
