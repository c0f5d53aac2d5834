import StarlingDSP
import StarlingMath

/// Follows the beat of a stream of onset strengths.
///
/// Strengths are brought to about 90 a second. Twice a second the beat's length is sought where they resemble themselves
/// most, above all after two beats or four; then they are laid over each other beat by beat, the latest the strongest, and
/// the beat is where they add up to most. A rhythm is more likely to begin on a beat than between. Once it has lasted for eight
/// seconds, tempo and beat change only for what is clearly better.
final class BeatTracker {
    /// Beats a minute; 120 before there was a rhythm.
    private(set) var tempo: Float = 120
    /// How clearly the strengths repeat after a beat, 0...1.
    private(set) var confidence: Float = 0
    /// The place in the present beat, 0...1.
    var phase: Float {
        let place = (sinceBeat + Float(waiting) / Float(decimation) + Self.lateness * stepRate) / period
        return clamp(place - place.rounded(.down), 0, 1)
    }

    private static let rate: Float = 90
    private static let seconds: Float = 8
    /// So long after a stroke its strength is highest; measured on drums by tools/measure-listening.
    private static let lateness: Seconds = 0.017
    /// How much a beat counts against the next one.
    private static let fading: Float = 0.96
    /// How much it counts that strengths repeat after so many beats; bars have two, three or four.
    private let echoes = Floats([0, 0, 0.8, 0.3, 0.64, 0, 0.3, 0, 0.5])
    /// How many times better another place of the beat must be.
    private static let lead: Float = 1.3
    /// How many times better another tempo must be.
    private static let tempoLead: Float = 1.15
    /// A strength from which on it is a stroke, and how long none was heard before a rhythm begins.
    private static let stroke: Float = 2, pauseSeconds: Seconds = 2
    /// How many times likelier the first stroke of a rhythm is to be on a beat.
    private static let firstOnBeat: Float = 1.15

    private let decimation: Int
    /// Steps a second.
    private let stepRate: Float
    private let length: Int
    private let strengths, correlation, deviations, folded: Floats
    private var waiting = 0
    private var gathered: Float = 0
    private var sinceBeat: Float = 0
    private var untilTempo = 0
    private var steps = 0
    private var sinceFirst = Int.max / 2, sinceStroke = Int.max / 2
    /// Steps from beat to beat.
    private var period: Float

    /// A tracker for `rate` strengths a second.
    init(rate: Float) {
        decimation = max(1, Int((rate / Self.rate).rounded(.toNearestOrEven)))
        stepRate = rate / Float(decimation)
        length = max(16, Int(Self.seconds * stepRate))
        strengths = Floats(length)
        correlation = Floats(length)
        deviations = Floats(length)
        folded = Floats(length)
        period = stepRate / 2
    }

    /// Forgets everything.
    func reset() {
        strengths.clear()
        (waiting, gathered, sinceBeat, untilTempo, steps) = (0, 0, 0, 0, 0)
        (tempo, confidence, period) = (120, 0, stepRate / 2)
        (sinceFirst, sinceStroke) = (.max / 2, .max / 2)
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
        let p = strengths.pointer
        p.update(from: p + 1, count: length - 1)
        p[length - 1] = strength
        steps += 1
        followStrokes(strength)
        untilTempo -= 1
        if untilTempo <= 0 { findTempo() }
        sinceBeat += 1
        if sinceBeat >= period {
            sinceBeat -= period
            findBeat()
        }
    }

    /// Whether the rhythm has lasted for as long as is remembered; until then tempo and beat may change freely.
    private var isSettled: Bool { min(steps, sinceFirst) >= length }

    /// Remembers when the rhythm began.
    private func followStrokes(_ strength: Float) {
        sinceFirst += 1
        sinceStroke += 1
        guard strength >= Self.stroke else { return }
        if Float(sinceStroke) > Self.pauseSeconds * stepRate { sinceFirst = 0 }
        sinceStroke = 0
    }

