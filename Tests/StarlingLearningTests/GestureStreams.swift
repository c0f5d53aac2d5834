import Foundation
import StarlingLearning
import StarlingMath

/// Recorded gestures of one kind, with which streams are built.
struct GestureSet {
    let name: String
    let gestureCount: Int
    let takes: [Take]
    let secondsPerRow: Float

    var width: Int { takes[0].rows[0].count }

    func mean(of input: Int) -> Float {
        let column = takes.flatMap { $0.rows.map { $0[input] } }
        return column.reduce(0, +) / Float(column.count)
    }

    func deviation(of input: Int) -> Float {
        let mean = mean(of: input)
        let squares = takes.flatMap { $0.rows.map { row in (row[input] - mean) * (row[input] - mean) } }
        return (squares.reduce(0, +) / Float(squares.count)).squareRoot()
    }
}

/// A stream of gestures with pauses and unrelated movement between, and where each gesture is in it.
struct GestureStream {
    struct Place { let gesture, start, end: Int }
    private(set) var rows: [[Float]] = []
    private(set) var places: [Place] = []
    private let means: [Float]
    private let deviations: [Float]
    private let secondsPerRow: Float
    private var random: SeededRandom

    /// All given takes in a random order.
    init(_ set: GestureSet, _ takes: [Take], seed: UInt64) {
        random = SeededRandom(seed: seed)
        secondsPerRow = set.secondsPerRow
        means = (0..<set.width).map { set.mean(of: $0) }
        deviations = (0..<set.width).map { set.deviation(of: $0) }
        var left = takes
        rows = [takes[0].rows[0]]
        while !left.isEmpty {
            let take = left.remove(at: random.index(below: left.count))
            addRest(0.3 + random.uniform())
            addMovement(1 + 2 * random.uniform())
            glide(to: take.rows[0])
            addRest(0.3 + 0.7 * random.uniform())
            places.append(Place(gesture: take.gesture, start: rows.count, end: rows.count + take.rows.count))
            rows += take.rows
        }
        addRest(1)
    }

    var minutes: Float { Float(rows.count) * secondsPerRow / 60 }

    private mutating func addRest(_ seconds: Float) {
        let place = rows.last!
        for _ in 0..<Int(seconds / secondsPerRow) {
            rows.append(place.indices.map { place[$0] + 0.01 * deviations[$0] * random.normal() })
        }
    }

    /// Smooth movement by chance, as far and about as fast as the gestures.
    private mutating func addMovement(_ seconds: Float) {
        let waves = means.map { _ in
            (0..<5).map { _ in (random.normal() * 0.6, 0.3 + 1.5 * random.uniform(), random.uniform()) }
        }
        func place(_ row: Int) -> [Float] {
            means.indices.map { i in
                means[i] + deviations[i] * waves[i].reduce(Float(0)) {
                    $0 + $1.0 * fastSine(cycles: $1.1 * Float(row) * secondsPerRow + $1.2)
                }
            }
        }
        glide(to: place(0))
        for row in 0..<Int(seconds / secondsPerRow) { rows.append(place(row)) }
    }

    private mutating func glide(to end: [Float]) {
        let start = rows.last!
        let count = max(2, Int((0.25 + 0.3 * random.uniform()) / secondsPerRow))
        for row in 1...count {
            let x = Float(row) / Float(count)
            let share = x * x * (3 - 2 * x)
            rows.append(start.indices.map { start[$0] + share * (end[$0] - start[$0]) })
        }
    }
}

/// How well a model recognised and followed the gestures of streams.
struct StreamScore: CustomStringConvertible {
    private(set) var gestures = 0
    private(set) var found = 0
    private(set) var falseAlarms = 0
    private(set) var minutes: Float = 0
    private var phaseErrors: [Float] = []
    private var certainPhaseErrors: [Float] = []
    private var decisions: [Float] = []

    var foundShare: Float { Float(found) / Float(max(gestures, 1)) }
    var falseAlarmsPerMinute: Float { Float(falseAlarms) / minutes }
    /// Of the performed gesture, over all its rows.
    var phaseError: Float { phaseErrors.reduce(0, +) / Float(max(phaseErrors.count, 1)) }
    /// The same over those rows in which it is certain.
    var certainPhaseError: Float { certainPhaseErrors.reduce(0, +) / Float(max(certainPhaseErrors.count, 1)) }
    /// The share of a gesture from which on it remains the most certain one; 1 where it never is.
    var decision: Float { decisions.reduce(0, +) / Float(max(decisions.count, 1)) }

    var description: String {
        let percent = String(format: "%.1f", foundShare * 100)
        let alarms = String(format: "%.2f", falseAlarmsPerMinute)
        let phase = String(format: "%.3f (while certain %.3f)", phaseError, certainPhaseError)
        return "\(found) of \(gestures) found (\(percent) %), \(alarms) false alarms a minute in "
            + String(format: "%.1f", minutes) + " min, phase error \(phase), decided at " + String(format: "%.2f", decision)
    }

