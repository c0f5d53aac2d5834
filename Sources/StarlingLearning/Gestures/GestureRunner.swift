import StarlingMath

/// What the runners of all gesture kinds share: the time base, and what they tell of each gesture.
///
/// The weights say how many seconds lie between two rows as learned. Run more often than that, the mean of the
/// inputs since the last row is taken; run more rarely, rows are interpolated. At most 16 rows pass in one run.
/// What passes on is not the row itself but its channels, see `GestureHead`.
class GestureRunner: Runner {
    /// Certainty, phase and speed of each gesture.
    let values: Floats
    /// The weights at work; nil before the first.
    final private(set) var view: WeightsView?
    private var head: GestureHead?
    private let channels: Floats
    /// The last rows, as many as the lag, in a ring.
    private let past: Floats
    private var pastPlace = 0
    private var hasPast = false
    private let sums: Floats
    private let before: Floats
    private let row: Floats
    private var rowsPerRun: Float = 1
    private var elapsed: Float = 0
    private var runsSummed: Float = 0
    private var hasInputs = false
    private var found = -1
    private var refractoryRows: Float = 0
    private var rowsUntilReady: Float = 0

    private static let mostRowsPerRun: Float = 16

    init(maximumInputs: Int, maximumOutputs: Int) {
        values = Floats(maximumOutputs * Task.gestureValues)
        sums = Floats(maximumInputs)
        before = Floats(maximumInputs)
        row = Floats(maximumInputs)
        channels = Floats(roundedUpToFour(2 * maximumInputs))
        past = Floats(GestureHead.mostLag * maximumInputs)
    }

    /// Takes the channels of one row and writes `values`.
    func advance(_ channels: UnsafePointer<Float>) {}

    /// Forgets all rows.
    func forget() {}

    /// To be called at the end of a successful `attach`.
    final func begin(_ view: WeightsView, _ head: GestureHead) {
        self.view = view
        self.head = head
        refractoryRows = head.refractory / head.secondsPerRow
        prepare(secondsPerRun: 0)
        reset()
    }

    final override var spotted: Int { found }

    /// Reports a gesture; what is reported within the refractory time after another one is left out.
    final func report(_ gesture: Int) {
        if rowsUntilReady > 0 { return }
        found = gesture
        rowsUntilReady = refractoryRows
    }

    final override func prepare(secondsPerRun: Seconds) {
        guard let head else { return }
        let ratio = secondsPerRun / head.secondsPerTakeRow
        // Rates that are meant to be the same differ in the last digits.
        let isOther = ratio > 0 && (ratio - 1).magnitude > 0.01
        rowsPerRun = min((isOther ? ratio : 1) * head.secondsPerTakeRow / head.secondsPerRow, Self.mostRowsPerRun)
    }

    final override func reset() {
        values.clear()
        elapsed = 0
        runsSummed = 0
        hasInputs = false
        hasPast = false
        found = -1
        rowsUntilReady = 0
        forget()
    }

    final override func run(_ inputs: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let view else { return }
        found = -1
        for i in 0..<view.inputCount {
            let z = view.standardised(inputs[i], i)
            if !hasInputs { before[i] = z }
            row[i] = z
        }
        hasInputs = true
        if rowsPerRun > 1 { interpolate(view.inputCount) } else { average(view.inputCount) }
        outputs.update(from: values.pointer, count: view.outputCount * Task.gestureValues)
    }

    private func average(_ count: Int) {
        elapsed += rowsPerRun
        runsSummed += 1
        if elapsed >= 0.9999, runsSummed == 1 {
            elapsed = max(0, elapsed - 1)
            runsSummed = 0
            return take(row.pointer)
        }
        for i in 0..<count { sums[i] = (runsSummed == 1 ? 0 : sums[i]) + row[i] }
        if elapsed < 0.9999 { return }
        elapsed = max(0, elapsed - 1)
        for i in 0..<count { row[i] = sums[i] / runsSummed }
        runsSummed = 0
        take(row.pointer)
    }

    private func interpolate(_ count: Int) {
        let start = elapsed
        elapsed += rowsPerRun
        var passed: Float = 1
        for i in 0..<count { sums[i] = row[i] }
        while passed <= elapsed {
            let share = (passed - start) / rowsPerRun
            for i in 0..<count { row[i] = before[i] + share * (sums[i] - before[i]) }
            take(row.pointer)
            passed += 1
        }
        elapsed -= passed - 1
        for i in 0..<count { before[i] = sums[i] }
    }

    private func take(_ row: UnsafePointer<Float>) {
        guard let head else { return }
        if rowsUntilReady > 0 { rowsUntilReady -= 1 }
        if !hasPast {
            for k in 0..<head.lag { (past.pointer + k * head.inputCount).update(from: row, count: head.inputCount) }
            pastPlace = 0
            hasPast = true
        }
        let oldest = past.pointer + pastPlace * head.inputCount
        head.look(at: row, before: oldest, into: channels.pointer)
        oldest.update(from: row, count: head.inputCount)
        pastPlace = pastPlace + 1 < head.lag ? pastPlace + 1 : 0
        advance(channels.pointer)
    }
}
