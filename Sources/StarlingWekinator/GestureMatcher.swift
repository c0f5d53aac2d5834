import StarlingMath

/// Says how far the last frames are from recorded gestures, as Wekinator does.
///
/// Recordings and running frames are thinned so that the longest recording keeps 10 to 19 frames; every stretch of at
/// least 5 kept frames that ends now is compared with every recording by dynamic time warping with Euclidean costs (Sakoe
/// and Chiba 1978). Wekinator uses FastDTW (Salvador and Chan 2007), whose radius of 5 covers nearly all of so small a
/// plane; this is the exact distance. Cost: a recording of 10 frames some 2 microseconds for 3 inputs.
struct GestureMatcher {
    /// The distance below which a gesture is recognised.
    let threshold: Float
    /// Frames that a stretch needs at least.
    let shortest = 5
    private static let keptFrames = 10

    let inputCount: Int
    let gestureCount: Int
    /// Whether each gesture takes part.
    var isActive: [Bool]
    /// Whether nothing is compared before the end, and then all frames at once.
    let isNamedOnce: Bool
    /// Whether thinning goes on where it was left, and the longest stretch is never shorter again, as in Wekinator itself.
    let isStrict: Bool
    /// The inputs that count.
    var inputs: [Int]
    /// The distance of each gesture at the last kept frame; infinite while there is nothing to compare.
    private(set) var distances: [Float]
    /// The gesture recognised at the last kept frame, or -1.
    private(set) var recognised = -1

    private var recordings: [Recording] = []
    private var factor = 1
    /// Kept frames of the longest stretch that is compared.
    private var reach = 0
    /// The last kept frames, the newest at the end.
    private var recent: [Float] = []
    private var counter = 0
    private var costs: [Float] = []

    struct Recording {
        let gesture: Int
        let take: Int
        /// All frames, row by row.
        let frames: [Float]
        var kept: [Float] = []
    }

    /// More than so many kept frames are not compared at the end.
    private static let mostFrames = 1 << 16

    init(inputCount: Int, gestureCount: Int, threshold: Float, isNamedOnce: Bool, isStrict: Bool) {
        self.threshold = threshold
        self.isNamedOnce = isNamedOnce
        self.isStrict = isStrict
        self.inputCount = inputCount
        self.gestureCount = gestureCount
        isActive = [Bool](repeating: true, count: gestureCount)
        distances = [Float](repeating: .infinity, count: gestureCount)
        inputs = Array(0..<inputCount)
    }

    /// How many recordings a gesture has.
    func count(_ gesture: Int) -> Int { recordings.reduce(0) { $0 + ($1.gesture == gesture ? 1 : 0) } }
    var count: Int { recordings.count }
    /// All recordings, in the order in which they came.
    var all: [Recording] { recordings }

    /// Adds a recording of one gesture, which must have at least one frame.
    mutating func add(_ frames: [Float], gesture: Int, take: Int) {
        recordings.append(Recording(gesture: gesture, take: take, frames: frames))
        thin()
        reach = max(isStrict ? reach : 0, longestKept)
    }

    mutating func removeAll() {
        recordings = []
        reach = 0
    }

    mutating func remove(gesture: Int) {
        let reached = recordings.contains { $0.gesture == gesture && $0.kept.count == reach * inputCount }
        recordings.removeAll { $0.gesture == gesture }
        thin()
        if reached || !isStrict { reach = longestKept }
    }

    private var longestKept: Int { recordings.reduce(0) { max($0, $1.kept.count / inputCount) } }

    private mutating func thin() {
        let longest = recordings.reduce(0) { max($0, $1.frames.count / inputCount) }
        factor = max(1, longest / GestureMatcher.keptFrames)
        for i in recordings.indices {
            let frames = recordings[i].frames
            let rows = stride(from: 0, to: frames.count / inputCount, by: factor)
            recordings[i].kept = rows.flatMap { frames[$0 * inputCount..<($0 + 1) * inputCount] }
        }
    }

    /// Begins to listen anew.
    mutating func start() {
        recent = []
        if !isStrict { counter = 0 }
        recognised = -1
        for i in distances.indices { distances[i] = .infinity }
    }

    /// Takes a frame in and says whether it was kept, so that the distances are new.
    mutating func take(_ frame: UnsafePointer<Float>) -> Bool {
        let isKept = counter == 0
        counter = counter + 1 < factor ? counter + 1 : 0
        guard isKept else { return false }
        recent.append(contentsOf: UnsafeBufferPointer(start: frame, count: inputCount))
        let most = inputCount * (isNamedOnce ? GestureMatcher.mostFrames : max(reach, 1))
        if recent.count > most { recent.removeFirst(recent.count - most) }
        if isNamedOnce { return false }
        match(starts: 0..<max(0, recent.count / inputCount - shortest + 1), below: threshold)
        return true
    }

    /// Ends a run: where gestures are named once, the closest to all that was kept is recognised, however far it is. Says whether the
    /// distances are new.
    mutating func finish() -> Bool {
        guard isNamedOnce, !recent.isEmpty else { return false }
        match(starts: 0..<1, below: .infinity)
        return true
    }

    /// Compares the stretches that begin at these kept frames and end now.
    private mutating func match(starts: Range<Int>, below threshold: Float) {
        var closest: Float = .infinity
        var best = -1
        for i in distances.indices { distances[i] = .infinity }
        for recording in recordings where isActive[recording.gesture] {
            for start in starts {
                let distance = warped(recording.kept, from: start)
                distances[recording.gesture] = min(distances[recording.gesture], distance)
                if distance < closest { (closest, best) = (distance, recording.gesture) }
            }
        }
        recognised = closest < threshold ? best : -1
    }

    /// The least sum of distances along a way through both series.
    private mutating func warped(_ kept: [Float], from start: Int) -> Float {
        let width = kept.count / inputCount
        if costs.count < width { costs = [Float](repeating: 0, count: width) }
        for i in start..<recent.count / inputCount {
            var diagonal: Float = i == start ? 0 : .infinity
            var left: Float = .infinity
            for j in 0..<width {
                let above: Float = i == start ? .infinity : costs[j]
                let least = i == start && j == 0 ? 0 : min(diagonal, min(left, above))
                diagonal = above
                left = least + distance(i, kept, j)
                costs[j] = left
            }
        }
        return costs[width - 1]
    }

    private func distance(_ i: Int, _ kept: [Float], _ j: Int) -> Float {
        var sum: Float = 0
        for input in inputs {
            let difference = recent[i * inputCount + input] - kept[j * inputCount + input]
            sum += difference * difference
        }
        return sum.squareRoot()
    }
}
