import Foundation
import StarlingDSP
import StarlingMath
import StarlingSynthesis
import Testing

/// Sends sound through one effect of the catalogue.
struct Bench {
    let info: EffectInfo

    init(_ name: String) { info = EffectCatalogue.all.first { "\($0.name)" == name }! }

    func pass(_ x: [Float], _ changes: KeyValuePairs<String, Float>, rate: Float = 48_000) -> Sound {
        let values = info.parameters.values(changes)
        return info.make(rate).pass(Sound(left: x, right: x)) { _ in values }
    }

    static func sine(_ hertz: Double, amplitude: Double = 1, frames: Int = 96_000, rate: Double = 48_000) -> [Float] {
        (0..<frames).map { Float(amplitude * sin(2 * .pi * (hertz * Double($0) / rate).truncatingRemainder(dividingBy: 1))) }
    }

    /// The gain in dB of a sine after a second.
    func gain(_ hertz: Double, _ changes: KeyValuePairs<String, Float>, amplitude: Double = 0.1, rate: Float = 48_000) -> Double {
        let x = Self.sine(hertz, amplitude: amplitude, frames: Int(2 * rate), rate: Double(rate))
        let out = pass(x, changes, rate: rate).left[Int(rate)...]
        return Measure.decibels(Measure.tone(out, hertz: hertz, rate: Double(rate)).amplitude / amplitude)
    }
}

@Suite struct ChorusTests {
    private let bench = Bench("chorus")

    @Test func aCopyLagsByTheDelay() {
        var impulse = [Float](repeating: 0, count: 4_800)
        impulse[1_000] = 1
        let out = bench.pass(impulse, ["depth": 0, "delay": 0.01, "mix": 1, "thickness": 0, "spread": 0]).left
        #expect(out.indices.max { abs(out[$0]) < abs(out[$1]) } == 1_480)
    }

    /// Two equal waves a delay apart cancel at odd multiples of half its inverse, and add up at even ones.
    @Test func aFlangerIsAComb() {
        let settings: KeyValuePairs<String, Float> = ["depth": 0, "delay": 0.002, "mix": 0.5, "thickness": 0]
        let (dip, top) = (bench.gain(750, settings), bench.gain(1_000, settings))
        #expect(dip < -40 && abs(top - 3.01) < 0.1, "\(dip) and \(top) dB")
    }

    @Test(arguments: [0.2, 1, 5] as [Float]) func theDeepestSwingIsASemitone(rate: Float) {
        let out = bench.pass(
            Bench.sine(1_000, frames: 480_000), ["rate": rate, "depth": 1, "delay": 0.03, "mix": 1, "thickness": 0]).left
        let heard = stride(from: 48_000, to: 430_000, by: 480).map {
            Measure.frequency(Array(out[$0..<$0 + 480]), near: 1_000, rate: 48_000)
        }
        let cents = 1_200 * log2(heard.max()! / heard.min()!) / 2
        #expect(cents < 105 && cents > (rate < 1 ? 60 : 90), "\(cents) cents")
    }
}

@Suite struct DriveTests {
    private let bench = Bench("drive")

    /// What does not belong to a 5 kHz tone, below 20 kHz, compared with it.
    private func alias(_ drive: Float, _ character: Float) -> Double {
        let sine = Bench.sine(5_000, amplitude: 0.5)
        let out = bench.pass(sine, ["drive": drive, "character": character, "tone": 1]).left[24_000..<24_000 + 65_536]
        let others = Measure.loudest(out, rate: 48_000) {
            Measure.distance($0, fromMultiplesOf: 5_000) > 20 && $0 > 20 && $0 < 20_000
        }
        return Measure.decibels(others / Measure.loudest(out, rate: 48_000) { abs($0 - 5_000) < 20 })
    }

    @Test(arguments: [0, 0.5, 1, 1.5, 2, 2.5, 3] as [Float]) func doesNotAlias(character: Float) {
        let levels = [6, 12, 18, 24, 30, 36].map { alias($0, character) }
        #expect(levels[...3].max()! < -77, "up to 24 dB: \(levels)")
        #expect(levels.max()! < -50, "\(levels)")
    }

