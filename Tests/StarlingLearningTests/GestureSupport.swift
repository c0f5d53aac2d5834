import Foundation
import StarlingLearning
import StarlingMath

/// One recorded gesture.
struct Take {
    let gesture: Int
    let rows: [[Float]]
}

/// Gestures drawn in the air: smooth closed paths, one for each seed, in any number of dimensions.
struct Drawing {
    private let amplitudes: [[Float]]
    private let phases: [[Float]]

    init(dimensions: Int, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        amplitudes = (0..<dimensions).map { _ in (1...4).map { random.normal() / Float($0).squareRoot() } }
        phases = (0..<dimensions).map { _ in (1...4).map { _ in random.uniform() } }
    }

    /// The place at a phase 0...1; starts and ends at 0.
    func place(_ phase: Float) -> [Float] {
        zip(amplitudes, phases).map { amplitudes, offsets in
            (0..<4).reduce(Float(0)) { sum, k in
                let cycles = Float(k + 1) * phase + offsets[k]
                return sum + amplitudes[k] * (fastSine(cycles: cycles) - fastSine(cycles: offsets[k]))
            }
        }
    }

    /// A performance of `count` rows that runs unevenly, and differs a little in size and everywhere.
    func performance(_ count: Int, unevenness: Float = 0.06, noise: Float = 0.05, random: inout SeededRandom) -> [[Float]] {
        let bend = random.bipolar() * unevenness
        let turn = random.uniform()
        let size = 1 + 0.1 * random.bipolar()
        return (0..<count).map { row in
            let even = Float(row) / Float(max(count - 1, 1))
            let bent = even + bend * (fastSine(cycles: even + turn) - fastSine(cycles: turn))
            return place(clamp(bent, 0, 1)).map { size * $0 + noise * random.normal() }
        }
    }
}

/// A dataset of takes; take numbers count up.
func gestureDataset(_ takes: [Take], gestureCount: Int, secondsPerRow: Float = 0.01) throws -> Dataset {
    let dataset = Dataset(inputCount: takes.first?.rows.first?.count ?? 1, outputCount: gestureCount, task: .gestures)
    dataset.secondsPerRow = secondsPerRow
    for (number, take) in takes.enumerated() {
        for row in take.rows { try dataset.append(row, category: take.gesture, take: number) }
    }
    return dataset
}

extension Predictor {
    /// The values of one gesture after a run.
    func run(_ inputs: [Float], gesture: Int) -> (certainty: Float, phase: Float, speed: Float) {
        var outputs = [Float](repeating: .nan, count: outputWidth)
        run(inputs: inputs, outputs: &outputs)
        let place = gesture * Task.gestureValues
        return (outputs[place], outputs[place + 1], outputs[place + 2])
    }
}
