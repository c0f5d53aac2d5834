import StarlingMath

/// Keeps takes as templates and learns from the others how far performances are from them.
final class VariationLearner: Learner {
    private let lesson: Lesson
    private let takes: GestureTakes
    private let templates: [Int]
    private var result: [Float]?
    private var isDone = false

    init(_ lesson: Lesson) {
        self.lesson = lesson
        let kept = min(Int(lesson.settings[6]), Variation.mostTemplates / lesson.set.examples.outputCount)
        takes = GestureTakes(lesson.set, refractory: lesson.settings[5], movement: lesson.settings[1], kept: kept)
        templates = chosenTemplates(takes, most: kept)
    }

    override var progress: Float { isDone ? 1 : 0 }

    override func takeNews() -> [Float]? {
        defer { result = nil }
        return result
    }

    override func step(_ work: inout Int) -> Bool {
        if isDone { return false }
        isDone = true
        let distances = (0..<takes.gestureCount).map(distance)
        let present = distances.filter { $0 > 0 }
        let typical = max(0.05, (present.reduce(0, +) / Float(max(present.count, 1))).squareRoot())
        let settings = lesson.settings
        var words = takes.head + [
            Float(bitPattern: UInt32(settings[2])), Float(bitPattern: UInt32(lesson.seed >> 32)),
            Float(bitPattern: UInt32(truncatingIfNeeded: lesson.seed)), settings[3], settings[4], min(typical, 1e3),
            Float(bitPattern: UInt32(templates.count)),
        ]
        for take in templates {
            let sequence = takes.sequences[take]
            let own = distances[sequence.gesture]
            words += [
                Float(bitPattern: UInt32(sequence.gesture)), Float(bitPattern: UInt32(sequence.count)), sequence.stretch,
                max(own > 0 ? own : typical * typical, 0.01) * 4 * settings[0],
            ]
        }
        for take in templates { words += takes.sequences[take].rows }
        result = words
        work -= words.count
        return false
    }

    /// The mean squared distance along the best warping between the takes of a gesture; 0 where there are not two.
    private func distance(_ gesture: Int) -> Float {
        let own = takes.sequences.filter { $0.gesture == gesture }.prefix(6)
        var sum: Float = 0
        var count: Float = 0
        for i in own.indices {
            for j in own.indices where j > i {
                let cost = warpingDistance(own[i].rows, own[j].rows, width: takes.channelCount)
                sum += cost * cost / Float(max(own[i].count, own[j].count)) / Float(lesson.set.examples.inputCount)
                count += 1
            }
        }
        return count > 0 ? sum / count : 0
    }
}
