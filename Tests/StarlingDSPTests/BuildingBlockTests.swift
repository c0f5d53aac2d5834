import Foundation
import StarlingDSP
import StarlingMath
import Testing

@Test func parabolaFindsTheVertex() {
    let curve = { (x: Float) in 2 * (x - 0.3) * (x - 0.3) + 5 }
    let dip = Parabola(curve(-1), curve(0), curve(1))
    #expect(abs(dip.offset - 0.3) < 1e-6)
    #expect(abs(dip.value - 5) < 1e-6)
}

@Test func parabolaOfALineStaysInTheMiddle() {
    #expect(Parabola(1, 2, 3).offset == 0)
    #expect(Parabola(1, 2, 3).value == 2)
    #expect(Parabola(0, 0, 0).offset == 0)
}

@Test func historyHoldsTheLatestSamplesInOrder() {
    let history = History(capacity: 7)
    for n in 1...23 {
        history.append(Float(n))
        let latest = UnsafeBufferPointer(start: history.latest(7), count: 7)
        #expect(latest.elementsEqual((n - 6...n).map { Float(max($0, 0)) }))
        #expect(history.latest(1)[0] == Float(n))
    }
    history.reset()
    #expect(UnsafeBufferPointer(start: history.latest(7), count: 7).allSatisfy { $0 == 0 })
}

@Test(arguments: 0...13) func sumsTakeEveryElementOnce(count: Int) {
    let a = (0..<count).map { Float(1 << $0) }  // each element shows in the sum as a bit of its own
    #expect(sum(a, count: count) == Float((1 << count) - 1))
    #expect(dot(a, [Float](repeating: 2, count: count), count: count) == Float((1 << count) - 1) * 2)
}

@Test(arguments: WindowFunction.allCases) func windowsArePeriodicAndPeakInTheMiddle(window: WindowFunction) {
    let weights = window.weights(count: 64)
    #expect(weights.max() == weights[32])
    #expect(abs(weights[32] - 1) < 1e-15)
    for i in 1..<64 { #expect(abs(weights[i] - weights[64 - i]) < 1e-15) }
}

@Test func windowsHaveTheirPublishedWeights() {
    let eighth = 0.5.squareRoot()  // cos(2 pi / 8)
    #expect(abs(WindowFunction.hann.weights(count: 8)[1] - (0.5 - 0.5 * eighth)) < 1e-15)
    #expect(abs(WindowFunction.hamming.weights(count: 8)[1] - (0.54 - 0.46 * eighth)) < 1e-15)
    #expect(abs(WindowFunction.blackman.weights(count: 8)[1] - (0.42 - 0.5 * eighth)) < 1e-15)
    #expect(WindowFunction.rectangular.weights(count: 8) == [Double](repeating: 1, count: 8))
}
