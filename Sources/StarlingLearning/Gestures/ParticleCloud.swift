import StarlingMath

/// Particles, number by number, and their systematic resampling.
final class ParticleCloud {
    var count = 1
    let templates: Floats
    let phases: Floats
    let speeds: Floats
    let sizes: Floats
    /// The smoothed squared distance of what each foresaw.
    let distances: Floats
    let weights: Floats
    private let spare: Floats
    private let chosen: UnsafeMutablePointer<Int32>

    init(_ most: Int) {
        templates = Floats(most)
        phases = Floats(most)
        speeds = Floats(most)
        sizes = Floats(most)
        distances = Floats(most)
        weights = Floats(most)
        spare = Floats(most)
        chosen = .allocate(capacity: most)
        chosen.initialize(repeating: 0, count: most)
    }

    deinit { chosen.deallocate() }

    /// Draws as many particles as there are, each as often as its weight says (systematic resampling, Kitagawa 1996).
    ///
    /// - Parameter offset: One draw from 0..<1 for all.
    func resample(at offset: Float) {
        var source = 0
        var sum = weights[0]
        let step = 1 / Float(count)
        for i in 0..<count {
            let wanted = (Float(i) + offset) * step
            while sum < wanted && source < count - 1 {
                source += 1
                sum += weights[source]
            }
            chosen[i] = Int32(source)
        }
        draw(templates)
        draw(phases)
        draw(speeds)
        draw(sizes)
        draw(distances)
        for i in 0..<count { weights[i] = 1 }
    }

    private func draw(_ numbers: Floats) {
        for i in 0..<count { spare[i] = numbers[Int(chosen[i])] }
        numbers.pointer.update(from: spare.pointer, count: count)
    }
}

extension SeededRandom {
    /// A number of mean 0 and deviation 1, nearly normally distributed: the sum of four uniform ones, within 3.5 deviations.
    @inline(__always) mutating func roughlyNormal() -> Float {
        let bits = next()
        let sum = (bits & 0xFFFF) &+ (bits >> 16 & 0xFFFF) &+ (bits >> 32 & 0xFFFF) &+ (bits >> 48)
        // Mean 131070; each of the four has the deviation 65536 / sqrt(12).
        return (Float(sum) - 131_070) * 2.642_9e-5
    }
}
