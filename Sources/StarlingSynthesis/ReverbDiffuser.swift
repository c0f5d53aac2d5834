import StarlingDSP
import StarlingMath

/// Turns each sound into hundreds of soft echoes within a few hundredths of a second, so that a room is dense at once.
///
/// Three steps, each eight delays of different length and a lossless mix: 512 paths. Nothing is fed back.
final class ReverbDiffuser: @unchecked Sendable {
    private let banks: [DelayBank]
    private let delays: UnsafeMutablePointer<SIMD8<Int32>>

    /// How long each step spreads a sound, in seconds.
    private static let spans: [Seconds] = [0.009, 0.017, 0.031]

    init(sampleRate: Hertz) {
        banks = Self.spans.map { DelayBank(maximum: Int($0 * sampleRate) + 1) }
        delays = .allocate(capacity: Self.spans.count)
        var random = SeededRandom(seed: 20)
        for step in 0..<Self.spans.count {
            var delay = SIMD8<Int32>.zero
            // One delay in each eighth of the span, in an order that differs from step to step.
            for line in 0..<8 {
                let eighth = Float((line * 3 + step * 5) & 7)
                delay[line] = Int32((eighth + random.uniform()) / 8 * Self.spans[step] * sampleRate)
            }
            (delays + step).initialize(to: delay)
        }
    }

    deinit { delays.deallocate() }

    /// Forgets all sound.
    func reset() {
        for bank in banks { bank.clear() }
    }

    /// Changes the next `count` frames in place.
    func process(_ lines: EightLines, count: Int) {
        for step in 0..<Self.spans.count {
            banks[step].write(lines, gain: EightLines.mixGain, count: count)
            banks[step].read(delays[step], gains: Self.signs, into: lines, count: count)
            lines.mix(count: count)
        }
    }

    private static let signs = EightLanes(1, -1, 1, 1, -1, 1, -1, -1)
}
