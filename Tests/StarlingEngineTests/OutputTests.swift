import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// Outputs of all three kinds, and what a take teaches whom.
struct OutputTests {
    /// A follow model with one knob from 10 to 20.
    private static let knobs: [Change] = [
        Change("models", "move", "name", .text("Move")), Change("models", "move", "kind", .text("knn")),
        Change("models", "move", "drive", .text("follow")), Change("models", "move", "order", .number(2)),
        Change("models", "move", "inputs", .texts(["centroid", "zero-crossing-rate", "mfcc"])),
        Change("categories", "low", "model", .text("move")), Change("categories", "low", "name", .text("Low")),
        Change("categories", "high", "model", .text("move")), Change("categories", "high", "name", .text("High")),
        Change("knobs", "size", "model", .text("move")), Change("knobs", "size", "name", .text("Size")),
        Change("knobs", "size", "minimum", .number(10)), Change("knobs", "size", "maximum", .number(20)),
        Change("knobs", "size", "default", .number(12)),
    ]

    private static let gestures: [Change] = [
        Change("models", "glides", "name", .text("Glides")), Change("models", "glides", "kind", .text("dtw")),
        Change("models", "glides", "drive", .text("gesture")), Change("models", "glides", "order", .number(3)),
        Change("models", "glides", "inputs", .texts(["centroid"])),
        Change("categories", "up", "model", .text("glides")), Change("categories", "up", "name", .text("Up")),
        Change("categories", "down", "model", .text("glides")), Change("categories", "down", "name", .text("Down")),
        Change("categories", "down", "order", .number(2)),
    ]

    @Test func aKnobGoesWhereItsTakesWere() throws {
        var room = try Classroom(Self.knobs)
        try room.apply(Change("parameters", "move/size", "value", .number(11)))
        try room.teach("low", TestSound.hum(24_000, seed: 1))
        try room.apply(Change("parameters", "move/size", "value", .number(19)))
        try room.teach("high", TestSound.whistle(24_000, seed: 2))
        let slot = try room.slot("/learn/move/size")
        let stage = try room.stage()
        stage.silence(seconds: 0.2)
        #expect(stage.engine.bus[slot] == 12, "before it has heard anything it is at its default")
        stage.play(TestSound.hum(24_000, seed: 3))
        #expect(abs(stage.engine.bus[slot] - 11) < 0.5)
        stage.play(TestSound.whistle(48_000, seed: 4))
        #expect(abs(stage.engine.bus[slot] - 19) < 0.5)
        let fresh = try Classroom(Self.knobs)
        #expect(fresh.project.scene.models.first { $0.id == "move" }?.followed == [], "own knobs are all it moves")
    }

    @Test func aWholeKnobTakesWholeNumbers() throws {
        var room = try Classroom(Self.knobs)
        try room.apply(Change("knobs", "size", "whole", .flag(true)), Change("parameters", "move/size", "value", .number(10)))
        try room.teach("low", TestSound.hum(24_000, seed: 1))
        try room.apply(Change("parameters", "move/size", "value", .number(20)))
        try room.teach("high", TestSound.whistle(24_000, seed: 2))
        let stage = try room.stage()
        let slot = try room.slot("/learn/move/size")
        for turn in 0..<40 {
            stage.play(TestSound.of(turn % 3, 1_111, seed: UInt64(turn)))
            #expect(stage.engine.bus[slot] == stage.engine.bus[slot].rounded() && 10...20 ~= stage.engine.bus[slot])
        }
    }

