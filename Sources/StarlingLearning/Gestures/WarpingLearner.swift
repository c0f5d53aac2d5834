import StarlingMath

/// Chooses templates among the takes and learns from their distances how unlike them a gesture may be.
///
/// Every take is followed as in playing, and so is movement that is no gesture (`garbage`). For each gesture this
/// shows how far its takes are from one another, and how near anything else comes. The threshold lies between
/// the two, by ratio: in the middle where there are many takes, nearer to anything else where few tell how much they vary.
final class WarpingLearner: Learner {
    private let lesson: Lesson
    private let takes: GestureTakes
    /// The takes that are templates, shortest first.
    private let templates: [Int]
    private let strange: [Float]
    private let tracker: WarpingTracker
    private let words: Floats
    private let view: WarpingView
    private let varying: Int
    /// For each take, and behind them for each part of the garbage, the smallest end cost of each template.
    private var nearest: [Float]
    private var next = 0
    private var row = 0
    private var result: [Float]?
    private var wrong: Float?

    private static let strangeCount = 8
    private static let strangeRows = 3 * GestureTakes.enough
    private var probeCount: Int { takes.sequences.count + Self.strangeCount }

    init(_ lesson: Lesson) {
        self.lesson = lesson
        takes = GestureTakes(lesson.set, refractory: lesson.settings[3], movement: lesson.settings[1], kept: Self.kept(lesson))
        templates = chosenTemplates(takes, most: Self.kept(lesson))
        strange = garbage(takes, seed: lesson.seed, rows: Self.strangeCount * Self.strangeRows)
        words = Floats(warpingBody(
            takes, templates, thresholds: templates.map { _ in 1 }, warping: lesson.settings[2]))
        view = WarpingView(GestureHead(words.pointer, inputCount: lesson.set.examples.inputCount))
        tracker = WarpingTracker(mostTemplates: templates.count, mostBlockRows: view.totalBlockRows)
        varying = max(1, lesson.set.inputScaling.scales.filter { $0 > 0 }.count)
        nearest = [Float](repeating: .greatestFiniteMagnitude, count: (takes.sequences.count + Self.strangeCount) * templates.count)
        super.init()
        tracker.attach(view, varyingCount: varying)
    }

    private static func kept(_ lesson: Lesson) -> Int {
        min(Int(lesson.settings[4]), Warping.mostTemplates / lesson.set.examples.outputCount)
    }

    override var progress: Float { Float(next) / Float(probeCount) }
    override var heldOutError: Float? { wrong }

    override func takeNews() -> [Float]? {
        defer { result = nil }
        return result
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && next < probeCount { probe(&work) }
        return next < probeCount
    }

    /// Follows one row of a take or of the garbage.
    private func probe(_ work: inout Int) {
        let isTake = next < takes.sequences.count
        let rows = isTake ? takes.sequences[next].rows : strange
        let first = isTake ? 0 : (next - takes.sequences.count) * Self.strangeRows
        if row == 0 { tracker.forget() }
        let count = isTake ? takes.sequences[next].count : Self.strangeRows
        rows.withUnsafeBufferPointer { tracker.advance($0.baseAddress! + (first + row) * takes.channelCount) }
        work -= view.totalBlockRows * 4 * (takes.channelCount + 8)
        for template in templates.indices {
            let place = next * templates.count + template
            if tracker.endCost[template] < nearest[place] { nearest[place] = tracker.endCost[template] }
        }
        row += 1
        if row < count { return }
        row = 0
        next += 1
        if next == probeCount { finish() }
    }

    private func finish() {
        let thresholds = (0..<takes.gestureCount).map(threshold)
        result = warpingBody(
            takes, templates, thresholds: templates.map { thresholds[takes.sequences[$0].gesture] },
            warping: lesson.settings[2])
        wrong = leaveOneOutError()
    }

    /// The smallest distance of a take (or the garbage) to the templates of a gesture other than the take itself.
    private func distance(_ probe: Int, to gesture: Int) -> Float {
        var least = Float.greatestFiniteMagnitude
        for (place, take) in templates.enumerated() where take != probe && takes.sequences[take].gesture == gesture {
            least = min(least, nearest[probe * templates.count + place])
        }
        return least
    }