    /// Plays a stream to a model that has just been reset.
    mutating func add(_ stream: GestureStream, _ model: Predictor, graceRows: Int) {
        var values = [Float](repeating: 0, count: model.outputWidth)
        var current = 0
        var isFound = stream.places.map { _ in false }
        var decided: Float = 1
        for (row, inputs) in stream.rows.enumerated() {
            model.run(inputs: inputs, outputs: &values)
            while current < stream.places.count, row >= stream.places[current].end + graceRows { current += 1 }
            let place = current < stream.places.count ? stream.places[current] : nil
            if model.spotted >= 0 {
                if let place, model.spotted == place.gesture, !isFound[current],
                    row >= (place.start + place.end) / 2
                {
                    isFound[current] = true
                } else {
                    falseAlarms += 1
                }
            }
            guard let place, place.start..<place.end ~= row else { continue }
            if row == place.start { decided = 1 }
            let share = Float(row - place.start) / Float(max(place.end - place.start - 1, 1))
            let own = place.gesture * Task.gestureValues
            let isLeading = (0..<model.outputCount).allSatisfy { values[$0 * Task.gestureValues] <= values[own] }
            // After a gesture was recognised everything begins anew.
            if !isFound[current] {
                phaseErrors.append(abs(values[own + 1] - share))
                if values[own] >= 0.5 { certainPhaseErrors.append(abs(values[own + 1] - share)) }
                if !isLeading || values[own] < 0.5 { decided = 1 } else { decided = min(decided, share) }
            }
            if row == place.end - 1 { decisions.append(decided) }
        }
        gestures += stream.places.count
        found += isFound.filter { $0 }.count
        minutes += stream.minutes
    }
}

/// Teaches `each` takes of every gesture and plays the others in streams, once for each seed.
func streamScore(
    _ set: GestureSet, _ model: ModelInfo, settings: [Float] = [], each: Int = 3, seeds: ClosedRange<UInt64>
) throws -> StreamScore {
    var score = StreamScore()
    for seed in seeds {
        var random = SeededRandom(seed: seed)
        var left = set.takes
        var taught: [Take] = []
        for gesture in 0..<set.gestureCount {
            for _ in 0..<each {
                let places = left.indices.filter { left[$0].gesture == gesture }
                taught.append(left.remove(at: places[random.index(below: places.count)]))
            }
        }
        let dataset = try gestureDataset(taught, gestureCount: set.gestureCount, secondsPerRow: set.secondsPerRow)
        let player = predictor(train(dataset, model, settings, seed: seed)!)
        score.add(GestureStream(set, left, seed: seed), player, graceRows: Int(0.6 / set.secondsPerRow))
    }
    return score
}

extension GestureSet {
    private static let shared = repository.appending(path: "../shared/data/gestures")

    /// One axis of Wiimote gestures of ten kinds; nil where the recordings are absent.
    static func wiimote(_ axis: String, gestures: [Int] = Array(0..<10)) -> GestureSet? {
        guard let text = try? String(contentsOf: shared.appending(path: "AllGestureWiimote\(axis)_TRAIN.tsv"), encoding: .utf8)
        else { return nil }
        let takes = text.split(separator: "\n").compactMap { line -> Take? in
            let numbers = line.split(separator: "\t").map { Float($0) ?? .nan }
            guard let gesture = gestures.firstIndex(of: Int(numbers[0]) - 1) else { return nil }
            return Take(gesture: gesture, rows: numbers.dropFirst().filter { !$0.isNaN }.map { [$0] })
        }
        return GestureSet(name: "wiimote \(axis)", gestureCount: gestures.count, takes: takes, secondsPerRow: 0.01)
    }

    /// The letters G, R and T written with a mouse; nil where the recordings are absent.
    static func letters() -> GestureSet? {
        guard let text = try? String(contentsOf: shared.appending(path: "grt-dtw-training.grt"), encoding: .utf8)
        else { return nil }
        let takes = text.components(separatedBy: "************TIME_SERIES************").dropFirst().map { part in
            let lines = part.split(whereSeparator: \.isNewline)
            let gesture = Int(lines[0].split(separator: " ")[1])! - 1
            return Take(gesture: gesture, rows: lines.dropFirst(3).map { $0.split(separator: "\t").compactMap { Float($0) } }
                .filter { $0.count == 2 })
        }
        return GestureSet(name: "letters", gestureCount: 3, takes: Array(takes), secondsPerRow: 0.01)
    }

    /// Generated gestures.
    static func drawings(gestureCount: Int = 6, dimensions: Int = 3, each: Int = 10, seed: UInt64 = 300) -> GestureSet {
        let drawings = (0..<gestureCount).map { Drawing(dimensions: dimensions, seed: seed + UInt64($0)) }
        var random = SeededRandom(seed: seed)
        let takes = (0..<gestureCount * each).map { i in
            let length = 70 + 15 * (i % gestureCount) + random.index(below: 40)
            return Take(
                gesture: i % gestureCount,
                rows: drawings[i % gestureCount].performance(length, random: &random))
        }
        return GestureSet(name: "drawings", gestureCount: gestureCount, takes: takes, secondsPerRow: 0.01)
    }

    /// BasicMotions: standing, running, walking, badminton, by accelerometer and gyroscope at the wrist.
    static func motions() throws -> GestureSet {
        let file = repository.appending(path: "Tests/Fixtures/gestures/motions.csv")
        var takes: [Int: (gesture: Int, rows: [[Float]])] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let numbers = line.split(separator: ",").map { Float($0)! }
            takes[Int(numbers[0]), default: (Int(numbers[1]), [])].rows.append(Array(numbers[2...]))
        }
        let inOrder = takes.keys.sorted().map { Take(gesture: takes[$0]!.gesture, rows: takes[$0]!.rows) }
        return GestureSet(name: "motions", gestureCount: 4, takes: inOrder, secondsPerRow: 0.1)
    }

    /// The takes of one kind of GunPoint's training part: a hand goes up, points and goes down again.
    static func gunpoint() throws -> GestureSet {
        let file = repository.appending(path: "Tests/Fixtures/gestures/gunpoint.csv")
        let takes = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line -> Take? in
            let numbers = line.split(separator: ",").map { Float($0)! }
            return numbers[0] == 0 && numbers[1] == 1 ? Take(gesture: 0, rows: numbers[2...].map { [$0] }) : nil
        }
        return GestureSet(name: "gunpoint", gestureCount: 1, takes: takes, secondsPerRow: 0.03)
    }
}
