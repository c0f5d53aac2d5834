import StarlingMath

/// Draws the border between two categories: the dual problem of a support-vector machine, solved pair by pair.
///
/// Method: sequential minimal optimisation (Platt 1998) with the second-order choice of pairs of Fan, Chen and Lin 2005,
/// Working set selection using second order information; it stops where no pair breaks the conditions by more than .0001.
/// Cost: two passes over the examples and at most two rows of kernels a move; some hundreds of moves for 250 examples.
final class PairSolver {
    /// For each example what it says: above 0 for the first category, below for the second, 0 where it need not speak.
    let speech: UnsafeMutablePointer<Double>
    /// What is added to the sum of speech and kernels.
    private(set) var bias = 0.0

    private let inputCount: Int
    private let count: Int
    private let signs: Floats
    private let limits: UnsafeMutablePointer<Double>
    /// What each example still lacks: its sign less the sum of speech and kernels.
    private let lacks: UnsafeMutablePointer<Double>
    private let diagonal: Floats
    private let rows: KernelRows
    private var movesLeft: Int

    private static let tolerance = 1e-4

    /// - Parameter blocks: The standardised inputs of both categories, one behind the other.
    init(_ kernel: Kernel, _ blocks: Floats, _ first: SupportVectorCategory, _ second: SupportVectorCategory) {
        inputCount = first.blocks.count / (first.blockCount * Nearest.blockSize)
        count = blocks.count / inputCount
        signs = Floats(count)
        diagonal = Floats(count)
        rows = KernelRows(kernel, blocks, inputCount: inputCount)
        speech = .allocate(capacity: 3 * count)
        speech.initialize(repeating: 0, count: 3 * count)
        limits = speech + count
        lacks = limits + count
        movesLeft = 10_000 + 100 * count
        add(first, sign: 1, from: 0, kernel)
        add(second, sign: -1, from: first.blockCount * Nearest.blockSize, kernel)
    }

    private func add(_ category: SupportVectorCategory, sign: Float, from start: Int, _ kernel: Kernel) {
        for i in start..<start + category.rows.count {
            signs[i] = sign
            limits[i] = Double(category.limit)
            lacks[i] = Double(sign)
            rows.copy(i)
            diagonal[i] = kernel.own(rows.vector.pointer, inputCount: inputCount)
        }
    }

    deinit { speech.deallocate() }

    /// The decision for an example learned from, once done.
    func decision(_ example: Int) -> Float { Float(Double(signs[example]) - lacks[example] + bias) }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 {
            guard movesLeft > 0, let (up, down) = choose(&work) else {
                findBias()
                return false
            }
            move(up, down, &work)
            movesLeft -= 1
        }
        return true
    }

    /// Whether an example may say more for the first category, or less.
    @inline(__always) private func mayRise(_ i: Int) -> Bool { speech[i] < (signs[i] > 0 ? limits[i] : 0) }
    @inline(__always) private func mayFall(_ i: Int) -> Bool { speech[i] > (signs[i] < 0 ? -limits[i] : 0) }

    /// The example that lacks most, and that with which moving gains most; nil where all conditions hold.
    private func choose(_ work: inout Int) -> (Int, Int)? {
        var up = -1
        var most = -Double.infinity
        for i in 0..<count where lacks[i] > most && mayRise(i) {
            most = lacks[i]
            up = i
        }
        work -= 4 * count
        if up < 0 { return nil }
        let row = rows.row(up, &work)
        var down = -1
        var least = Double.infinity
        var best = 0.0
        for i in 0..<count where lacks[i] < most && mayFall(i) {
            least = min(least, lacks[i])
            let gap = most - lacks[i]
            let gain = gap * gap / curvature(up, i, row[i])
            if gain > best {
                best = gain
                down = i
            }
        }
        return down >= 0 && most - least > PairSolver.tolerance ? (up, down) : nil
    }

    @inline(__always) private func curvature(_ i: Int, _ j: Int, _ kernel: Float) -> Double {
        max(Double(diagonal[i]) + Double(diagonal[j]) - 2 * Double(kernel), 1e-12)
    }

    /// Lets one example say more and the other less by as much.
    private func move(_ up: Int, _ down: Int, _ work: inout Int) {
        let (upRow, downRow) = rows.rows(up, down, &work)
        var amount = (lacks[up] - lacks[down]) / curvature(up, down, upRow[down])
        amount = min(amount, (signs[up] > 0 ? limits[up] : 0) - speech[up])
        amount = min(amount, speech[down] - (signs[down] < 0 ? -limits[down] : 0))
        speech[up] += amount
        speech[down] -= amount
        settle(up)
        settle(down)
        for i in 0..<count { lacks[i] -= amount * (Double(upRow[i]) - Double(downRow[i])) }
        work -= 4 * count
    }

    /// Sums of rounded numbers end exactly at their bounds.
    private func settle(_ i: Int) {
        if speech[i].magnitude < 1e-12 * limits[i] { speech[i] = 0 }
        if limits[i] - speech[i].magnitude < 1e-12 * limits[i] { speech[i] = signs[i] > 0 ? limits[i] : -limits[i] }
    }

    /// Examples that are between their bounds lie where the decision is their sign; or half way between the others.
    private func findBias() {
        var sum = 0.0, free = 0.0
        var most = -Double.infinity, least = Double.infinity
        for i in 0..<count where limits[i] > 0 {
            if mayRise(i) && mayFall(i) {
                sum += lacks[i]
                free += 1
            }
            if mayRise(i) { most = max(most, lacks[i]) }
            if mayFall(i) { least = min(least, lacks[i]) }
        }
        bias = free > 0 ? sum / free : (most + least) / 2
    }
}

