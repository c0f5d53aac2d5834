import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// A project that plays in time, and the events that should sound the same.
private struct Score {
    var changes: [Change] = [Change(delete: "instruments", "choir"), Change(delete: "effects", "reverb")]

    init(_ instrument: Text) {
        changes.append(Change("instruments", instrument, "kind", .text(instrument)))
        set("transport/running", 1)
    }

    mutating func set(_ parameter: Text, _ value: Double) {
        changes.append(Change("parameters", parameter, "value", .number(value)))
    }

    mutating func add(_ pattern: Text, _ instrument: Text, _ fields: [(Text, Value)] = [], lanes: [(Double, [Double])]) {
        changes += [Change("patterns", pattern, "name", .text(pattern)), Change("patterns", pattern, "instrument", .text(instrument))]
        for (field, value) in fields { changes.append(Change("patterns", pattern, field, value)) }
        for (index, lane) in lanes.enumerated() {
            let id = pattern + "-" + Text(index)
            changes += [
                Change("lanes", id, "pattern", .text(pattern)), Change("lanes", id, "order", .number(Double(index))),
                Change("lanes", id, "note", .number(lane.0)), Change("lanes", id, "velocities", .numbers(lane.1)),
            ]
        }
    }

    func document() throws -> Document {
        var document = Document.starter()
        _ = try document.apply(Command("Compose", changes))
        return document
    }
}

extension Stage {
    func slot(_ path: Text, _ document: Document) throws -> Int {
        try #require(try Scene(document).slots.first { $0.path == path }?.slot)
    }

    /// Plays to the end of the tick in which a slot reaches a value; the time at which that tick began.
    func untilSlot(_ slot: Int, reaches value: Float) -> Int {
        for _ in 0..<100_000 {
            let time = engine.time
            play([Float](repeating: 0, count: Engine.tickSize))
            if engine.bus[slot] >= value { return time }
        }
        return -1
    }
}

/// Patterns sound on the sample-frame they should, whatever happens to them.
struct PatternTests {
    private static let beat: [(Double, [Double])] = [
        (36, [1, 0, 0, 0, 0.75, 0, 0, 0, 1, 0, 0.5, 0, 0, 0, 0, 0]), (42, [0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25]),
    ]

    @Test(arguments: [
        (120.0, 50.0, "1/16", 0.25, 16, 48_000), (93.7, 50, "1/8t", 1.0 / 3, 12, 44_100), (174, 62, "1/16", 0.25, 15, 48_000),
        (61.25, 75, "1/32", 0.125, 7, 96_000), (240, 66, "1/4", 1, 3, 8_000),
    ] as [(Double, Double, String, Double, Int, Int)])
    func stepsLieOnTheirSampleFrames(tempo: Double, swing: Double, length: String, beats: Double, steps: Int, rate: Int) throws {
        var score = Score("drums")
        score.set("transport/tempo", tempo)
        score.set("transport/swing", swing)
        // Tempo and swing have come to rest before it starts.
        score.set("transport/running", 0)
        let silent = try score.document()
        score.add(
            "beat", "drums", [("length", .text(Text(length))), ("steps", .number(Double(steps))), ("playing", .flag(true))],
            lanes: Self.beat)
        // An engine without the pattern that is told its notes as events.
        let (told, probe) = (try Stage(sampleRate: Float(rate), project: silent), try Stage(sampleRate: Float(rate), project: silent))
        let running = try told.slot("/play/transport/running", silent)
        let begin = Event(.set, slot: running, value: 1, time: rate)
        for stage in [told, probe] { stage.engine.schedule(begin) }
        let start = probe.untilSlot(running, reaches: 0.5)
        #expect(rate..<rate + Engine.tickSize ~= start, "it starts with the tick after it was asked to")
        let frames = rate * 4
        let framesABeat = 60 * Double(rate) / tempo
        for k in 0..<200 {
            let late = k % 2 == 1 && !length.hasSuffix("t") ? (swing / 50 - 1) * beats : 0
            let time = start + Int(((Double(k) * beats + late) * framesABeat - 0.01).rounded(.up))
            for (note, velocities) in Self.beat where k % steps < velocities.count && velocities[k % steps] > 0 && time < frames {
                told.engine.schedule(Event(.noteOn, slot: Int(note), value: Float(velocities[k % steps]), time: time))
            }
        }
        told.silence(seconds: 4)
        #expect(rms(told.left[...]) > 0.005)
        for blocks in [[128], [1, 13, 500], [rate]] {
            let played = try Stage(sampleRate: Float(rate), project: try score.document())
            played.engine.schedule(begin)
            played.play([Float](repeating: 0, count: frames), blocks: blocks)
            let first = zip(told.left, played.left).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            #expect(first == nil, "differs first \(first! - start) sample-frames after the start, in blocks of \(blocks)")
        }
    }

