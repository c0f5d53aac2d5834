import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

@Suite struct MasterTests {
    private func pass(_ sound: Sound, rate: Float = 48_000, block: Int = 128, level: (Int) -> Float = { _ in 0 }) -> Sound {
        let master = Master(sampleRate: rate)
        let (left, right) = (Floats(sound.left), Floats(sound.right))
        pieces(sound.count, block: block) { master.tick([level($0)]) } piece: { now, count in
            master.process(left.pointer + now, right.pointer + now, count: count)
        }
        return Sound(left: left.array, right: right.array)
    }

    private func sine(_ hertz: Double, amplitude: Float, frames: Int = 96_000) -> Sound {
        let x = (0..<frames).map { Float(ExactMath.sine(cycles: Double($0) * hertz / 48_000)) * amplitude }
        return Sound(left: x, right: x)
    }

    @Test(arguments: [8_000, 44_100, 48_000, 192_000] as [Float]) func ceilingIsNeverPassed(rate: Float) {
        let seed: UInt64 = 17
        var random = SeededRandom(seed: seed)
        var wild = (0..<200_000).map { _ in random.bipolar() * fastExp2(random.bipolar() * 20) }
        (wild[70_000], wild[70_001]) = (1e38, -3e38)
        let out = pass(Sound(left: wild, right: wild.reversed()), rate: rate)
        #expect(Measure.peak(out.all) <= 0.891_250_95, "seed \(seed)")
        #expect(Measure.peak(out.all) > 0.8)
        #expect(out.brokenCount == 0)
    }

    @Test func belowTheCeilingEveryBitPassesLateByTheLatency() {
        let sound = sine(440, amplitude: 0.85)
        let latency = Master(sampleRate: 48_000).latency
        #expect(latency == 88)
        let out = pass(sound)
        #expect(out.left[latency...].elementsEqual(sound.left[..<(sound.count - latency)]))
        #expect(out.left[..<latency].allSatisfy { $0 == 0 })
    }

    @Test func afterAPeakEveryBitPassesAgain() {
        var sound = sine(440, amplitude: 0.5, frames: 480_000)
        sound.left[100] = 30
        let out = pass(sound)
        #expect(out.left[300_000...].elementsEqual(sound.left[(300_000 - 88)..<(480_000 - 88)]))
    }

    @Test func limitingIsNoDistortion() {
        let out = pass(sine(1_000, amplitude: 3))
        let late = out.left[48_000..<96_000]
        let tone = Measure.tone(late, hertz: 1_000, rate: 48_000).amplitude
        #expect(abs(Measure.decibels(tone / 0.855)) < 0.2)
        for hertz in [2_000.0, 3_000, 5_000, 7_000] {
            #expect(Measure.decibels(Measure.tone(late, hertz: hertz, rate: 48_000).amplitude / tone) < -60, "\(hertz) Hz")
        }
    }

    /// Loud sound whose highest points lie between its samples: noise, square waves of any pitch, a sine of a quarter of the
    /// sample rate at 45 degrees.
    private func hard() -> [(String, [Float])] {
        var random = SeededRandom(seed: 31)
        var all: [(String, [Float])] = [
            ("noise", (0..<96_000).map { _ in random.bipolar() }),
            ("coin", (0..<96_000).map { _ in random.uniform() < 0.5 ? 1 : -1 }),
            ("quarter", (0..<96_000).map { Float(ExactMath.sine(cycles: Double($0) * 0.25 + 0.125)) * 1.4 }),
            ("high", (0..<96_000).map { Float(ExactMath.sine(cycles: Double($0) * 0.4312)) }),
        ]
        for hertz in [55.0, 997, 3_001, 11_025] {
            all.append(("square", (0..<96_000).map { (Double($0) * hertz / 48_000).truncatingRemainder(dividingBy: 1) < 0.5 ? 1 : -1 }))
        }
        return all
    }

    @Test(arguments: [0, 12] as [Float]) func nothingIsHigherBetweenTheSamples(level: Float) {
        for (name, x) in hard() {
            let out = pass(Sound(left: x, right: x.reversed())) { _ in level }
            for side in [out.left, out.right] {
                let (standard, close) = (Measure.truePeak(side), Measure.closeTruePeak(side))
                #expect(standard <= -1, "\(name) at \(level) dB")
                #expect(close <= (name == "noise" || name == "coin" ? -0.4 : -1), "\(name) at \(level) dB")
            }
        }
    }

    @Test func brokenNumbersCountAsSilence() {
        var sound = sine(440, amplitude: 0.5)
        let broken: [Float] = [.nan, .infinity, -.infinity, .signalingNaN]
        for (i, value) in broken.enumerated() { sound.right[1_000 + 7 * i] = value }
        let out = pass(sound)
        #expect(out.brokenCount == 0)
        #expect(out.left[5_000...].elementsEqual(sound.left[(5_000 - 88)..<(96_000 - 88)]))
    }

    /// A 1 kHz sine whose level jumps from 0 dB to silence and back: no sideband further than 200 Hz above -80 dB.
    @Test(arguments: [(0, -60), (-60, 0), (-6, 6)] as [(Float, Float)])
    func levelJumpsDoNotSplatter(from: Float, to: Float) {
        let out = pass(sine(1_000, amplitude: 0.4, frames: 131_072)) { $0 * tickFrameCount < 65_536 ? from : to }
        let around = out.left[32_768..<98_304]
        let splatter = Measure.loudest(around, rate: 48_000) { abs($0 - 1_000) > 200 }
        #expect(Measure.decibels(splatter / Double(Measure.peak(around))) < -80)
        let step = zip(around.dropFirst(), around).map { abs($0 - $1) }.max()!
        #expect(step < 1.5 * 0.1309 * Measure.peak(around))
    }

    @Test func resultsDoNotDependOnTheBlock() {
        let seed: UInt64 = 23
        var random = SeededRandom(seed: seed)
        let wild = (0..<20_000).map { _ in random.bipolar() * 3 }
        let levels = (0..<700).map { _ in random.bipolar() * 30 - 15 }
        let sound = Sound(left: wild, right: wild.reversed())
        let reference = pass(sound) { levels[$0] }
        for block in [1, 13, 32, 127, 129, 256, 500] {
            #expect(pass(sound, block: block) { levels[$0] }.isSame(as: reference), "block \(block), seed \(seed)")
        }
    }
}
