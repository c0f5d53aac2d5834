import StarlingMath

/// The takes of a gestures dataset as sequences to learn from: standardised, in a common time base, none too long.
///
/// Rows are joined in groups of `rowsJoined` where the takes are sampled more finely than gestures need, and takes
/// that are still longer than `most` are resampled to that length; `stretch` then says how many rows of the
/// time base one of their rows lasts. Rows are given as the channels of `GestureHead`.
struct GestureTakes {
    /// One performance of a gesture.
    struct Sequence {
        let gesture: Int
        /// Row after row, as many numbers each as there are channels.
        let rows: [Float]
        let count: Int
        /// Rows of the time base that one row lasts, at least 1.
        let stretch: Float
    }

    let sequences: [Sequence]
    let channelCount: Int
    let gestureCount: Int
    /// The words of the head.
    let head: [Float]

    /// The longest sequence that is learned from as it is.
    static let most = 512
    /// Rows, and numbers, of all templates together.
    static let mostRows = 32_768
    static let mostWords = 1 << 18
    /// The mean length that is enough to tell gestures apart.
    static let enough = 128
    /// Gestures of fewer rows are not thinned further.
    private static let fewest = 24

    /// - Parameters:
    ///   - movement: How much movement counts, 0...1; the rest is for places.
    ///   - kept: How many takes of each gesture are kept as templates: so long that all of them fit in weights.
    init(_ set: TrainingSet, refractory: Seconds, movement: Float, kept: Int = 1) {
        let width = set.examples.inputCount
        gestureCount = set.examples.outputCount
        let grouped = Self.grouped(set.examples)
        let lengths = grouped.map { $0.count }
        let joined = Self.rowsJoined(lengths)
        let rows = grouped.map { Self.means(Self.standardised($0, set), width: width, of: joined) }
        let meanLength = lengths.reduce(0, +) / max(lengths.count, 1) / joined
        let lag = max(1, min(meanLength / 8, GestureHead.mostLag))
        head = [
            set.examples.secondsPerRow, refractory, (1 - movement).squareRoot(), movement.squareRoot(),
            Float(bitPattern: UInt32(joined)), Float(bitPattern: UInt32(lag)),
        ] + Self.movementScales(rows, width: width, lag: lag)
        let channels = head.withUnsafeBufferPointer { words in
            rows.map { Self.channels($0, GestureHead(words.baseAddress!, inputCount: width)) }
        }
        channelCount = movement > 0 ? 2 * width : width
        let gestures = grouped.map { set.examples.category($0[0]) }
        let limit = Self.longest(gestures, kept: kept, channelCount: channelCount)
        sequences = zip(gestures, channels).map { [channelCount] in
            Self.shortened($1, width: channelCount, gesture: $0, to: limit)
        }
    }

    /// The most rows of a take with which all templates fit in `mostWords` and `mostRows`.
    private static func longest(_ gestures: [Int], kept: Int, channelCount: Int) -> Int {
        var counts = [Int](repeating: 0, count: LearningLimits.outputs)
        for gesture in gestures { counts[gesture] += 1 }
        // A block of four templates may have up to three places that stay empty.
        let templates = counts.reduce(3) { $0 + min($1, kept) }
        return max(1, min(most, mostRows / templates, mostWords / (templates * channelCount)))
    }

    private static func movementScales(_ takes: [[Float]], width: Int, lag: Int) -> [Float] {
        var squares = [Double](repeating: 0, count: width)
        var count = 0.0
        for rows in takes {
            for row in 0..<rows.count / width {
                for i in 0..<width {
                    let moved = Double(rows[row * width + i] - rows[max(0, row - lag) * width + i])
                    squares[i] += moved * moved
                }
                count += 1
            }
        }
        return squares.map { $0 > 1e-12 * count ? Float((count / $0).squareRoot()) : 0 }
    }

    private static func channels(_ rows: [Float], _ head: GestureHead) -> [Float] {
        let width = head.inputCount
        let count = rows.count / width
        var result = [Float](repeating: 0, count: count * head.channelCount)
        rows.withUnsafeBufferPointer { rows in
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<count {
                    head.look(
                        at: rows.baseAddress! + row * width, before: rows.baseAddress! + max(0, row - head.lag) * width,
                        into: result.baseAddress! + row * head.channelCount)
                }
            }
        }
        return result
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

    private static func shortened(_ rows: [Float], width: Int, gesture: Int, to limit: Int) -> Sequence {
        let count = rows.count / width
        if count <= limit { return Sequence(gesture: gesture, rows: rows, count: count, stretch: 1) }
        return Sequence(
            gesture: gesture, rows: resampled(rows, count: count, width: width, to: limit), count: limit,
            stretch: Float(count - 1) / Float(max(limit - 1, 1)))
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
    private static func means(_ values: [Float], width: Int, of joined: Int) -> [Float] {
        if joined == 1 { return values }
        let count = values.count / width
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