    @Test func theTempoMayChangeWithoutAJump() throws {
        var score = Score("drums")
        let silent = try score.document()
        score.add("beat", "drums", [("playing", .flag(true))], lanes: [(36, [Double](repeating: 1, count: 16))])
        let document = try score.document()
        let stages = try [Stage(project: silent), Stage(project: document)]
        let tempo = try stages[0].slot("/play/transport/tempo", silent)
        let running = try stages[0].slot("/play/transport/running", silent)
        let changes = [(20_000, Float(240)), (40_001, 47), (90_000, 180)]
        for stage in stages { for (time, value) in changes { stage.engine.schedule(Event(.set, slot: tempo, value: value, time: time)) } }
        // What the bus says the tempo is, tick by tick, adds up to beats.
        let probe = try Stage(project: silent)
        for (time, value) in changes { probe.engine.schedule(Event(.set, slot: tempo, value: value, time: time)) }
        var (position, next) = (-1.0, 0.0)
        for tick in 0..<4_500 {
            probe.play([Float](repeating: 0, count: 32))
            if position < 0, probe.engine.bus[running] >= 0.5 { position = 0 }
            guard position >= 0 else { continue }
            let pace = (Double(probe.engine.bus[tempo]) * 1_000).rounded() / 1_000 / (60 * 48_000)
            while next < position + 32 * pace - 1e-9 {
                let frame = max(0, Int(((next - position) / pace - 0.001).rounded(.up)))
                stages[0].engine.schedule(Event(.noteOn, slot: 36, value: 1, time: tick * 32 + frame))
                next += 0.25
            }
            position += 32 * pace
        }
        for stage in stages { stage.silence(seconds: 2.9) }
        #expect(stages[0].left.elementsEqual(stages[1].left))
        #expect(rms(stages[0].left[...]) > 0.005)
    }

    @Test(arguments: [("now", 0.0), ("step", 0.25), ("beat", 1), ("bar", 3)] as [(String, Double)])
    func aPatternBeginsAndEndsAtItsQuantum(quantum: String, beats: Double) throws {
        var score = Score("drums")
        score.set("transport/beats", 3)
        score.add("beat", "drums", [("quantum", .text(Text(quantum)))], lanes: Self.beat)
        var document = try score.document()
        let stage = try Stage(project: document)
        let start = try stage.untilSlot(stage.slot("/play/transport/running", document), reaches: 0.5)
        let step = try stage.slot("/play/pattern/beat/step", document)
        stage.silence(seconds: 1.9)
        for wanted in [true, false] {
            _ = try document.apply(Command("Launch", [Change("patterns", "beat", "playing", .flag(wanted))]))
            let asked = stage.engine.time
            try stage.load(document)
            var changed = asked
            while (stage.engine.bus[step] >= 0) != wanted, changed < asked + 100_000 {
                changed = stage.engine.time
                stage.play([Float](repeating: 0, count: 32))
            }
            let grid = 24_000 * beats
            let expected = grid > 0 ? start + Int((Double(asked - start) / grid).rounded(.up) * grid) : asked
            #expect(abs(changed - expected) <= 64, "\(quantum): asked \(asked - start), changed \(changed - start)")
            stage.silence(seconds: 1.37)
        }
    }

