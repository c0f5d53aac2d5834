import StarlingMath
import Testing

struct ParameterInfoTests {
    private let frequency = ParameterInfo(
        "cutoff", label: "Cutoff", unit: .hertz, range: 20...20_000, default: 1000, curve: .logarithmic, help: "-")
    private let steps = ParameterInfo(
        "k", label: "Neighbours", range: 1...9, default: 3, curve: .stepped, help: "-")

    @Test func positionsAndValuesAreInverse() {
        for i in 0...100 {
            let p = Float(i) / 100
            #expect(abs(frequency.position(value: frequency.value(position: p)) - p) < 1e-5)
        }
        #expect(abs(frequency.value(position: 0.5) - 632.455_5) < 0.01, "half way is the geometric mean")
        #expect(frequency.value(position: -1) == 20 && frequency.value(position: 2) == 20_000)
    }

    @Test func limitsAreKept() {
        #expect(frequency.limited(.nan) == 1000 && frequency.limited(1e9) == 20_000)
        #expect(steps.limited(3.4) == 3 && steps.value(position: 1) == 9)
    }
}

struct SeededRandomTests {
    @Test func theSequenceIsTheReferences() {
        // The first numbers of SplitMix64 for seed 1234567, from the authors' C code.
        var random = SeededRandom(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }

    @Test func distributionsHaveTheirMoments() {
        var random = SeededRandom(seed: 7)
        let count = 100_000
        var sum = 0.0, squares = 0.0, uniform = 0.0
        for _ in 0..<count {
            let x = Double(random.normal())
            sum += x
            squares += x * x
            uniform += Double(random.uniform())
            #expect((0..<5).contains(random.index(below: 5)))
        }
        #expect(abs(sum / Double(count)) < 0.01 && abs(squares / Double(count) - 1) < 0.02)
        #expect(abs(uniform / Double(count) - 0.5) < 0.005)
    }
}
