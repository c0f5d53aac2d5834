import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Suite struct DelayBankTests {
    @Test func linesGiveBackWhatTheyWereGiven() {
        let bank = DelayBank(maximum: 100)
        let delays = SIMD8<Int32>(0, 1, 2, 5, 50, 99, 100, 7)
        for time in 0..<1_000 {
            bank.write(EightLanes((0..<8).map { Float(time * 8 + $0) }))
            guard time > 100 else { continue }
            let frame = bank.read(delays)
            for line in 0..<8 { #expect(frame[line] == Float((time - Int(delays[line])) * 8 + line)) }
        }
        bank.clear()
        #expect(bank.read(delays) == .zero)
    }

    @Test func betweenFramesACubicIsExact() {
        let cubic = { (t: Float) in 0.5 + t * (0.25 + t * (-0.125 + t * 0.0625)) }
        let bank = DelayBank(maximum: 16)
        for time in -12...0 { bank.write(EightLanes(repeating: cubic(Float(time)))) }
        let delays = EightLanes(1, 1.25, 2.5, 3.999, 4.001, 5.5, 6.75, 8)
        let frame = bank.read(delays)
        for line in 0..<8 { #expect(abs(frame[line] - cubic(-delays[line])) < 1e-4 * abs(cubic(-delays[line])), "\(line)") }
    }

    @Test func aMixLosesNoEnergyAndReachesEveryLine() {
        let x = EightLanes(1, -2, 3, 0.5, -0.25, 4, 0, 1)
        #expect(abs((hadamard(x) * hadamard(x)).sum() / (x * x).sum() - 1) < 1e-6)
        for line in 0..<8 {
            var one = EightLanes.zero
            one[line] = 1
            for number in 0..<8 { #expect(abs(abs(hadamard(one)[number]) - 0.353_553) < 1e-6) }
        }
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
