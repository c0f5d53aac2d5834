import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Suite struct LaneMathTests {
    @Test func powersOfTwoAreAccurate() {
        for i in -1_260...1_260 {
            let x = Float(i) * 0.1
            let y = Double(fastExp2(Lanes(x, 0, x, 1))[2])
            #expect(abs(y / exp2(Double(x)) - 1) < 3e-7, "\(x)")
        }
        #expect(fastExp2(Lanes(.infinity, -.infinity, 1e9, -1e9)) == fastExp2(Lanes(126, -126, 126, -126)))
    }

    @Test func sinesAndTangentsAreAccurate() {
        for i in -500...500 where i != 0 {
            let x = Float(i) * 0.001
            #expect(abs(Double(fastSine(halfTurns: Lanes(repeating: x))[1]) / sin(.pi * Double(x)) - 1) < 3e-7, "\(x)")
        }
        for i in 1...450 {
            let x = Float(i) * 0.001
            #expect(abs(Double(fastTangent(halfTurns: Lanes(repeating: x))[3]) / tan(.pi * Double(x)) - 1) < 2e-6, "\(x)")
        }
    }

    @Test func brokenAndTinyNumbersAreFlushed() {
        #expect(flushed(Lanes(.nan, .infinity, -.infinity, 1e-38)) == .zero)
        #expect(flushed(Lanes(1, -2, 1e-18, -1e18)) == Lanes(1, -2, 1e-18, -1e18))
        #expect(flushed(EightLanes(repeating: .nan)) == .zero)
    }

    @Test func lanesAreComparedOneByOne() {
        #expect(larger(Lanes(1, 5, -1, 0), Lanes(2, 3, -2, 0)) == Lanes(2, 5, -1, 0))
        #expect(smaller(Lanes(1, 5, -1, 0), Lanes(2, 3, -2, 0)) == Lanes(1, 3, -2, 0))
        #expect(wrapped(Lanes(0.5, 0.75, -0.5, 0.25)) == Lanes(-0.5, -0.25, -0.5, 0.25))
    }

    @Test func rampsEndAtTheirAimHoweverTheyAreWalked() {
        var ramp = LaneRamp(Lanes(repeating: 1))
        ramp.aim(at: Lanes(2, 0, 1, -1))
        for _ in 0..<tickFrameCount { ramp.value += ramp.step }
        #expect(abs(ramp.value[0] - 2) < 1e-5)
        ramp.aim(at: Lanes(2, 0, 1, -1))
        #expect(ramp.value == Lanes(2, 0, 1, -1) && ramp.step == .zero)
        ramp.aim(at: Lanes(repeating: 7), atOnce: true)
        #expect(ramp.value == Lanes(repeating: 7) && ramp.step == .zero)
    }
}
