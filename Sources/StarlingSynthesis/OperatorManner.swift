import StarlingDSP
import StarlingMath

/// What follows from the parameters of the frequency modulation for one tick and is the same for every note.
struct OperatorManner {
    /// The operators' frequencies as multiples of the note's.
    var ratios = Lanes(repeating: 1)
    var tune: Float = 0
    /// What each operator, a column, does to the four, in cycles at index 1.
    var columns = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    /// The strength of all modulation and of operator 4's on itself, in cycles.
    var index: Float = 0
    var feedback: Float = 0
    /// How much of the modulation comes with the beginning of a note and dies away.
    var bite: Float = 0
    /// How the loudness of a note goes, a step a sample-frame, and how its bite goes, a step a tick.
    var contour = ContourShape()
    var biteContour = ContourShape()
    /// What each operator gives to the left and to the right.
    var left = Lanes.zero
    var right = Lanes.zero

    /// An algorithm: who bends whom (source, target), and who is heard.
    private struct Algorithm {
        var edges: [(Int, Int)]
        var heard: Lanes
    }

    /// From one voice with three modulators to four voices.
    private static let algorithms: [Algorithm] = [
        Algorithm(edges: [(3, 2), (2, 1), (1, 0)], heard: Lanes(1, 0, 0, 0)),
        Algorithm(edges: [(3, 1), (2, 1), (1, 0)], heard: Lanes(1, 0, 0, 0)),
        Algorithm(edges: [(1, 0), (2, 0), (3, 0)], heard: Lanes(1, 0, 0, 0)),
        Algorithm(edges: [(1, 0), (3, 2)], heard: Lanes(1, 0, 1, 0)),
        Algorithm(edges: [(3, 0), (3, 1), (3, 2)], heard: Lanes(1, 1, 1, 0)),
        Algorithm(edges: [(3, 2)], heard: Lanes(1, 1, 1, 0)),
        Algorithm(edges: [], heard: Lanes(1, 1, 1, 1)),
    ]
    static let algorithmCount = 7

    /// Works the manner out from the parameters, in the order of `FrequencyModulation.info`.
    ///
    /// Between two algorithms all arrows are worked out by share, so that a change is a glide.
    @inline(never) init(_ parameters: UnsafePointer<Float>, sampleRate: Hertz) {
        let place = clamp(parameters[0], 1, Float(Self.algorithmCount)) - 1
        let first = min(Int(place), Self.algorithmCount - 2)
        add(first, share: 1 - (place - Float(first)))
        add(first + 1, share: place - Float(first))
        ratios = Lanes(1, parameters[1], parameters[2], parameters[3])
        index = parameters[4] * parameters[4] * 1.6
        feedback = parameters[5] * parameters[5] * 0.25
        bite = parameters[6]
        contour = ContourShape(parameters + 8, stepsPerSecond: sampleRate)
        let tickRate = sampleRate / Float(tickFrameCount)
        biteContour = ContourShape(
            attack: max(parameters[8] * 0.3 * tickRate, 0.5), decay: parameters[7] * tickRate, sustain: 0,
            release: parameters[11] * tickRate)
        spread(parameters[12])
        tune = parameters[13]
    }

    private mutating func add(_ number: Int, share: Float) {
        for (source, target) in Self.algorithms[number].edges {
            switch source {
            case 1: columns.1[target] += share
            case 2: columns.2[target] += share
            default: columns.3[target] += share
            }
        }
        left += Self.algorithms[number].heard * share
    }

    private mutating func spread(_ spread: Float) {
        let heard = left / (left * left).total.squareRoot()
        let position = Lanes(-0.3, 0.8, 0.4, -0.8) * spread
        left = heard * fastSine(halfTurns: (1 - position) * 0.25)
        right = heard * fastSine(halfTurns: (1 + position) * 0.25)
    }
}