/// Rows of the matrix of all kernels, worked out when asked for and kept while there is room.
private final class KernelRows {
    /// The vector that was copied last.
    let vector: Floats

    private let kernel: Kernel
    private let blocks: Floats
    private let inputCount: Int
    private let count: Int
    private let cache: UnsafeMutablePointer<Float>
    private let slotCount: Int
    /// Each row's slot and each slot's row, -1 for none, and when the slot was last asked for.
    private let slots: Wholes
    private let held: Wholes
    private let times: Wholes
    private var time = 0

    /// Room for kernels: 16 MB.
    private static let capacity = 1 << 22

    init(_ kernel: Kernel, _ blocks: Floats, inputCount: Int) {
        self.kernel = kernel
        self.blocks = blocks
        self.inputCount = inputCount
        count = blocks.count / inputCount
        slotCount = min(count, max(2, KernelRows.capacity / count))
        cache = .allocate(capacity: slotCount * count)  // not zeroed: a row is filled before it is read
        vector = Floats(inputCount)
        slots = Wholes(count)
        held = Wholes(slotCount)
        times = Wholes(slotCount)
        for i in 0..<count { slots[i] = -1 }
        for i in 0..<slotCount { held[i] = -1 }
    }

    deinit { cache.deallocate() }

    /// Takes a vector out of the blocks.
    func copy(_ example: Int) {
        let block = example / Nearest.blockSize * inputCount * Nearest.blockSize + example % Nearest.blockSize
        for i in 0..<inputCount { vector[i] = blocks[block + i * Nearest.blockSize] }
    }

    /// The kernels of an example with all; valid until the next row is asked for.
    func row(_ example: Int, _ work: inout Int) -> UnsafeMutablePointer<Float> {
        var slot = slots[example]
        if slot < 0 {
            slot = oldest()
            if held[slot] >= 0 { slots[held[slot]] = -1 }
            held[slot] = example
            slots[example] = slot
            copy(example)
            kernel.apply(
                vector.pointer, blocks.pointer, blockCount: count / Nearest.blockSize, inputCount: inputCount,
                into: cache + slot * count)
            work -= count * (inputCount + 8)
        }
        time += 1
        times[slot] = time
        return cache + slot * count
    }

    /// Two rows at once.
    func rows(
        _ first: Int, _ second: Int, _ work: inout Int
    ) -> (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) {
        _ = row(first, &work)
        let other = row(second, &work)
        return (row(first, &work), other)
    }

    private func oldest() -> Int {
        var best = 0
        for i in 0..<slotCount where times[i] < times[best] { best = i }
        return best
    }
}
