import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// The whole loop without a browser: listen, keep takes, train, play.
struct TeachingTests {
    private static let pads: [Text] = ["pad-1", "pad-2", "pad-3"]

    private func taughtProject(drive: Text, kind: Text) throws -> (project: ProjectSession, session: TrainingSession) {
        var project = ProjectSession()
        let session = TrainingSession()
        _ = try project.apply(
            Command("Choose", [Change("models", "sounds", "drive", .text(drive)), Change("models", "sounds", "kind", .text(kind))]))
        try session.open(project.document)
        for (index, pad) in Self.pads.enumerated() {
            // Each pad is taught with a knob setting of its own.
            let knob = try project.apply(
                Command("Turn", [Change("parameters", "choir/vowel", "value", .number(Double(2 * index)))]))
            try session.apply(knob)
            try session.apply(project.capturePreset(pad))
            for take in 0..<3 {
                let blob = Blob(try rows(of: TestSound.of(index, 24_000, seed: UInt64(10 * index + take))).bytes)
                let command = try project.keep(
                    .init(category: pad, rows: blob, sound: nil, seconds: 0.5, rate: 187.5))
                try session.add(rows: blob)
                try session.apply(command)
            }
        }
        return (project, session)
    }

    private func newestMap(_ session: TrainingSession) -> ExamplePlaces? {
        var newest: ExamplePlaces?
        while let (_, places) = session.takeMap() { newest = places }
        return newest
    }

    private func performance(_ project: ProjectSession, _ words: [Float]) throws -> Stage {
        let stage = try Stage(project: project.document)
        #expect(stage.engine.load(weights: words, count: words.count, key: Text("sounds").key))
        return stage
    }

    @Test(arguments: [("switch", "knn"), ("blend", "mlp"), ("switch", "mlp")])
    func threeSoundsPlayThreeSettings(drive: String, kind: String) throws {
        let (project, session) = try taughtProject(drive: Text(drive), kind: Text(kind))
        let stage = try performance(project, train(session))
        let model = try #require(project.scene.models.first)
        let vowel = stage.engine.layout.play.lowerBound
        for category in 0..<3 {
            stage.play(TestSound.of(category, 48_000, seed: 99))
            let bus = stage.engine.bus.array
            #expect(Int(bus[model.firstSlot + ModelSlot.label]) == category, "\(kind) must recognise sound \(category)")
            #expect(bus[model.firstSlot + ModelSlot.certainty] > 0.8)
            #expect(abs(bus[vowel] - Float(2 * category)) < 0.3, "the vowel must move to \(2 * category), is \(bus[vowel])")
        }
        stage.silence(seconds: 1)
        #expect(stage.engine.bus.array[model.firstSlot + ModelSlot.label] == -1, "below the gate nothing is recognised")
        #expect(abs(stage.engine.bus.array[vowel] - 4) < 0.3, "and the sound stays where it was")
    }

    @Test(arguments: ["knn", "mlp"])
    func followingMovesBetweenTheSettings(kind: String) throws {
        let (project, session) = try taughtProject(drive: "follow", kind: Text(kind))
        let stage = try performance(project, train(session))
        let vowel = stage.engine.layout.play.lowerBound
        for category in 0..<3 {
            stage.play(TestSound.of(category, 48_000, seed: 77))
            #expect(abs(stage.engine.bus.array[vowel] - Float(2 * category)) < 0.4)
        }
    }

    @Test func aHeldPadTeachesBeforeItIsReleased() throws {
        let (project, session) = try taughtProject(drive: "switch", kind: "knn")
        _ = train(session)
        session.beginLive(category: "pad-1", rate: 187.5)
        let live = try rows(of: TestSound.whistle(24_000, seed: 5))
        try session.addLive(live.values, columnCount: live.columnCount)
        let words = train(session)
        #expect(!words.isEmpty, "new rows must give new weights")
        let before = try #require(newestMap(session)).points.count
        try session.endLive()
        _ = train(session)
        #expect(try #require(newestMap(session)).points.count < before)
        _ = project
    }

    @Test func aKnobBeingTurnedTrainsNothing() throws {
        var (project, session) = try taughtProject(drive: "switch", kind: "knn")
        _ = train(session)
        let turn = try project.apply(Command("Turn", [Change("parameters", "choir/breath", "value", .number(0.7))]))
        try session.apply(turn)
        #expect(session.step(work: 1_000_000) == [])
    }

    @Test func aHeldKnobIsThePlayers() throws {
        let (project, session) = try taughtProject(drive: "switch", kind: "knn")
        let stage = try performance(project, train(session))
        let vowel = stage.engine.layout.play.lowerBound
        stage.engine.schedule(Event(.grab, slot: vowel))
        stage.engine.schedule(Event(.set, slot: vowel, value: 1))
        stage.play(TestSound.of(2, 48_000, seed: 6))
        #expect(abs(stage.engine.bus.array[vowel] - 1) < 0.01)
        stage.engine.schedule(Event(.letGo, slot: vowel))
        stage.play(TestSound.of(2, 24_000, seed: 7))
        #expect(abs(stage.engine.bus.array[vowel] - 4) < 0.3)
    }

    @Test func aRecognisedPadPlaysItsNote() throws {
        var (project, session) = try taughtProject(drive: "switch", kind: "knn")
        let words = train(session)
        _ = try project.apply(
            Command("Note", [
                Change("categories", "pad-3", "note", .number(84)), Change("instruments", "choir", "playing", .flag(false)),
                Change(delete: "effects", "reverb"), Change("parameters", "choir/release", "value", .number(0.05)),
            ]))
        let stage = try performance(project, words)
        stage.play(TestSound.of(0, 24_000, seed: 8))
        #expect(rms(stage.left.suffix(4_800)) < 1e-4)
        stage.play(TestSound.of(2, 48_000, seed: 8))
        #expect(rms(stage.left.suffix(4_800)) > 1e-3)
        stage.silence(seconds: 3)
        #expect(rms(stage.left.suffix(4_800)) < 1e-4)
    }
}
