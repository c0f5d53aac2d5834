import StarlingMath

/// Learns a chain for each gesture, one round of Baum and Welch after the other, gesture after gesture.
final class MarkovLearner: Learner {
    private let lesson: Lesson
    private let takes: GestureTakes
    private let stateCount: Int
    private let floor: Double
    private var chains: [LeftRightChain?]
    private var gesture = 0
    private var round = 0
    private var result: [Float]?

    private static let rounds = 8

    init(_ lesson: Lesson) {
        self.lesson = lesson
        takes = GestureTakes(lesson.set, refractory: lesson.settings[4], movement: lesson.settings[1])
        // As many as fit in weights.
        let most = min(
            Markov.mostStatesInAll / takes.gestureCount,
            GestureTakes.mostWords / (2 * takes.channelCount * takes.gestureCount))
        stateCount = max(4, min(roundedUpToFour(Int(lesson.settings[2])), most & ~3))
        floor = Double(lesson.settings[3] * lesson.settings[3]) * 0.5
        chains = [LeftRightChain?](repeating: nil, count: takes.gestureCount)
    }

    override var progress: Float {
        (Float(gesture) + Float(round) / Float(Self.rounds)) / Float(takes.gestureCount)
    }

    override func takeNews() -> [Float]? {
        defer { result = nil }
        return result
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && gesture < takes.gestureCount { improve(&work) }
        if gesture < takes.gestureCount { return true }
        if result == nil { result = body() }
        return false
    }

    private func improve(_ work: inout Int) {
        let sequences = takes.sequences.filter { $0.gesture == gesture }.map { stretched($0.rows) }
        if !sequences.isEmpty {
            var chain = chains[gesture] ?? LeftRightChain(
                evenly: sequences, channelCount: takes.channelCount, stateCount: stateCount, floor: floor)
            chain.improve(sequences, floor: floor)
            chains[gesture] = chain
            work -= sequences.reduce(0) { $0 + $1.count } * stateCount * 3
        }
        work -= 1
        round += 1
        if round < Self.rounds, !sequences.isEmpty { return }
        round = 0
        gesture += 1
    }

    /// A take with at least two rows for each state.
    private func stretched(_ rows: [Float]) -> [Float] {
        let count = rows.count / takes.channelCount
        return count >= 2 * stateCount
            ? rows : resampled(rows, count: count, width: takes.channelCount, to: 2 * stateCount)
    }

    private func meanLength(_ gesture: Int) -> Float {
        var rows: Float = 0
        var count: Float = 0
        for sequence in takes.sequences where sequence.gesture == gesture {
            rows += Float(sequence.count) * sequence.stretch
            count += 1
        }
        return count > 0 ? rows / count : 0
    }

    private func body() -> [Float] {
        let lengths = (0..<takes.gestureCount).map(meanLength)
        let present = lengths.filter { $0 > 0 }
        let rowsOfState = present.reduce(0, +) / Float(max(present.count, 1)) / Float(stateCount)
        var words = takes.head + [Float(bitPattern: UInt32(stateCount)), min(1, 1 / max(rowsOfState, 1e-3))]
        words.append(elseLead())
        words += elseGaussian.means + elseGaussian.precisions
        words += lengths
        for gesture in 0..<takes.gestureCount {
            for state in 0..<stateCount { words += self.state(gesture, state, length: lengths[gesture]) }
        }
        for gesture in 0..<takes.gestureCount {
            for first in stride(from: 0, to: stateCount, by: 4) { words += gaussians(gesture, first) }
        }
        return words
    }

    /// Log density at the mean, without the constant of pi, and the probability to stay for as long as rows last while playing.
    private func state(_ gesture: Int, _ state: Int, length: Float) -> [Float] {
        guard let chain = chains[gesture] else { return [-1e6, 0] }
        let learned = takes.sequences.filter { $0.gesture == gesture }.map { max($0.count, 2 * stateCount) }
        let factor = Double(length) * Double(learned.count) / Double(learned.reduce(0, +))
        let rows = max(1, factor / (1 - chain.stays[state]))
        let variances = chain.variances[state * takes.channelCount..<(state + 1) * takes.channelCount]
        let log = -0.5 * variances.reduce(0.0) { $0 + ExactMath.logarithm($1) }
        return [Float(log), Float(1 - 1 / rows)]
    }

    /// Means and precisions of four states together.
    private func gaussians(_ gesture: Int, _ first: Int) -> [Float] {
        let width = takes.channelCount
        guard let chain = chains[gesture] else { return [Float](repeating: 0, count: 8 * width) }
        var words: [Float] = []
        for i in 0..<width {
            for state in first..<first + 4 { words.append(Float(chain.means[state * width + i])) }
            for state in first..<first + 4 { words.append(Float(1 / chain.variances[state * width + i])) }
        }
        return words
    }

    /// Everything else varies as much as all takes together.
    private lazy var elseGaussian: (means: [Float], variances: [Double], precisions: [Float]) = {
        let width = takes.channelCount
        let whole = LeftRightChain(
            evenly: takes.sequences.map { $0.rows }, channelCount: width, stateCount: 1, floor: floor)
        return (whole.means.map { Float($0) }, whole.variances, whole.variances.map { Float(1 / $0) })
    }()

    /// The log density of everything else at its mean, raised by a share of what the gestures' moments are ahead of it.
    private func elseLead() -> Float {
        let plain = -0.5 * elseGaussian.variances.reduce(0.0) { $0 + ExactMath.logarithm($1) }
        var ahead = 0.0
        var count = 0.0
        for chain in chains {
            guard let chain else { continue }
            ahead += -0.5 * chain.variances.reduce(0.0) { $0 + ExactMath.logarithm($1) } / Double(stateCount) - plain
            count += 1
        }
        return Float(plain + Self.lead * ahead / max(count, 1)) - fastLog(lesson.settings[0]) * Float(takes.channelCount) / 2
    }

    private static let lead = 0.35
}