    /// The median of its parts: that garbage is a gesture now and then by chance is no reason to miss gestures.
    private func distanceOfGarbage(to gesture: Int) -> Float {
        let distances = (takes.sequences.count..<probeCount).map { distance($0, to: gesture) }
        return distances[sortedPlaces(count: distances.count) { distances[$0] < distances[$1] }[Self.strangeCount / 2]]
    }

    private func threshold(_ gesture: Int) -> Float {
        var within: Float = 0
        var between = distanceOfGarbage(to: gesture)
        var count: Float = 0
        for probe in takes.sequences.indices {
            let distance = distance(probe, to: gesture)
            if takes.sequences[probe].gesture != gesture {
                between = min(between, distance)
            } else if distance < 1e20 {
                within = max(within, distance)
                count += 1
            }
        }
        if count == 0 { within = between / 16 }
        // Where takes are no nearer to one another than to anything else, few false alarms are worth more than hits.
        let share = 0.5 + 0.6 / (count + 1)
        let ratio = fastExp2(share * fastLog2(between / max(within, 1e-6)))
        let middle = min(max(within, 1e-6) * ratio, 0.8 * between)
        return clamp(middle * lesson.settings[0], Warping.leastThreshold, 1e5)
    }

    /// The share of takes that are nearer to another gesture's templates than to the others of their own, if there are any.
    private func leaveOneOutError() -> Float? {
        var tally = ErrorTally()
        for probe in takes.sequences.indices {
            let gesture = takes.sequences[probe].gesture
            let own = distance(probe, to: gesture)
            if own > 1e20 { continue }
            tally.add(isWrong: (0..<takes.gestureCount).contains { $0 != gesture && distance(probe, to: $0) < own })
        }
        return tally.error(.gestures)
    }
}

/// The most typical takes of every gesture, at most `most` each, shortest first.
func chosenTemplates(_ takes: GestureTakes, most: Int) -> [Int] {
    var chosen: [Int] = []
    for gesture in 0..<takes.gestureCount {
        let own = takes.sequences.indices.filter { takes.sequences[$0].gesture == gesture }
        chosen += own.count > most ? Array(inOrderOfTypicality(takes, own)[..<most]) : own
    }
    let order = sortedPlaces(count: chosen.count) {
        takes.sequences[chosen[$0]].count < takes.sequences[chosen[$1]].count
    }
    return order.map { chosen[$0] }
}

/// Takes of one gesture, those first whose outline (16 rows) differs least from the others'.
private func inOrderOfTypicality(_ takes: GestureTakes, _ own: [Int]) -> [Int] {
    let width = takes.channelCount
    let outlines = own.map {
        resampled(takes.sequences[$0].rows, count: takes.sequences[$0].count, width: width, to: 16)
    }
    var strangeness = own.map { _ in Float(0) }
    for i in own.indices {
        for j in own.indices where j < i {
            var square: Float = 0
            for k in outlines[i].indices { square += (outlines[i][k] - outlines[j][k]) * (outlines[i][k] - outlines[j][k]) }
            strangeness[i] += square.squareRoot()
            strangeness[j] += square.squareRoot()
        }
    }
    return sortedPlaces(count: own.count) { strangeness[$0] < strangeness[$1] }.map { own[$0] }
}

/// The words of templates, which are in order of their length.
func warpingBody(
    _ takes: GestureTakes, _ templates: [Int], thresholds: [Float], warping: Float
) -> [Float] {
    var words = takes.head + [warping, Float(bitPattern: UInt32(templates.count))]
    for (take, threshold) in zip(templates, thresholds) {
        let sequence = takes.sequences[take]
        words += [
            Float(bitPattern: UInt32(sequence.gesture)), Float(bitPattern: UInt32(sequence.count)), sequence.stretch,
            threshold,
        ]
    }
    for first in stride(from: 0, to: templates.count, by: 4) {
        let block = templates[first..<min(first + 4, templates.count)].map { takes.sequences[$0] }
        for row in 0..<block.last!.count {
            for input in 0..<takes.channelCount {
                for lane in 0..<4 {
                    let isThere = lane < block.count && row < block[lane].count
                    words.append(isThere ? block[lane].rows[row * takes.channelCount + input] : Warping.beyond)
                }
            }
        }
    }
    return words
}
