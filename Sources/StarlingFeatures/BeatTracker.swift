import StarlingDSP
import StarlingMath

/// Follows the beat of a stream of onset strengths.
///
/// Strengths are brought to about 90 a second. A beat's score is its own strength and most of the best score about a beat
/// earlier (dynamic programming, causal); the next beat is expected where the scores, carried on without new strength,
/// are highest.
final class BeatTracker {
    /// Beats a minute; 120 before there was a rhythm.
    private(set) var tempo: Float = 120
    /// How clearly the strengths repeat after a beat, 0...1.
    private(set) var confidence: Float = 0
    /// The place in the present beat, 0...1.
    var phase: Float { clamp((sinceBeat + Float(waiting) / Float(decimation)) / period, 0, 1) }

    private static let rate: Float = 90
    private static let seconds: Float = 8
    private static let carried: Float = 0.9

    private let decimation: Int
    /// Steps a second.
    private let stepRate: Float
    private let length: Int
    private let strengths, scores, ahead, correlation, deviations, nearness: Floats
    private var waiting = 0
    private var gathered: Float = 0
    private var sinceBeat: Float = 0
    private var untilBeat: Float = 0
    private var untilTempo = 0
    private var steps = 0
    /// Steps from beat to beat.
    private var period: Float

    /// A tracker for `rate` strengths a second.
    init(rate: Float) {
        decimation = max(1, Int((rate / Self.rate).rounded(.toNearestOrEven)))
        stepRate = rate / Float(decimation)
        length = max(16, Int(Self.seconds * stepRate))
        strengths = Floats(length)
        scores = Floats(length)
        ahead = Floats(2 * length)
        correlation = Floats(length)
        deviations = Floats(length)
        nearness = Floats(length)
        period = stepRate / 2
        weighDistances()
    }

    /// Forgets everything.
    func reset() {
        strengths.clear()
        scores.clear()
        (waiting, gathered, sinceBeat, untilBeat, untilTempo, steps) = (0, 0, 0, 0, 0, 0)
        (tempo, confidence, period) = (120, 0, stepRate / 2)
        weighDistances()
    }

    /// Takes the next strength in.
    func advance(_ strength: Float) {
        gathered = max(gathered, strength)
        waiting += 1
        if waiting < decimation { return }
        step(gathered)
        waiting = 0
        gathered = 0
    }

    private func step(_ strength: Float) {
        push(strengths, strength)
        push(scores, (1 - Self.carried) * strength + Self.carried * bestEarlier(scores.pointer, at: length))
        steps += 1
        sinceBeat += 1
        untilBeat -= 1
        untilTempo -= 1
        if untilTempo <= 0 { findTempo() }
        if untilBeat <= 0 { beat() }
    }

    /// The oldest value goes, a new one comes last.
    private func push(_ run: Floats, _ value: Float) {
        let p = run.pointer
        p.update(from: p + 1, count: length - 1)
        p[length - 1] = value
    }

    /// The best score a beat before a place, weighed by how near to a beat it is.
    private func bestEarlier(_ scores: UnsafePointer<Float>, at place: Int) -> Float {
        var best: Float = 0
        for distance in distances where distance <= place {
            best = max(best, scores[place - distance] * nearness[distance])
        }
        return best
    }

    /// The distances between two beats that are thought possible, in steps.
    private var distances: ClosedRange<Int> { max(1, Int(period / 2))...max(1, min(Int(2 * period), length - 1)) }

    /// How near to a beat each distance is.
    private func weighDistances() {
        for distance in distances {
            let octaves = 5 * fastLog2(Float(distance) / period)
            nearness[distance] = fastExp(-0.5 * octaves * octaves)
        }
    }

    /// A beat is now; the next is expected where the scores carried on are highest.
    private func beat() {
        sinceBeat = 0
        untilBeat = expected()
    }

    private func expected() -> Float {
        let reach = min(length, Int(1.5 * period) + 2)
        ahead.pointer.update(from: scores.pointer, count: length)
        for step in 0..<reach { ahead[length + step] = bestEarlier(ahead.pointer, at: length + step) }
        var best = Int(period / 2)
        var highest: Float = -1
        for step in Int(period / 2)..<reach {
            let away = (Float(step) + 1 - period) / (0.3 * period)
            let value = ahead[length + step] * fastExp(-0.5 * away * away)
            if value > highest { (best, highest) = (step, value) }
        }
        return highest > 1e-6 ? Float(best + 1) : period
    }

    /// Looks twice a second after how many steps the strengths repeat.
    private func findTempo() {
        untilTempo = Int(stepRate / 2)
        correlate()
        let fastest = max(2, Int(60 * stepRate / 200)), slowest = min(Int(60 * stepRate / 60), length / 3)
        guard correlation[0] > 1e-6, fastest + 1 < slowest else {
            confidence = 0
            return
        }
        var best = fastest
        var highest: Float = -1
        for lag in fastest...slowest {
            let value = support(lag)
            if value > highest { (best, highest) = (lag, value) }
        }
        confidence = clamp(correlation[best] / correlation[0], 0, 1)
        if highest > 0 { adopt(best) }
    }

    private func adopt(_ lag: Int) {
        let top = Parabola(correlation[lag - 1], correlation[lag], correlation[lag + 1])
        let found = Float(lag) + clamp(top.offset, -0.5, 0.5)
        period = found
        tempo = 60 * stepRate / found
        weighDistances()
    }

    /// How well a beat of `lag` steps explains the strengths: also after two and four beats, tempi near 120 being likelier.
    private func support(_ lag: Int) -> Float {
        let octaves = fastLog2(Float(lag) / stepRate * 2) / 0.9
        let likely = fastExp(-0.5 * octaves * octaves)
        let twice = 2 * lag < length ? correlation[2 * lag] : 0
        let fourfold = 4 * lag < length ? correlation[4 * lag] : 0
        return (correlation[lag] + 0.5 * twice + 0.25 * fourfold) * likely
    }

    /// The autocovariance of the strengths, each lag by the number of pairs it has.
    private func correlate() {
        let known = min(steps, length)
        let first = strengths.pointer + length - known
        let mean = sum(first, count: known) / Float(max(known, 1))
        for i in 0..<known { deviations[i] = first[i] - mean }
        for lag in 0..<length {
            let pairs = known - lag
            correlation[lag] = pairs > known / 8 ? dot(deviations.pointer, deviations.pointer + lag, count: pairs) / Float(pairs) : 0
        }
    }
}
