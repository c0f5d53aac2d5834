import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Suite struct DelayBankTests {
    /// Writes frames up to a time in pieces of all lengths, and has each piece read.
    private func write(_ bank: DelayBank, frames: Range<Int>, _ sound: (Int, Int) -> Float, then read: (Int, Int) -> Void) {
        let lines = EightLines()
        var (time, length) = (frames.lowerBound, 1)
        while time < frames.upperBound {
            let count = min(length % 32 + 1, frames.upperBound - time)
            for line in 0..<8 {
                for i in 0..<count { lines[line][i] = sound(time + i, line) }
            }
            bank.write(lines, count: count)
            read(time, count)
            (time, length) = (time + count, length + 7)
        }
    }

    @Test func linesGiveBackWhatTheyWereGiven() {
        let (bank, lines) = (DelayBank(maximum: 100), EightLines())
        let delays = SIMD8<Int32>(0, 1, 2, 5, 50, 99, 100, 7)
        let gains = EightLanes(1, -1, 2, 1, 1, 1, 0.5, 1)
        write(bank, frames: 0..<2_000) { time, line in Float(time * 8 + line) } then: { time, count in
            bank.read(delays, gains: gains, into: lines, count: count)
            guard time > 100 else { return }
            for line in 0..<8 {
                for i in 0..<count {
                    #expect(lines[line][i] == gains[line] * Float((time + i - Int(delays[line])) * 8 + line))
                }
            }
        }
        bank.clear()
        bank.read(delays, gains: gains, into: lines, count: 32)
        for line in 0..<8 { #expect((0..<32).allSatisfy { lines[line][$0] == 0 }) }
    }

    @Test func betweenFramesACubicIsExact() {
        let cubic = { (t: Float) in 0.5 + t * (0.25 + t * (-0.125 + t * 0.0625)) }
        var delay = EightLaneRamp()
        delay.aim(at: EightLanes(40, 40.25, 41.5, 42.999, 43.001, 44.5, 45.75, 47), atOnce: true)
        delay.aim(at: EightLanes(40, 42.25, 41.5, 42.999, 43.001, 44.5, 45.75, 44))  // the second and the last one move
        for frame in [0, 1, 6, 29] {
            let (bank, lines) = (DelayBank(maximum: 100), EightLines())
            write(bank, frames: -60..<0) { time, _ in cubic(Float(time) * 0.1) } then: { _, _ in }
            bank.read(delay, frame: frame, into: lines, count: 32 - frame)
            for line in 0..<8 {
                for i in 0..<32 - frame {
                    let expected = cubic(0.1 * (Float(i) - delay.value[line] - Float(frame + i) * delay.step[line]))
                    #expect(abs(lines[line][i] - expected) < 2e-5, "line \(line), frame \(frame + i)")
                }
            }
        }
    }

    @Test func aMixLosesNoEnergyAndReachesEveryLine() {
        for count in [1, 4, 31] {
            for sender in 0..<8 {
                let lines = EightLines()
                for line in 0..<8 {
                    for i in 0..<count { lines[line][i] = line == sender ? Float(i + 1) : 0 }
                }
                lines.mix(count: count)
                for line in 0..<8 {
                    for i in 0..<count { #expect(abs(lines[line][i]) == Float(i + 1)) }
                }
            }
        }
        let lines = EightLines()
        let x: [Float] = [1, -2, 3, 0.5, -0.25, 4, 0, 1]
        for line in 0..<8 { lines[line][0] = x[line] }
        lines.mix(count: 1)
        let energy = (0..<8).reduce(Float(0)) { $0 + (lines[$1][0] * EightLines.mixGain) * (lines[$1][0] * EightLines.mixGain) }
        #expect(abs(energy / x.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
    }

    @Test func framesAndLinesAreTheSameSound() {
        let lines = EightLines()
        let frames = (0..<32).map { i in EightLanes((0..<8).map { Float(8 * i + $0) }) }
        lines.take(frames, count: 32)
        for line in 0..<8 {
            for i in 0..<32 { #expect(lines[line][i] == Float(8 * i + line)) }
        }
        var again = [EightLanes](repeating: .zero, count: 32)
        lines.give(&again, count: 32)
        #expect(again == frames)
    }

    @Test func slidingMaximumIsTheLargestOfTheLast() {
        let seed: UInt64 = 2
        var random = SeededRandom(seed: seed)
        for length in [1, 2, 7, 73] {
            let sliding = SlidingMaximum(length: length)
            let numbers = (0..<2_000).map { _ in Float(random.index(below: 50)) }
            for i in numbers.indices {
                #expect(sliding.next(numbers[i]) == numbers[max(0, i - length + 1)...i].max()!, "seed \(seed)")
            }
        }
    }
}