    @Test func charactersHaveTheirHarmonics() {
        let harmonics = { (character: Float) in
            let out = bench.pass(Bench.sine(500, amplitude: 0.5), ["drive": 12, "character": character, "tone": 1]).left[48_000...]
            let tones = (1...3).map { Measure.tone(out, hertz: 500 * Double($0), rate: 48_000).amplitude }
            return (second: Measure.decibels(tones[1] / tones[0]), third: Measure.decibels(tones[2] / tones[0]))
        }
        // tanh and a limit are odd; what leans has even harmonics.
        #expect(harmonics(0).second < -90 && harmonics(0).third > -25)
        #expect(harmonics(1).second > -25)
        #expect(harmonics(2).second < -90 && harmonics(2).third > -20)
    }

    /// A tanh of a sine, by the trapezoidal rule for its Fourier coefficients.
    @Test func softIsATanh() {
        let strength = pow(10, 12.0 / 20)
        let expected = [1, 3, 5].map { n in
            (0..<4_096).reduce(0) { sum, i in
                let angle = 2 * Double.pi * Double(i) / 4_096
                return sum + tanh(strength * 0.5 * sin(angle)) * sin(Double(n) * angle) / 2_048
            }
        }
        let out = bench.pass(Bench.sine(500, amplitude: 0.5), ["drive": 12, "character": 0, "tone": 1]).left[48_000...]
        let heard = [500.0, 1_500, 2_500].map { Measure.tone(out, hertz: $0, rate: 48_000).amplitude }
        for (a, b) in [(1, 0), (2, 0)] {
            // The tone control at 1 is a one-pole of 22.6 kHz.
            #expect(abs(Measure.decibels(heard[a] / heard[b] / abs(expected[a] / expected[b]))) < 0.1)
        }
    }

    @Test func withoutMixItIsADelay() {
        var random = SeededRandom(seed: 9)
        let noise = (0..<4_800).map { _ in random.bipolar() }
        let out = bench.pass(noise, ["mix": 0]).left
        #expect(zip(out[32...], noise).allSatisfy { abs($0 - $1) < 1e-6 })
    }
}

@Suite struct FilterTests {
    private let bench = Bench("filter")

    /// The response of the analogue filter of second order at the frequency that the bilinear rule puts in this place.
    private func expected(_ kind: Int, _ hertz: Double, cutoff: Double, width: Double, rate: Double) -> Double {
        let w = tan(.pi * hertz / rate) / tan(.pi * cutoff / rate)
        let bottom = hypot(1 - w * w, width * w)
        let top = [1, width.squareRoot() * w, w * w, abs(1 - w * w)][kind]
        return Measure.decibels(top / bottom)
    }

    @Test(arguments: [0, 1, 2, 3], [0, 0.6] as [Float]) func respondsAsTheAnalogueFilter(kind: Int, resonance: Float) {
        let width = 1.8 * pow(2, -4.6 * Double(resonance))
        let softness = 0.35 * 20 * log10(min(width, 1))
        for (rate, cutoff) in [(48_000, 1_000), (44_100, 8_000), (8_000, 500)] as [(Float, Float)] {
            for hertz in [100.0, 700, 1_500, 3_000] {
                let heard = bench.gain(
                    hertz, ["kind": Float(kind), "cutoff": cutoff, "resonance": resonance], amplitude: 0.01, rate: rate)
                let right = expected(kind, hertz, cutoff: Double(cutoff), width: width, rate: Double(rate)) + softness
                #expect(abs(heard - right) < 0.05, "\(hertz) Hz: \(heard) for \(right) dB")
            }
        }
    }

    @Test func theLadderFallsBy24DecibelsAnOctave() {
        let settings: KeyValuePairs<String, Float> = ["kind": 4, "cutoff": 300, "resonance": 0]
        let fall = bench.gain(2_400, settings) - bench.gain(4_800, settings)
        #expect(abs(fall - 24) < 1, "\(fall) dB")
        #expect(abs(bench.gain(300, settings) + 12.04) < 0.1)
    }

