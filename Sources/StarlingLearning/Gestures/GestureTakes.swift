import StarlingMath

/// The takes of a gestures dataset as sequences to learn from: standardised, in a common time base, none too long.
///
/// Rows are joined in groups of `rowsJoined` where the takes are sampled more finely than gestures need, and takes
/// that are still longer than `most` are resampled to that length; `stretch` then says how many rows of the
/// time base one of their rows lasts.
struct GestureTakes {
    /// One performance of a gesture.
    struct Sequence {
        let gesture: Int
        /// Row after row, as many numbers each as there are inputs.
        let rows: [Float]
        let count: Int
        /// Rows of the time base that one row lasts, at least 1.
        let stretch: Float
    }

    let sequences: [Sequence]
    let secondsPerRow: Seconds
    let inputCount: Int
    let gestureCount: Int

    /// The longest sequence that is learned from as it is.
    static let most = 512
    /// The mean length that is enough to tell gestures apart.
    private static let enough = 128
    /// Gestures of fewer rows are not thinned further.
    private static let fewest = 24

    init(_ set: TrainingSet) {
        let examples = set.examples
        inputCount = examples.inputCount
        gestureCount = examples.outputCount
        let grouped = Self.grouped(examples)
        let lengths = grouped.map { $0.count }
        let joined = Self.rowsJoined(lengths)
        secondsPerRow = examples.secondsPerRow * Float(joined)
        sequences = grouped.map { Self.sequence($0, set, joined: joined) }
    }

    /// Rows of each take and gesture, in the order in which the first row of each came.
    private static func grouped(_ examples: Examples) -> [[Int]] {
        let order = sortedPlaces(count: examples.count) {
            (examples.takes[$0], examples.category($0)) < (examples.takes[$1], examples.category($1))
        }
        var groups: [[Int]] = []
        for row in order {
            if let last = groups.last?.last, examples.takes[last] == examples.takes[row],
                examples.category(last) == examples.category(row)
            {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
        return groups
    }

    private static func rowsJoined(_ lengths: [Int]) -> Int {
        let mean = lengths.reduce(0, +) / max(lengths.count, 1)
        let shortest = lengths.min() ?? 1
        return max(1, min((mean + enough - 1) / enough, shortest / fewest))
    }

    private static func sequence(_ rows: [Int], _ set: TrainingSet, joined: Int) -> Sequence {
        let width = set.examples.inputCount
        var values = standardised(rows, set)
        var count = rows.count
        if joined > 1 {
            values = means(values, count: count, width: width, of: joined)
            count = values.count / width
        }
        var stretch: Float = 1
        if count > most {
            values = resampled(values, count: count, width: width, to: most)
            stretch = Float(count - 1) / Float(most - 1)
            count = most
        }
        return Sequence(gesture: set.examples.category(rows[0]), rows: values, count: count, stretch: stretch)
    }

    private static func standardised(_ rows: [Int], _ set: TrainingSet) -> [Float] {
        let width = set.examples.inputCount
        var result: [Float] = []
        result.reserveCapacity(rows.count * width)
        for row in rows {
            for i in 0..<width {
                result.append(
                    StarlingLearning.standardised(
                        set.examples.inputs[row * width + i],
                        mean: set.inputScaling.means[i], scale: set.inputScaling.scales[i]))
            }
        }
        return result
    }

    /// The means of whole groups of rows; the rest of less than a group is left out.
    private static func means(_ values: [Float], count: Int, width: Int, of joined: Int) -> [Float] {
        var result = [Float](repeating: 0, count: count / joined * width)
        for group in 0..<count / joined {
            for row in group * joined..<(group + 1) * joined {
                for i in 0..<width { result[group * width + i] += values[row * width + i] / Float(joined) }
            }
        }
        return result
    }
}

/// A sequence of `count` rows with linear interpolation at `length` even places from the first row to the last.
func resampled(_ values: [Float], count: Int, width: Int, to length: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(length * width)
    for row in 0..<length {
        let place = length > 1 ? Float(row) * Float(count - 1) / Float(length - 1) : 0
        let lower = min(Int(place), count - 1)
        let upper = min(lower + 1, count - 1)
        let share = place - Float(lower)
        for i in 0..<width {
            let start = values[lower * width + i]
            result.append(start + share * (values[upper * width + i] - start))
        }
    }
    return result
}
