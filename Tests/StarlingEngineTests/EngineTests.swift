import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

struct EngineTests {
    /// What REALTIME tests of web audio use: every way a host may cut time.
    @Test(arguments: [1, 13, 32, 127, 129, 256, 500])
    func soundDoesNotDependOnBlockSize(size: Int) throws {
        let input = TestSound.hum(9_600, seed: 1) + TestSound.hiss(9_600, seed: 2)
        let reference = try Stage()
        let cut = try Stage()
        for stage in [reference, cut] {
            stage.engine.schedule(Event(.noteOn, slot: 72, value: 0.9, time: 5_003))
            stage.engine.schedule(Event(.set, slot: stage.engine.layout.play.lowerBound, value: 3, time: 7_777))
            stage.engine.schedule(Event(.noteOff, slot: 72, time: 11_111))
        }
        reference.play(input, blocks: [128])
        cut.play(input, blocks: [size])
        #expect(reference.left.elementsEqual(cut.left) && reference.right.elementsEqual(cut.right))
        #expect(reference.engine.bus.array.elementsEqual(cut.engine.bus.array))
        #expect(rms(reference.left[...]) > 0.001, "there must be sound to compare")
    }

    @Test(arguments: [0, 1, 31, 32, 4_711])
    func eventsLandOnTheirSample(time: Int) throws {
        var silent = Document.starter()
        _ = try silent.apply(
            Command("Quiet", [Change("instruments", "choir", "playing", .flag(false)), Change(delete: "effects", "reverb")]))
        let with = try Stage(project: silent)
        let without = try Stage(project: silent)
        // The choir must be there before the note, so that its fade does not hide the start.
        for stage in [with, without] { stage.silence(seconds: 0.1) }
        let start = with.left.count
        with.engine.schedule(Event(.noteOn, slot: 60, value: 1, time: start + time))
        for stage in [with, without] { stage.silence(seconds: 0.4) }
        let first = zip(with.left, without.left).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        // The limiter looks ahead 1.5 ms and 16 sample-frames; everything comes out that much later.
        let latency = 88
        let found = try #require(first)
        #expect((start + time + latency)...(start + time + latency + 2) ~= found, "found at \(found - start)")
    }

    @Test func inputThatIsNotANumberIsSurvived() throws {
        let stage = try Stage()
        stage.silence(seconds: 0.2)
        stage.play([.nan, .infinity, -.infinity, 1e30] + [Float](repeating: .nan, count: 4_096))
        stage.play(TestSound.hum(24_000, seed: 3))
        #expect(stage.left.allSatisfy { $0.isFinite && abs($0) <= 1 })
        #expect(stage.engine.bus.array.allSatisfy { $0.isFinite })
    }

    @Test func damagedPlansAreRefusedOrHarmless() throws {
        let seed: UInt64 = 20_261_123
        var random = SeededRandom(seed: seed)
        let good = try Scene(.starter()).plan().words()
        let stage = try Stage()
        for round in 0..<3_000 {
            var words = good
            for _ in 0...random.index(below: 4) {
                words[random.index(below: words.count)] = UInt32(truncatingIfNeeded: random.next())
            }
            let count = random.index(below: 8) == 0 ? random.index(below: words.count) : words.count
            _ = stage.engine.load(plan: words, count: count)
            if round % 20 == 0 {
                stage.silence(seconds: 0.01)
                #expect(stage.left.suffix(480).allSatisfy { $0.isFinite }, "seed \(seed), round \(round)")
            }
        }
    }

    @Test func changingTheProjectMakesNoClick() throws {
        let steady = try Stage()
        let changed = try Stage()
        for stage in [steady, changed] { stage.silence(seconds: 3) }
        let loud = largestStep(steady.left.suffix(48_000))
        var document = Document.starter()
        for (number, change) in [
            Change("parameters", "choir/vowel", "value", .number(3.5)), Change("parameters", "choir/level", "value", .number(-20)),
            Change("parameters", "reverb/mix", "value", .number(0.9)), Change("models", "sounds", "drive", .text("follow")),
        ].enumerated() {
            _ = try document.apply(Command(Text("Change \(number)"), [change]))
            try changed.load(document)
            changed.silence(seconds: 0.3)
        }
        #expect(largestStep(changed.left.suffix(57_600)) < 1.5 * loud)
    }

    private func largestStep(_ samples: ArraySlice<Float>) -> Float {
        zip(samples.dropFirst(), samples).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    @Test(arguments: [8_000, 44_100, 96_000, 192_000] as [Float])
    func itRunsAtEverySampleRate(rate: Float) throws {
        let stage = try Stage(sampleRate: rate)
        stage.play(TestSound.hum(Int(rate), sampleRate: rate, seed: 4))
        #expect(stage.left.allSatisfy { $0.isFinite } && rms(stage.left[...]) > 0.001)
    }

    @Test func tooManyEventsAreCountedNotLost() throws {
        let stage = try Stage()
        for n in 0..<600 { stage.engine.schedule(Event(.noteOn, slot: 60, value: 1, time: 1_000_000 + n)) }
        #expect(stage.engine.droppedEventCount == 600 - 512)
    }

    @Test func panicSilencesAtOnce() throws {
        let stage = try Stage()
        stage.silence(seconds: 2)
        #expect(rms(stage.left.suffix(4_800)) > 0.001)
        stage.engine.schedule(Event(.panic))
        stage.silence(seconds: 0.5)
        #expect(stage.left.suffix(12_000).allSatisfy { $0 == 0 })
    }
}