    /// At full resonance the ladder sings at its cutoff, at every sample rate.
    @Test(arguments: [55, 220, 880, 3_520, 8_000] as [Double]) func theLadderSingsInTune(cutoff: Double) {
        for rate: Float in [44_100, 48_000, 192_000] {
            var impulse = [Float](repeating: 0, count: Int(2 * rate))
            impulse[0] = 0.5
            let out = bench.pass(impulse, ["kind": 4, "cutoff": Float(cutoff), "resonance": 1], rate: rate).left[Int(rate)...]
            let heard = Measure.frequency(Array(out), near: cutoff, rate: Double(rate))
            let cents = 1_200 * log2(heard / cutoff)
            #expect(abs(cents) < (rate > 100_000 ? 2 : 1), "\(cents) cents at \(rate) Hz")
            #expect(Measure.rms(out) > 0.05 && Measure.peak(out) < 2)
        }
    }

    @Test func loudSoundOpensIt() {
        let level = { (amplitude: Double) in
            bench.gain(2_000, ["cutoff": 300, "follow": 48, "resonance": 0], amplitude: amplitude)
        }
        #expect(level(0.6) > level(0.01) + 20)
    }
}

@Suite struct CompressorTests {
    private let bench = Bench("compressor")

    /// The curve of D. Giannoulis et al., in dB.
    private func curve(_ level: Double, _ threshold: Double, _ ratio: Double, _ knee: Double) -> Double {
        let over = level - threshold
        if 2 * over < -knee { return level }
        if 2 * over > knee { return threshold + over / ratio }
        return level + (1 / ratio - 1) * (over + knee / 2) * (over + knee / 2) / (2 * knee)
    }

    @Test(arguments: [(2, 0), (4, 6), (20, 24)] as [(Float, Float)]) func theCurveIsExact(ratio: Float, knee: Float) {
        for level in stride(from: -50.0, through: 0, by: 2.5) {
            for hertz in [60.0, 1_000] {
                let heard = level + bench.gain(
                    hertz, ["threshold": -24, "ratio": ratio, "knee": knee, "makeup": 0], amplitude: pow(10, level / 20))
                let expected = curve(level, -24, Double(ratio), Double(knee))
                #expect(abs(heard - expected) < 0.05, "\(level) dB, \(hertz) Hz: \(heard) for \(expected)")
            }
        }
    }

    /// A step by 20 dB over a ratio of 20: 63 % of what is taken in the end is taken after the attack, and given back after
    /// the release and the 10 ms for which a level is held.
    @Test(arguments: [(0.005, 0.1), (0.05, 0.4)] as [(Float, Float)]) func attackAndReleaseLastAsTheySay(attack: Float, release: Float) {
        let x = (0..<192_000).map { ($0 > 48_000 && $0 <= 96_000 ? 0.5 : 0.05) * fastSine(cycles: Float($0 % 12) / 12) }
        let out = bench.pass(
            x, ["threshold": -26, "ratio": 20, "knee": 0, "attack": attack, "release": release, "makeup": 0]).left
        let gain = { (frame: Int) in
            Measure.decibels(Double(Measure.peak(out[frame - 12..<frame]) / Measure.peak(x[frame - 12..<frame])))
        }
        let full = gain(96_000)
        #expect(abs(full + 0.95 * 20) < 0.1)
        let taken = (48_012..<96_000).first { gain($0) < full * 0.632 }! - 48_000
        #expect(abs(Float(taken) / 48_000 - attack) < 0.1 * attack + 0.000_3, "\(taken) frames")
        let given = (96_012..<192_000).first { gain($0) > full * 0.368 }! - 96_000
        #expect(abs(Float(given) / 48_000 - 0.01 - release) < 0.05 * release + 0.000_3, "\(given) frames")
    }

    @Test func bothSidesKeepTheirPlace() {
        let loud = Bench.sine(300, amplitude: 0.8, frames: 48_000)
        let soft = loud.map { $0 * 0.25 }
        let values = bench.info.parameters.defaults
        let out = bench.info.make(48_000).pass(Sound(left: loud, right: soft)) { _ in values }
        #expect(zip(out.left, out.right).allSatisfy { abs($0 * 0.25 - $1) < 1e-6 })
    }
}

@Suite struct EqualiserTests {
    private let bench = Bench("equaliser")

