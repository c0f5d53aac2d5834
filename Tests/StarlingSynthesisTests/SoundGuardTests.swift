import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// Sounds 0.5 until it breaks, and NaN from then on until it is reset.
private final class Breaking: Instrument {
    var isBroken = false
    override func reset() { isBroken = false }
    override func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        for i in 0..<count {
            left[i] += 0.5
            right[i] += isBroken && i >= 5 ? .nan : 0.5
        }
    }
}

private final class BreakingEffect: Effect {
    var isBroken = true
    override func reset() { isBroken = false }
    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        if isBroken { left[3] = .infinity }
    }
}

@Suite struct SoundGuardTests {
    private let left = Floats([Float](repeating: 0.25, count: 16))
    private let right = Floats([Float](repeating: 0.25, count: 16))

    @Test func brokenInstrumentIsMutedResetAndCounted() {
        let (instrument, scratch) = (Breaking(), Floats(32))
        instrument.isBroken = true
        var soundGuard = SoundGuard()
        soundGuard.render(instrument, left.pointer, right.pointer, count: 16, scratch: scratch.pointer)
        #expect(right.array == [Float](repeating: 0.75, count: 5) + [Float](repeating: 0.25, count: 11))
        #expect(left.array == right.array)
        #expect(soundGuard.faultCount == 1)
        soundGuard.render(instrument, left.pointer, right.pointer, count: 16, scratch: scratch.pointer)
        #expect(left[15] == 0.75)
        #expect(soundGuard.faultCount == 1)
    }

    @Test func brokenEffectIsMutedResetAndCounted() {
        let effect = BreakingEffect()
        var soundGuard = SoundGuard()
        soundGuard.process(effect, left.pointer, right.pointer, count: 16)
        #expect(left.array == [0.25, 0.25, 0.25] + [Float](repeating: 0, count: 13))
        #expect(!effect.isBroken)
        soundGuard.process(effect, left.pointer, right.pointer, count: 16)
        #expect(soundGuard.faultCount == 1)
    }
}