    @Test func anEditDoesNotRestartIt() throws {
        var score = Score("drums")
        score.add("beat", "drums", [("playing", .flag(true))], lanes: Self.beat)
        var document = try score.document()
        let (edited, untouched) = (try Stage(project: document), try Stage(project: document))
        let step = try edited.slot("/play/pattern/beat/step", document)
        for round in 0..<40 {
            for stage in [edited, untouched] { stage.silence(seconds: 0.071) }
            let velocity = Double(round % 2)
            _ = try document.apply(Command("Edit", [
                Change("lanes", "beat-0", "velocities", .numbers([velocity])), Change("project", "project", "name", .text(Text(round))),
                Change("patterns", Text("other-\(round % 3)"), "name", .text("Other")),
                Change("patterns", Text("other-\(round % 3)"), "order", .number(-1)),
                Change("patterns", Text("other-\(round % 3)"), "instrument", .text("choir")),
            ]))
            try edited.load(document)
            let now = try edited.slot("/play/pattern/beat/step", document)
            for stage in [edited, untouched] { stage.silence(seconds: 0.01) }
            #expect(edited.engine.bus[now] == untouched.engine.bus[step], "round \(round)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func noNoteHangs(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var score = Score("subtractive")
        score.changes += [
            Change("instruments", "wavetable", "kind", .text("wavetable")), Change("instruments", "wavetable", "notes", .numbers([50, 57])),
        ]
        for name in ["a", "b", "c"] {
            score.add(Text(name), "subtractive", [("playing", .flag(true)), ("gate", .number(1))], lanes: [(48, [1, 0, 1]), (55, [1, 1, 1, 1])])
        }
        let full = score.changes
        var document = try score.document()
        let stage = try Stage(project: document)
        for round in 0..<60 {
            stage.silence(seconds: 0.02 + 0.2 * random.uniform())
            let pattern: Text = ["a", "b", "c"][random.index(below: 3)]
            let change: [Change] = switch random.index(below: 10) {
            case 0: [Change(delete: "patterns", pattern)]
            case 1: Array(full.dropFirst(2))
            case 2: [Change("parameters", "transport/running", "value", .number(Double(random.index(below: 2))))]
            case 3: [Change("parameters", "transport/tempo", "value", .number(Double(40 + random.index(below: 200))))]
            case 4: [Change("instruments", "subtractive", "arpeggio", .text(["off", "up", "random", "played"][random.index(below: 4)]))]
            case 5: [Change("instruments", "wavetable", "arpeggio", .text(["off", "down", "updown"][random.index(below: 3)]))]
            case 6: [Change("instruments", "wavetable", "playing", .flag(random.index(below: 2) == 0))]
            case 7: [Change("patterns", pattern, "playing", .flag(random.index(below: 2) == 0))]
            case 8: [Change("patterns", pattern, "instrument", .text(random.index(below: 2) == 0 ? "wavetable" : "subtractive"))]
            default: [Change("patterns", pattern, "length", .text(["1/4", "1/32t", "1/8"][random.index(below: 3)]))]
            }
            if (try? document.apply(Command(Text(round), change))) != nil { try stage.load(document) }
            let note = 60 + random.index(below: 5)
            stage.engine.schedule(Event(random.index(below: 2) == 0 ? .noteOn : .noteOff, slot: note, value: 0.8))
            #expect(stage.left.allSatisfy { $0.isFinite })
        }
        for note in 60..<65 { stage.engine.schedule(Event(.noteOff, slot: note)) }
        _ = try document.apply(Command("Stop", [
            Change("parameters", "transport/running", "value", .number(0)), Change("instruments", "wavetable", "playing", .flag(false)),
        ]))
        try stage.load(document)
        let before = rms(stage.left[...])
        stage.silence(seconds: 12)
        #expect(before > 0.001 && rms(stage.left.suffix(4_800)) < 1e-5, "seed \(seed): \(rms(stage.left.suffix(4_800)))")
    }

    @Test(arguments: [false, true]) func aCategoryLaunchesItsPattern(latched: Bool) throws {
        var score = Score("drums")
        for (index, name) in ["a", "b"].enumerated() {
            score.add(
                Text(name), "drums", [("category", .text(Text("pad-\(index + 1)"))), ("latched", .flag(latched)), ("quantum", .text("beat"))],
                lanes: Self.beat)
        }
        var room = try Classroom(score.changes)
        for take in 0..<3 {
            for pad in 0..<2 { try room.teach(Text("pad-\(pad + 1)"), TestSound.of(pad, 48_000, seed: UInt64(10 * take + pad))) }
        }
        let stage = try room.stage()
        let slots = try ["a", "b"].map { try room.slot("/play/pattern/" + Text($0) + "/step") }
        let playing = { slots.map { stage.engine.bus[$0] >= 0 } }
        stage.silence(seconds: 1)
        #expect(playing() == [false, false])
        for pad in [0, 1, 0] {
            stage.play(TestSound.of(pad, 96_000, seed: 77))
            #expect(playing() == [pad == 0, pad == 1])
        }
        stage.silence(seconds: 2)
        #expect(playing() == [latched, false])
    }

    @Test func aSlotLaunchesAndEndsAPattern() throws {
        var score = Score("drums")
        score.add("beat", "drums", [("quantum", .text("step"))], lanes: Self.beat)
        let document = try score.document()
        let stage = try Stage(project: document)
        let step = try stage.slot("/play/pattern/beat/step", document)
        for wanted in [Float(0), -1, 3, -1] {
            stage.engine.schedule(Event(.set, slot: step, value: wanted, time: stage.engine.time))
            stage.silence(seconds: 0.5)
            #expect((stage.engine.bus[step] >= 0) == (wanted >= 0))
        }
    }

    @Test func itSaysThatItWaits() throws {
        var score = Score("drums")
        score.add("beat", "drums", [("playing", .flag(true))], lanes: Self.beat)
        let document = try score.document()
        let stage = try Stage(project: document)
        let step = try stage.slot("/play/pattern/beat/step", document)
        let running = try stage.slot("/play/transport/running", document)
        stage.silence(seconds: 0.5)
        #expect(stage.engine.bus[step] >= 0)
        for (slot, value, shown) in [(running, Float(0), Float(-2)), (step, -1, -1), (step, 0, -2), (running, 1, 4)] {
            stage.engine.schedule(Event(.set, slot: slot, value: value, time: stage.engine.time))
            stage.silence(seconds: 0.55)
            #expect(stage.engine.bus[step] == shown)
        }
    }

    @Test func itGoesOnAfterAPanic() throws {
        var score = Score("drums")
        score.add("beat", "drums", [("playing", .flag(true))], lanes: Self.beat)
        let document = try score.document()
        let stage = try Stage(project: document)
        let untouched = try Stage(project: document)
        let step = try stage.slot("/play/pattern/beat/step", document)
        for each in [stage, untouched] { each.silence(seconds: 1.3) }
        stage.engine.schedule(Event(.panic))
        for each in [stage, untouched] { each.silence(seconds: 0.1) }
        #expect(rms(stage.left.suffix(480)) < rms(untouched.left.suffix(480)), "what sounded is silent")
        for each in [stage, untouched] { each.silence(seconds: 2.3) }
        #expect(stage.engine.bus[step] == untouched.engine.bus[step])
        #expect(rms(stage.left.suffix(48_000)) > 0.8 * rms(untouched.left.suffix(48_000)))
    }

    @Test func echoesKeepTimeWithIt() throws {
        // What an echo of half a note adds within its two seconds is nothing.
        let sounds = try [(60.0, 8.0), (60, 3), (120, 3)].map { tempo, sync in
            var score = Score("drums")
            score.changes.append(Change("effects", "delay", "kind", .text("delay")))
            for (name, value) in [("delay/sync", sync), ("delay/mix", 1), ("transport/tempo", tempo)] { score.set(Text(name), value) }
            let stage = try Stage(project: try score.document())
            stage.silence(seconds: 1)
            stage.engine.schedule(Event(.noteOn, slot: 37, value: 1, time: 48_000))
            stage.silence(seconds: 1)
            return stage.left
        }
        let beginnings = sounds.map { sound in
            let echo = zip(sound, sounds[0]).map { abs($0 - $1) }
            let peak = echo.max() ?? 0
            return (peak, echo.firstIndex { $0 > 0.1 * peak } ?? 0)
        }
        #expect(beginnings[1].0 > 0.01 && beginnings[2].0 > 0.01)
        let difference = beginnings[1].1 - beginnings[2].1
        #expect(abs(difference - 12_000) <= 1, "an eighth at 60 is a quarter of a second longer than at 120: \(difference)")
    }

    @Test func whatDoesNotFitIsSaid() throws {
        var score = Score("drums")
        score.add("beat", "drums", lanes: (0..<17).map { (Double(36 + $0), [1]) })
        let crowded = try score.document()
        #expect(throws: StarlingError.self) { _ = try Scene(crowded).plan() }
        var unknown = Score("drums")
        unknown.add("beat", "kazoo", lanes: Self.beat)
        let document = try unknown.document()
        #expect(throws: StarlingError.self) { _ = try Scene(document).plan() }
    }

    @Test func damagedPlansAreRefusedOrHarmless() throws {
        var random = SeededRandom(seed: 20_261_125)
        var score = Score("drums")
        for name in ["a", "b", "c"] { score.add(Text(name), "drums", [("playing", .flag(true))], lanes: Self.beat) }
        let good = try Scene(try score.document()).plan().words()
        let stage = try Stage(project: try score.document())
        for round in 0..<3_000 {
            var words = good
            for _ in 0...random.index(below: 4) { words[random.index(below: words.count)] = UInt32(truncatingIfNeeded: random.next()) }
            _ = stage.engine.load(plan: words, count: words.count)
            if round % 20 == 0 {
                stage.silence(seconds: 0.01)
                #expect(stage.left.suffix(480).allSatisfy { $0.isFinite }, "round \(round)")
            }
        }
    }
}

/// Arpeggios play the held notes one after the other on the same clock.
struct ArpeggiatorTests {
    @Test(arguments: [
        ("up", 1, [60, 64, 67]), ("down", 1, [67, 64, 60]), ("updown", 1, [60, 64, 67, 64]), ("played", 2, [64, 60, 67, 76, 72, 79]),
        ("up", 2, [60, 64, 67, 72, 76, 79]), ("updown", 2, [60, 64, 67, 72, 76, 79, 76, 72, 67, 64]),
    ])
    func theOrderIsHeard(mode: String, octaves: Int, notes: [Int]) throws {
        var score = Score("subtractive")
        score.set("transport/running", 0)
        score.set("transport/tempo", 100)
        let silent = try score.document()
        score.changes += [
            Change("instruments", "subtractive", "notes", .numbers([64, 60, 67])), Change("instruments", "subtractive", "playing", .flag(true)),
            Change("instruments", "subtractive", "arpeggio", .text(Text(mode))), Change("instruments", "subtractive", "rate", .text("1/16t")),
            Change("instruments", "subtractive", "octaves", .number(Double(octaves))),
        ]
        let told = try Stage(project: silent)
        let step = 60 * 48_000.0 / 100 / 6
        // The clock runs at 120 until the tempo has come, so the beats are what the bus says.
        let probe = try Stage(project: silent)
        let tempo = try probe.slot("/play/transport/tempo", silent)
        var (position, count) = (0.0, 0)
        for tick in 0..<3_000 {
            probe.play([Float](repeating: 0, count: 32))
            let pace = (Double(probe.engine.bus[tempo]) * 1_000).rounded() / 1_000 / (60 * 48_000)
            for (kind, beat) in [(Event.Kind.noteOn, 0.0), (.noteOff, 0.5)] {
                let at = (Double(kind == .noteOn ? count : count - 1) + beat) / 6
                guard at >= position - 1e-9, at < position + 32 * pace - 1e-9 else { continue }
                let note = notes[(kind == .noteOn ? count : count - 1) % notes.count]
                let frame = max(0, Int(((at - position) / pace - 0.001).rounded(.up)))
                told.engine.schedule(Event(kind, slot: note, value: 0.7, time: tick * 32 + frame))
                if kind == .noteOn { count += 1 }
            }
            position += 32 * pace
        }
        let played = try Stage(project: try score.document())
        for stage in [told, played] { stage.silence(seconds: 1.9) }
        let first = zip(told.left, played.left).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        // The end of a note is counted from the sample-frame it began with, up to one later than its beat.
        let difference = zip(told.left, played.left).map { abs($0 - $1) }.max() ?? 1
        #expect(difference < 0.05 * (told.left.map { abs($0) }.max() ?? 0), "differs first at step \(Double(first ?? 0) / step)")
        #expect(rms(told.left[...]) > 0.005)
    }