    /// The response in dB of the cookbook's filters (R. Bristow-Johnson).
    private func cookbook(_ kind: String, _ hertz: Double, _ middle: Double, _ gain: Double, _ quality: Double, _ rate: Double) -> Double {
        let a = pow(10, gain / 40), w = 2 * Double.pi * middle / rate
        let (c, alpha) = (cos(w), sin(w) / (2 * quality))
        let root = 2 * a.squareRoot() * alpha
        let (b, d): ([Double], [Double])
        switch kind {
        case "bell": (b, d) = ([1 + alpha * a, -2 * c, 1 - alpha * a], [1 + alpha / a, -2 * c, 1 - alpha / a])
        case "low":
            b = [a * (a + 1 - (a - 1) * c + root), 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root)]
            d = [a + 1 + (a - 1) * c + root, -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root]
        default:
            b = [a * (a + 1 + (a - 1) * c + root), -2 * a * (a - 1 + (a + 1) * c), a * (a + 1 + (a - 1) * c - root)]
            d = [a + 1 - (a - 1) * c + root, 2 * (a - 1 - (a + 1) * c), a + 1 - (a - 1) * c - root]
        }
        let z = 2 * Double.pi * hertz / rate
        let size = { (x: [Double]) in
            hypot(x[0] + x[1] * cos(z) + x[2] * cos(2 * z), x[1] * sin(z) + x[2] * sin(2 * z))
        }
        return Measure.decibels(size(b) / size(d))
    }

    @Test(arguments: [44_100, 48_000, 96_000] as [Float]) func respondsAsTheCookbook(rate: Float) {
        for gain: Float in [-18, -6, 3, 18] {
            for hertz in [40.0, 120, 500, 1_500, 3_000, 9_000, 16_000] {
                let heard = bench.gain(
                    hertz,
                    [
                        "low": 150, "low-gain": gain, "bell-1": 600, "bell-1-gain": -gain, "bell-1-width": 2, "bell-2": 3_000,
                        "bell-2-gain": gain, "bell-2-width": 0.5, "high": 6_000, "high-gain": -gain,
                    ], amplitude: 0.01, rate: rate)
                let (g, r) = (Double(gain), Double(rate))
                let expected = cookbook("low", hertz, 150, g, 0.5.squareRoot(), r) + cookbook("bell", hertz, 600, -g, 2, r)
                    + cookbook("bell", hertz, 3_000, g, 0.5, r) + cookbook("high", hertz, 6_000, -g, 0.5.squareRoot(), r)
                #expect(abs(heard - expected) < 0.02, "\(hertz) Hz, \(gain) dB: \(heard) for \(expected)")
            }
        }
    }
}

@Suite struct DelayTests {
    private let bench = Bench("delay")

    /// Echoes of an impulse, in sample-frames after it.
    private func echo(_ division: Float, tempo: Float, rate: Float = 48_000) -> Int? {
        var impulse = [Float](repeating: 0, count: Int(2.2 * rate))
        impulse[0] = 1
        let values = bench.info.parameters.values(["sync": division, "feedback": 0, "tone": 1, "mix": 1])
        let effect = bench.info.make(rate)
        effect.tempo = tempo
        let out = effect.pass(Sound(left: impulse, right: impulse)) { _ in values }.left
        return out.indices.dropFirst().max { abs(out[$0]) < abs(out[$1]) }
    }

    @Test(arguments: [(1, 0.25), (2, 1 / 3), (3, 0.5), (4, 0.75), (5, 2 / 3), (6, 1), (7, 1.5), (8, 2)] as [(Float, Double)])
    func echoesComeInTime(division: Float, beats: Double) {
        for tempo: Float in [60, 96, 120, 174] {
            let expected = beats * 60 / Double(tempo) * 48_000
            #expect(abs(Double(echo(division, tempo: tempo)!) - expected) <= 1, "at \(tempo)")
        }
    }

    /// A half at 30 beats a minute is four seconds, more than the line has: half of it is in time too.
    @Test func whatIsTooLongIsHalved() { #expect(abs(echo(8, tempo: 30)! - 96_000) <= 1) }
}
