import StarlingMath

/// Chooses templates among the takes and learns from their distances how unlike them a gesture may be.
final class WarpingLearner: Learner {
    private let lesson: Lesson
    private let takes: GestureTakes
    private let templates: [Int]
    private var words: [Float] = []
    private var isTaken = true
    private var isDone = false

    init(_ lesson: Lesson) {
        self.lesson = lesson
        takes = GestureTakes(lesson.set)
        var counts = [Int](repeating: 0, count: takes.gestureCount)
        var chosen: [Int] = []
        for (i, sequence) in takes.sequences.enumerated() where counts[sequence.gesture] < Int(lesson.settings[3]) {
            counts[sequence.gesture] += 1
            chosen.append(i)
        }
        templates = chosen
    }

    override var progress: Float { isDone ? 1 : 0 }

    override func takeNews() -> [Float]? {
        if isTaken { return nil }
        isTaken = true
        return words
    }

    override func step(_ work: inout Int) -> Bool {
        let thresholds = templates.map { _ in Float(0.3) }
        words = warpingBody(
            takes, templates, thresholds: thresholds, refractory: lesson.settings[2], warping: lesson.settings[1])
        isTaken = false
        isDone = true
        return false
    }
}

/// The words of templates, shortest first.
func warpingBody(
    _ takes: GestureTakes, _ chosen: [Int], thresholds: [Float], refractory: Seconds, warping: Float
) -> [Float] {
    let order = sortedPlaces(count: chosen.count) {
        takes.sequences[chosen[$0]].count < takes.sequences[chosen[$1]].count
    }
    var words = [takes.secondsPerRow, refractory, warping, Float(bitPattern: UInt32(chosen.count))]
    for place in order {
        let sequence = takes.sequences[chosen[place]]
        words += [
            Float(bitPattern: UInt32(sequence.gesture)), Float(bitPattern: UInt32(sequence.count)), sequence.stretch,
            thresholds[place],
        ]
    }
    for first in stride(from: 0, to: order.count, by: 4) {
        let block = order[first..<min(first + 4, order.count)].map { takes.sequences[chosen[$0]] }
        for row in 0..<block.last!.count {
            for input in 0..<takes.inputCount {
                for lane in 0..<4 {
                    let isThere = lane < block.count && row < block[lane].count
                    words.append(isThere ? block[lane].rows[row * takes.inputCount + input] : Warping.beyond)
                }
            }
        }
    }
    return words
}
