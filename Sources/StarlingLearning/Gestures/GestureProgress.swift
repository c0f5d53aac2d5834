import StarlingMath

/// Certainty, phase and speed of each gesture from the evidence of its templates, row by row.
final class GestureProgress {
    private let evidence: Floats
    private let phases: Floats
    /// Sums over the templates of a gesture, weighted by evidence.
    private let phaseSums: Floats
    private let weights: Floats
    private let ages: Floats
    private let lengths: Floats
    private let previousPlaces: Floats
    private let speeds: Floats
    private let stamps: Floats
    private var gestureCount = 0

    /// How strongly evidence speaks, and how much of it "none of them" has.
    private static let loudness: Float = 10
    private static let nothing: Float = 0.15
    /// The speed follows its changes within about this many rows.
    private static let speedRows: Float = 20

    init(mostGestures: Int) {
        evidence = Floats(mostGestures)
        phases = Floats(mostGestures)
        phaseSums = Floats(mostGestures)
        weights = Floats(mostGestures)
        ages = Floats(mostGestures)
        lengths = Floats(mostGestures)
        previousPlaces = Floats(mostGestures)
        speeds = Floats(mostGestures)
        stamps = Floats(mostGestures)
    }

    func clear() {
        for values in [evidence, phases, ages, lengths, previousPlaces, speeds, stamps] { values.clear() }
    }

    /// Begins a row.
    func begin(gestureCount: Int) {
        self.gestureCount = gestureCount
        for gesture in 0..<gestureCount {
            evidence[gesture] = -1
            phaseSums[gesture] = 0
            weights[gesture] = 0
        }
    }

    /// Takes what one template says; the most evident one of a gesture counts.
    ///
    /// - Parameters:
    ///   - evidence: 0 without resemblance to 1 at the end of a perfect performance.
    ///   - phase: The place in the template, 0...1.
    ///   - age: Rows since the gesture began.
    ///   - rowsAsTaught: Rows of the whole gesture as taught.
    func offer(_ gesture: Int, evidence: Float, phase: Float, age: Float, rowsAsTaught: Float) {
        if evidence <= 0 { return }
        let weight = evidence * evidence
        phaseSums[gesture] += weight * phase
        weights[gesture] += weight
        if evidence <= self.evidence[gesture] { return }
        self.evidence[gesture] = evidence
        phases[gesture] = phase
        ages[gesture] = age
        lengths[gesture] = rowsAsTaught
    }

    /// Ends a row and writes certainty, phase and speed of each gesture.
    func finish(into values: UnsafeMutablePointer<Float>) {
        var total = fastExp(Self.loudness * Self.nothing)
        for gesture in 0..<gestureCount where evidence[gesture] > 0 { total += fastExp(Self.loudness * evidence[gesture]) }
        for gesture in 0..<gestureCount {
            let place = values + gesture * Task.gestureValues
            let isGoingOn = evidence[gesture] > 0
            place[0] = isGoingOn ? fastExp(Self.loudness * evidence[gesture]) / total : 0
            place[1] = isGoingOn ? phaseSums[gesture] / weights[gesture] : 0
            place[2] = isGoingOn ? speed(gesture) : 0
        }
    }

    /// The speed since the gesture began, and later that of the last rows.
    private func speed(_ gesture: Int) -> Float {
        let place = phases[gesture] * lengths[gesture]
        let mean = place / max(ages[gesture], 1)
        let step = place - previousPlaces[gesture]
        let goesOn = ages[gesture] == stamps[gesture] + 1
        speeds[gesture] = goesOn ? speeds[gesture] + (step - speeds[gesture]) / Self.speedRows : mean
        previousPlaces[gesture] = place
        stamps[gesture] = ages[gesture]
        return clamp(speeds[gesture], 0, 8)
    }
}
