import StarlingDSP
import StarlingMath
import Testing

@Test(arguments: [UInt64](1...5)) func differencesFollowTheirDefinition(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let function = DifferenceFunction(frameSize: 512, lagCount: 200)
    let offset = random.bipolar()  // differences do not see DC
    let frame = (0..<512).map { Float($0 % 37) / 37 * 0.5 + random.bipolar() * 0.1 + offset }
    var output = [Float](repeating: 0, count: 200)
    _ = function.apply(frame, into: &output)
    for lag in 0..<200 {
        var expected = 0.0
        for j in 512 - function.termCount..<512 {
            let difference = Double(frame[j]) - Double(frame[j - lag])
            expected += difference * difference
        }
        #expect(abs(Double(output[lag]) - expected) < 2e-4, "lag \(lag), seed \(seed)")
    }
}

@Test func differencesGiveThePowerWithoutDC() {
    let function = DifferenceFunction(frameSize: 64, lagCount: 8)
    var output = [Float](repeating: 0, count: 8)
    let power = function.apply((0..<64).map { $0 % 2 == 0 ? 0.9 : 0.1 }, into: &output)
    #expect(abs(power - 0.16) < 1e-6)
    #expect(function.apply([Float](repeating: 0.5, count: 64), into: &output) == 0)
}
