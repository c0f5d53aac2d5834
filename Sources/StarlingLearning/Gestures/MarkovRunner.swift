import StarlingMath

/// Runs the forward algorithm over all chains, row by row. Cost: about 3 us for 20 gestures of 16 states and 6 channels.
///
/// A gesture's certainty is the probability to be in its chain, its first state left out: there it may only be about
/// to begin. The phase is the mean place in the chain. A gesture is recognised when the last
/// eighth of its chain is reached with more than even odds.
final class MarkovRunner: GestureRunner {
    private let shares: Floats
    private let logs: Floats
    private let phases: Floats
    private let speeds: Floats
    private var elseShare: Float = 1
    private var chains: MarkovView?
    /// The gesture whose end has been reported and not left yet, or -1.
    private var ended = -1

    /// The probability that a gesture begins with the next row.
    private static let entry: Float = 0.03
    private static let speedRows: Float = 10

    override init(maximumInputs: Int, maximumOutputs: Int) {
        shares = Floats(Markov.mostStatesInAll)
        logs = Floats(Markov.mostStatesInAll)
        phases = Floats(maximumOutputs)
        speeds = Floats(maximumOutputs)
        super.init(maximumInputs: maximumInputs, maximumOutputs: maximumOutputs)
    }

    override func attach(_ view: WeightsView) -> Bool {
        chains = nil
        guard let chains = MarkovView(view) else { return false }
        self.chains = chains
        begin(view, chains.head)
        return true
    }

    override func forget() {
        shares.clear()
        phases.clear()
        speeds.clear()
        elseShare = 1
        ended = -1
    }

    override func advance(_ channels: UnsafePointer<Float>) {
        guard let chains else { return }
        let elseLog = weigh(channels, chains)
        move(chains, elseLog)
        for gesture in 0..<chains.gestureCount { tell(gesture, chains) }
    }

    /// Writes the weighted log density of every state and gives that of everything else.
    private func weigh(_ x: UnsafePointer<Float>, _ chains: MarkovView) -> Float {
        let count = chains.channelCount
        let half = -0.5 * chains.rowWeight
        var elseSum: Float = 0
        for i in 0..<count {
            let difference = x[i] - chains.elseMeans[i]
            elseSum += difference * difference * chains.elsePrecisions[i]
        }
        for gesture in 0..<chains.gestureCount {
            var words = chains.gaussians(gesture)
            let states = chains.states(gesture)
            for first in stride(from: 0, to: chains.stateCount, by: 4) {
                var sum = SIMD4<Float>.zero
                for i in 0..<count {
                    let difference = words.four(8 * i) - x[i]
                    sum += difference * difference * words.four(8 * i + 4)
                }
                words += 8 * count
                for lane in 0..<4 {
                    logs[gesture * chains.stateCount + first + lane] =
                        half * sum[lane] + chains.rowWeight * states[2 * (first + lane)]
                }
            }
        }
        return half * elseSum + chains.rowWeight * chains.lead
    }

    /// Moves the shares on by one row, and scales them to a sum of 1.
    private func move(_ chains: MarkovView, _ elseLog: Float) {
        let count = chains.stateCount
        var largest = elseLog
        for i in 0..<count * chains.gestureCount where logs[i] > largest { largest = logs[i] }
        var left: Float = 0
        let entering = elseShare * Self.entry / Float(chains.gestureCount)
        var total: Float = 0
        for gesture in 0..<chains.gestureCount {
            let states = chains.states(gesture)
            var arriving = chains.lengths[gesture] > 0 ? entering : 0
            for state in 0..<count {
                let place = gesture * count + state
                let stay = states[2 * state + 1]
                let share = shares[place]
                shares[place] = flushed((share * stay + arriving) * fastExp(logs[place] - largest))
                total += shares[place]
                arriving = share * (1 - stay)
            }
            left += arriving
        }
        elseShare = (elseShare * (1 - Self.entry) + left) * fastExp(elseLog - largest)
        total += elseShare
        // Nothing fits: begin anew.
        if !(total > 1e-30) { return forget() }
        let scale = 1 / total
        elseShare *= scale
        for i in 0..<count * chains.gestureCount { shares[i] *= scale }
    }

    /// Writes certainty, phase and speed of a gesture.
    private func tell(_ gesture: Int, _ chains: MarkovView) {
        let count = chains.stateCount
        let share = shares.pointer + gesture * count
        var certainty: Float = 0
        var place: Float = 0
        for state in 1..<count {
            certainty += share[state]
            place += share[state] * (Float(state) + 0.5)
        }
        let isGoingOn = certainty > 0.01
        let phase = isGoingOn ? clamp(place / certainty / Float(count), 0, 1) : 0
        follow(gesture, phase: phase, isGoingOn: isGoingOn, length: chains.lengths[gesture])
        let values = values.pointer + gesture * Task.gestureValues
        values[0] = clamp(certainty, 0, 1)
        values[1] = phase
        values[2] = isGoingOn ? speeds[gesture] : 0
        var end: Float = 0
        for state in count - max(1, count / 8)..<count { end += share[state] }
        if end > 0.5, ended != gesture {
            ended = gesture
            report(gesture)
        } else if ended == gesture, end < 0.25 {
            ended = -1
        }
    }

    private func follow(_ gesture: Int, phase: Float, isGoingOn: Bool, length: Float) {
        let step = (phase - phases[gesture]) * length
        let speed = isGoingOn ? speeds[gesture] + (step - speeds[gesture]) / Self.speedRows : 1
        speeds[gesture] = clamp(speed, 0, 8)
        phases[gesture] = phase
    }
}