    @Test(arguments: ["label", "novelty"])
    func noKnobTakesTheNameOfAModelsOwnSlot(id: String) throws {
        #expect(throws: StarlingError.self) {
            _ = try Classroom(Self.knobs + [
                Change("knobs", Text(id), "model", .text("move")), Change("knobs", Text(id), "name", .text("X")),
            ])
        }
    }

    @Test func aKnobWithoutARangeIsRefusedInWords() throws {
        do {
            _ = try Classroom(Self.knobs + [Change("knobs", "size", "minimum", .number(20))])
            Issue.record("it must be refused")
        } catch let error as StarlingError {
            #expect(error.description.contains("Size") && error.description.contains("above"))
        }
    }

    @Test func aGestureIsRecognisedFollowedAndForgotten() throws {
        var room = try Classroom(Self.gestures + [Change("instruments", "choir", "playing", .flag(false))])
        for take in 0..<3 {
            try room.teach("up", TestSound.glide(48_000, from: 300, to: 3_000, seed: UInt64(take)))
            try room.teach("down", TestSound.glide(48_000, from: 3_000, to: 300, seed: UInt64(10 + take)))
        }
        #expect(room.report("glides")?["message"]?.text == nil)
        let stage = try room.stage()
        let label = try room.slot("/learn/glides/label")
        let phase = try room.slot("/learn/glides/down/phase")
        stage.silence(seconds: 1)
        #expect(stage.engine.bus[label] == -1)
        for (index, ends) in [(Float(300), Float(3_000)), (3_000, 300)].enumerated() {
            var labels: [Int] = []
            var phases: [Float] = []
            let sound = TestSound.glide(48_000, from: ends.0, to: ends.1, seed: UInt64(20 + index)) + [Float](repeating: 0, count: 48_000)
            for start in stride(from: 0, to: sound.count - 255, by: 256) {
                stage.play(Array(sound[start..<start + 256]))
                labels.append(Int(stage.engine.bus[label]))
                phases.append(stage.engine.bus[phase])
            }
            #expect(Set(labels).subtracting([-1]) == [index], "gesture \(index) must be recognised, and only it: \(Set(labels))")
            #expect(labels.last == -1, "a label goes when its pause is over")
            if index == 1 {
                #expect(phases[140] > phases[60] + 0.2, "the phase moves with the gesture: \(phases[60]), \(phases[140])")
                #expect(phases.last == 0)
            }
        }
    }

    @Test func oneTakeTeachesEveryOutputItIsLabelledFor() throws {
        var room = try Classroom(Self.knobs + Self.gestures)
        let take = try room.teach("pad-1", TestSound.hum(24_000, seed: 1))
        #expect(room.report("glides")?["examples"]?.number == 0)
        try room.apply(
            Change("labels", "l1", "take", .text(take)), Change("labels", "l1", "category", .text("up")),
            Change("labels", "l2", "take", .text(take)), Change("labels", "l2", "category", .text("high")),
            Change("takes", take, "parameters", .texts(["move/size"])), Change("takes", take, "targets", .numbers([15])))
        train(room.session)
        for model in ["sounds", "glides", "move"] as [Text] {
            #expect(room.report(model)?["examples"]?.number ?? 0 > 10, "\(model) must have learned from it")
        }
        try room.apply(Change("takes", take, "muted", .flag(true)))
        train(room.session)
        #expect(room.report("move")?["examples"]?.number == 0)
    }

    @Test func whatIsTrimmedAwayDoesNotTeach() throws {
        var room = try Classroom()
        let take = try room.teach("pad-1", TestSound.hum(48_000, seed: 1))
        train(room.session)
        let all = try #require(room.report("sounds")?["examples"]?.number)
        try room.apply(Change("takes", take, "from", .number(0.25)), Change("takes", take, "to", .number(0.75)))
        train(room.session)
        let half = try #require(room.report("sounds")?["examples"]?.number)
        #expect(abs(half / all - 0.5) < 0.05)
    }

    @Test func whatIsNotCertainEnoughIsNotSaid() throws {
        var room = try Classroom([Change("models", "sounds", "kind", .text("knn"))])
        for (index, pad) in (["pad-1", "pad-2", "pad-3"] as [Text]).enumerated() {
            for take in 0..<2 { try room.teach(pad, TestSound.of(index, 24_000, seed: UInt64(10 * index + take))) }
        }
        let label = try room.slot("/learn/sounds/label")
        let said = try room.stage()
        said.play(TestSound.whistle(24_000, seed: 5))
        #expect(said.engine.bus[label] == 2)
        try room.apply(Change("models", "sounds", "threshold", .number(0.5)), Change("categories", "pad-3", "threshold", .number(1)))
        let stage = try Stage(project: room.project.document)
        for (key, words) in trainAll(try again(room)) { _ = stage.engine.load(weights: words, count: words.count, key: key) }
        stage.play(TestSound.whistle(24_000, seed: 5))
        #expect(stage.engine.bus[label] == -1, "calibrated certainty never reaches 1")
        stage.play(TestSound.hum(24_000, seed: 5))
        #expect(stage.engine.bus[label] == 0, "the threshold is the other pad's own")
    }

    @Test func whatSoundsAfterSilenceIsNotMixedWithWhatSoundedBefore() throws {
        var room = try Classroom()
        for (index, pad) in (["pad-1", "pad-2"] as [Text]).enumerated() {
            for take in 0..<2 { try room.teach(pad, TestSound.of(index, 24_000, seed: UInt64(10 * index + take))) }
        }
        let certainty = try room.slot("/learn/sounds/pad-1/certainty")
        let hop = 256
        func firstCertainty(after: [Float]) throws -> Float {
            let stage = try room.stage()
            stage.play(after)
            stage.play([Float](repeating: 0, count: 200 * hop))
            #expect(stage.engine.bus[certainty] == 0)
            for block in 0..<8 {
                stage.play(Array(TestSound.hiss(8 * hop, seed: 3)[block * hop..<(block + 1) * hop]))
                if stage.engine.bus[certainty] > 0 { break }
            }
            return stage.engine.bus[certainty]
        }
        let fresh = try firstCertainty(after: [Float](repeating: 0, count: 100 * hop))
        #expect(fresh > 0 && fresh < 0.5, "a hiss is no hum: \(fresh)")
        let later = try firstCertainty(after: TestSound.hum(100 * hop, seed: 5))
        #expect(abs(later - fresh) < 0.01, "\(later), without a hum before \(fresh)")
    }

    /// A session that learns the same from the beginning.
    private func again(_ room: Classroom) throws -> TrainingSession {
        let session = TrainingSession()
        try session.open(room.project.document)
        for take in room.project.document.ids("takes") {
            try session.add(rows: Blob(try room.project.rows(of: take).bytes))
        }
        return session
    }

    @Test func noveltyTellsTheStrangeFromTheTaught() throws {
        var room = try Classroom()
        for take in 0..<3 { try room.teach("pad-1", TestSound.hum(24_000, seed: UInt64(take))) }
        let stage = try room.stage()
        let slot = try room.slot("/learn/sounds/novelty")
        stage.play(TestSound.hum(24_000, seed: 9))
        let known = stage.engine.bus[slot]
        stage.play(TestSound.hiss(24_000, seed: 9))
        #expect(known < 0.6 && stage.engine.bus[slot] > 0.9, "hum \(known), hiss \(stage.engine.bus[slot])")
    }

    @Test func eightModelsPlayAndTheNinthIsRefused() throws {
        func model(_ number: Int) -> [Change] {
            let id = "model-" + Text(number)
            return [
                Change("models", id, "name", .text(id)), Change("models", id, "kind", .text("knn")),
                Change("models", id, "order", .number(Double(10 + number))),
                Change("models", id, "inputs", .texts(["centroid", "mfcc"])),
                Change("categories", "c-" + Text(number), "model", .text(id)), Change("categories", "c-" + Text(number), "name", .text("C")),
                Change("categories", "d-" + Text(number), "model", .text(id)), Change("categories", "d-" + Text(number), "name", .text("D")),
                Change("categories", "d-" + Text(number), "order", .number(1)),
            ]
        }
        var room = try Classroom((1...7).flatMap(model))
        for number in 1...7 {
            try room.teach("c-" + Text(number), TestSound.hum(24_000, seed: 1))
            try room.teach("d-" + Text(number), TestSound.whistle(24_000, seed: 1))
        }
        let stage = try room.stage()
        stage.play(TestSound.whistle(24_000, seed: 2))
        for number in 1...7 { #expect(stage.engine.bus[try room.slot("/learn/model-" + Text(number) + "/label")] == 1) }
        #expect(throws: StarlingError.self) { _ = try room.project.apply(Command("Ninth", model(8))) }
    }

    @Test func aKindThatCannotSaysSo() throws {
        var room = try Classroom(Self.gestures)
        try room.teach("up", TestSound.glide(48_000, from: 300, to: 3_000, seed: 1))
        try room.apply(Change("models", "glides", "kind", .text("mlp")))
        train(room.session)
        let message = try #require(room.report("glides")?["message"]?.text).description
        #expect(message.contains("gestures") && message.contains("Time warping"))
    }
}