    @Test func playedKeysAreTakenAndGivenBack() throws {
        var score = Score("subtractive")
        score.changes.append(Change("instruments", "subtractive", "arpeggio", .text("up")))
        let stage = try Stage(project: try score.document())
        for note in [60, 67] { stage.engine.schedule(Event(.noteOn, slot: note, value: 1, time: 4_800)) }
        stage.silence(seconds: 2)
        #expect(rms(stage.left.suffix(48_000)) > 0.003)
        for note in [60, 67] { stage.engine.schedule(Event(.noteOff, slot: note, time: stage.engine.time)) }
        stage.silence(seconds: 10)
        #expect(rms(stage.left.suffix(4_800)) < 1e-5)
    }

    @Test func randomIsTheSameEachTime() throws {
        var score = Score("struck")
        score.changes += [
            Change("instruments", "struck", "notes", .numbers([50, 57, 62, 66])), Change("instruments", "struck", "playing", .flag(true)),
            Change("instruments", "struck", "arpeggio", .text("random")),
        ]
        let stages = try [Stage(project: try score.document()), Stage(project: try score.document())]
        stages[0].play([Float](repeating: 0, count: 96_000), blocks: [77])
        stages[1].play([Float](repeating: 0, count: 96_000), blocks: [480])
        #expect(stages[0].left.elementsEqual(stages[1].left) && rms(stages[0].left[...]) > 0.003)
    }
}