    /// Looks whether the beat, thought to be now, is really elsewhere.
    private func findBeat() {
        let count = min(Int(period), length)
        for ago in 0..<count { folded[ago] = fold(ago) * (isFirst(ago) ? Self.firstOnBeat : 1) }
        var best = 0
        for ago in 0..<count where folded[ago] > folded[best] { best = ago }
        let expected = highestNear(sinceBeat, count)
        let chosen = folded[best] > (isSettled ? Self.lead : 1) * folded[expected] ? best : expected
        guard folded[chosen] > 0 else { return }
        let around = Parabola(
            folded[(chosen + count - 1) % count], folded[chosen], folded[(chosen + 1) % count])
        let place = Float(chosen) + clamp(around.offset, -0.5, 0.5)
        // A beat that is just to come counts as a little late already.
        sinceBeat = place > 0.9 * period ? 0 : max(0, place)
    }

    /// Whether the rhythm began a whole number of beats before, as long as its beginning is remembered.
    private func isFirst(_ ago: Int) -> Bool {
        guard sinceFirst < length else { return false }
        let beats = Float(sinceFirst - ago) / period
        return (beats - beats.rounded(.toNearestOrEven)).magnitude < 0.1
    }

    /// What the strengths of beats add up to, if the last one was so many steps ago.
    private func fold(_ ago: Int) -> Float {
        var total: Float = 0
        var weight: Float = 1
        var at = Float(ago)
        while Int(at) + 2 < length {
            let place = length - 1 - Int(at + 0.5)
            let before = strengths[max(place - 1, 0)], after = strengths[min(place + 1, length - 1)]
            total += weight * (strengths[place] + 0.5 * (before + after))
            weight *= Self.fading
            at += period
        }
        return total
    }

    /// The strongest place within a tenth of a beat of one that is expected.
    private func highestNear(_ expected: Float, _ count: Int) -> Int {
        let reach = max(1, Int(0.1 * period))
        var best = Int(expected) % count
        for offset in -reach...reach {
            let place = (Int(expected) + offset + count) % count
            if folded[place] > folded[best] { best = place }
        }
        return best
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
        let present = bestLag(near: period, fastest...slowest)
        if isSettled, highest <= Self.tempoLead * support(present) { best = present }
        confidence = clamp(correlation[best] / correlation[0], 0, 1)
        if support(best) > 0 { adopt(best) }
    }

    /// The best supported whole number of steps next to a beat.
    private func bestLag(near period: Float, _ range: ClosedRange<Int>) -> Int {
        let near = min(max(Int(period), range.lowerBound), range.upperBound - 1)
        return support(near + 1) > support(near) ? near + 1 : near
    }

    private func adopt(_ lag: Int) {
        let top = Parabola(correlation[lag - 1], correlation[lag], correlation[lag + 1])
        let found = Float(lag) + clamp(top.offset, -0.5, 0.5)
        period = found
        tempo = 60 * stepRate / found
    }

    /// How well a beat of `lag` steps explains the strengths: also after two to eight beats, tempi near 130 being likelier.
    ///
    /// Two and four count once more, for halves of bars and bars repeat: what falls across the beat does not come again there.
    /// So does half a beat, for most rhythms have eighths: at 4/3 of the tempo they fall beside it.
    private func support(_ lag: Int) -> Float {
        let octaves = fastLog2(Float(lag) / stepRate * 130 / 60) / 0.7
        let likely = fastExp(-0.5 * octaves * octaves)
        var total = correlation[lag]
        for beats in 2...8 { total += echoes[beats] * echo(lag, beats) }
        let half = 0.5 * (correlation[lag / 2] + correlation[(lag + 1) / 2])
        return max(total, 0) * (max(echo(lag, 2), echo(lag, 4), 0) * max(correlation[0] + half, 0)).squareRoot() * likely
    }

    /// How well the strengths repeat after so many beats of `lag` steps, give or take a step; 0 where that is too long ago.
    private func echo(_ lag: Int, _ beats: Int) -> Float {
        let place = beats * lag
        return place + 1 < length ? max(correlation[place - 1], correlation[place], correlation[place + 1]) : 0
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
