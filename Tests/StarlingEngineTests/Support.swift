import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject

/// An engine with buffers, and what tests need to say briefly.
final class Stage {
    let engine: Engine
    let sampleRate: Float
    private(set) var left: [Float] = []
    private(set) var right: [Float] = []

    init(sampleRate: Float = 48_000, project: Document = .starter()) throws {
        self.sampleRate = sampleRate
        engine = Engine(sampleRate: sampleRate)
        try load(project)
    }

    func load(_ document: Document) throws {
        let words = try Scene(document).plan().words()
        guard engine.load(plan: words, count: words.count) else { throw StarlingError("the plan was refused") }
    }

    /// Plays an input through the engine in blocks of the given sizes, again and again.
    func play(_ input: [Float], blocks: [Int] = [128]) {
        var done = 0
        var turn = 0
        var outLeft = [Float](repeating: 0, count: input.count)
        var outRight = outLeft
        input.withUnsafeBufferPointer { source in
            outLeft.withUnsafeMutableBufferPointer { l in
                outRight.withUnsafeMutableBufferPointer { r in
                    while done < input.count {
                        let count = min(blocks[turn % blocks.count], input.count - done)
                        engine.process(
                            source.baseAddress! + done, l.baseAddress! + done, r.baseAddress! + done, count: count)
                        done += count
                        turn += 1
                    }
                }
            }
        }
        left += outLeft
        right += outRight
    }

    func silence(seconds: Float) { play([Float](repeating: 0, count: Int(seconds * sampleRate))) }
}

/// Sounds that differ as a hum, a hiss and a whistle do.
enum TestSound {
    static func hum(_ count: Int, sampleRate: Float = 48_000, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let frequency = 110 * (1 + 0.1 * random.bipolar())
        return (0..<count).map { n in
            let phase = frequency * Float(n) / sampleRate
            return 0.3 * fastSine(cycles: phase) + 0.1 * fastSine(cycles: 2 * phase) + 0.003 * random.bipolar()
        }
    }

    static func hiss(_ count: Int, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        var last: Float = 0
        return (0..<count).map { _ in
            let noise = random.bipolar()
            defer { last = noise }
            return 0.15 * (noise - last)
        }
    }

    static func whistle(_ count: Int, sampleRate: Float = 48_000, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let frequency = 1500 * (1 + 0.1 * random.bipolar())
        return (0..<count).map { 0.2 * fastSine(cycles: frequency * Float($0) / sampleRate) + 0.003 * random.bipolar() }
    }

    static func of(_ category: Int, _ count: Int, seed: UInt64) -> [Float] {
        switch category {
        case 0: hum(count, seed: seed)
        case 1: hiss(count, seed: seed)
        default: whistle(count, seed: seed)
        }
    }
}

func rms(_ samples: ArraySlice<Float>) -> Float {
    (samples.reduce(0) { $0 + $1 * $1 } / Float(max(samples.count, 1))).squareRoot()
}
