import StarlingEngine
import StarlingFeatures
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// Derived features in the project and on the bus.
struct DerivedFeatureTests {
    private static func derived(_ id: Text, _ source: Text, _ kind: Text, _ more: [(Text, Double)] = []) -> [Change] {
        [
            Change("derived", id, "name", .text("D" + id)), Change("derived", id, "source", .text(source)),
            Change("derived", id, "kind", .text(kind)),
        ] + more.map { Change("derived", id, $0.0, .number($0.1)) }
    }

    private static let changes =
        derived("derived-1", "loudness", "mean", [("seconds", 1)])
        + derived("derived-2", "derived-1", "delta", [("seconds", 0.1)])
        + derived("derived-5", "control-3", "scale", [("low", 10), ("high", 20)])

    private func slot(_ stage: Stage, _ index: Int) -> Int { stage.engine.layout.derived.lowerBound + index }

    @Test func theyFollowFeaturesControlsAndEachOther() throws {
        let room = try Classroom(Self.changes)
        let stage = try room.stage()
        var levels: [Double] = []
        for i in 0..<300 {
            stage.play((0..<256).map { 0.5 * fastSine(cycles: Float($0) / 64) * Float(i % 60) / 60 })
            levels.append(Double(stage.engine.bus[stage.engine.layout.loudness]))
        }
        let window = levels.suffix(188)
        #expect(abs(Double(stage.engine.bus[slot(stage, 0)]) - window.reduce(0, +) / 188) < 1e-3)
        let before = levels.dropLast(19).suffix(188).reduce(0, +) / 188
        #expect(abs(Double(stage.engine.bus[slot(stage, 1)]) - (window.reduce(0, +) / 188 - before)) < 1e-3)
        stage.engine.schedule(Event(.set, slot: stage.engine.layout.controls.lowerBound + 2, value: 17.5))
        stage.silence(seconds: 0.05)
        #expect(stage.engine.bus[slot(stage, 4)] == 0.75)
    }

    @Test func anotherTimeKeepsWhatWasHeardAndAnotherSourceBeginsAnew() throws {
        var room = try Classroom(Self.derived("derived-1", "control-1", "mean", [("seconds", 1)]))
        let stage = try room.stage()
        let control = stage.engine.layout.controls.lowerBound
        func load() throws { try stage.load(room.project.document) }
        stage.engine.schedule(Event(.set, slot: control, value: 8))
        stage.silence(seconds: 2)
        stage.engine.schedule(Event(.set, slot: control, value: 0))
        stage.silence(seconds: 0.5)
        _ = try room.project.apply(Command("Time", [Change("derived", "derived-1", "seconds", .number(2))]))
        try load()
        stage.silence(seconds: 0.01)
        #expect(abs(stage.engine.bus[slot(stage, 0)] - 6) < 0.2)
        _ = try room.project.apply(Command("Source", [Change("derived", "derived-1", "source", .text("control-2"))]))
        try load()
        stage.silence(seconds: 0.01)
        #expect(stage.engine.bus[slot(stage, 0)] == 0)
        _ = try room.project.apply(Command("Remove", [Change(delete: "derived", "derived-1")]))
        try load()
        #expect(stage.engine.bus[slot(stage, 0)] == 0 && room.project.scene.derived.isEmpty)
    }

    @Test func theyAreSlotsWithRangesMapAndTeach() throws {
        let room = try Classroom(Self.changes + [
            Change("models", "sounds", "inputs", .texts(["derived-1", "centroid"])),
            Change("mappings", "m", "source", .text("/listen/derived/5")), Change("mappings", "m", "destination", .text("choir/breath")),
            Change("mappings", "m", "low", .number(0)), Change("mappings", "m", "high", .number(1)),
        ])
        let scene = room.project.scene
        let layout = scene.layout
        let info = { (path: Text) in scene.slots.first { $0.path == path }?.info }
        #expect(info("/listen/derived/1")?.unit == .decibels && info("/listen/derived/1")?.minimum == -100)
        #expect(info("/listen/derived/2")?.minimum == -100 && info("/listen/derived/2")?.maximum == 100)
        #expect(info("/listen/derived/5")?.unit == .ratio)
        #expect(scene.models[0].inputs == [1, layout.derived.lowerBound], "in the order of the bus")
        #expect(scene.columns[layout.derived.lowerBound] == "derived-1" && scene.columns.count == layout.listen.count)
        #expect(room.project.plan.mappings[0].source == layout.derived.lowerBound + 4)
        #expect(Set(scene.slots.map { $0.slot }).count == scene.slots.count)
    }

    @Test func whatIsMadeOfControlsAloneHasNoGate() throws {
        let gate = { (input: Text) in
            try Classroom(Self.changes + [Change("models", "sounds", "inputs", .texts([input]))]).project.scene.models[0].gate
        }
        #expect(try gate("derived-5") == -200)
        #expect(try gate("derived-2") == -50)
    }

    @Test(arguments: [
        (derived("derived-1", "nothing", "mean"), "a derived feature with a lower number"),
        (derived("derived-3", "derived-3", "lag"), "lower number"), (derived("derived-65", "loudness", "mean"), "derived-64"),
        (derived("derived-1", "loudness", "scale", [("low", -10), ("high", -20)]), "above"),
        (derived("derived-1", "loudness", "mean", [("seconds", 9)]), "5"),
        ([Change("listening", "listening", "frame", .number(1000))], "power of two"),
    ])
    func whatDoesNotFitIsRefusedInWords(changes: [Change], word: String) {
        do {
            _ = try Classroom(changes)
            Issue.record("it must be refused")
        } catch let error as StarlingError {
            #expect(error.description.contains(word), "\(error)")
        } catch { Issue.record("\(error)") }
    }

    @Test func theProjectSaysHowItListens() throws {
        let room = try Classroom([
            Change("listening", "listening", "frame", .number(2048)), Change("listening", "listening", "profile", .text("meyda")),
            Change("listening", "listening", "beginnings", .text("complex")), Change("listening", "listening", "threshold", .number(1.5)),
        ])
        let setup = try Scene.listening(room.project.document, sampleRate: 44_100)
        #expect(setup == FeatureSetup(sampleRate: 44_100, frameSize: 2048, profile: .meyda, bandCount: 26))
        #expect(room.project.plan.onsets == OnsetSettings(function: .complex, threshold: 1.5, refractorySeconds: 0.07))
        #expect(try Scene.listening(.starter(), sampleRate: 48_000) == FeatureSetup(sampleRate: 48_000))
        let engine = Engine(setup)
        #expect(engine.load(plan: room.project.plan.words(), count: room.project.plan.words().count))
    }

    @Test(arguments: [(512, 128), (4096, 512)]) func framesAndHopsOfOtherSizesPlayToo(frame: Int, hop: Int) {
        let engine = Engine(FeatureSetup(sampleRate: 48_000, frameSize: frame, hopSize: hop))
        let input = Floats((0..<9_600).map { 0.5 * fastSine(cycles: Float($0) * 440 / 48_000) })
        let (left, right) = (Floats(9_600), Floats(9_600))
        engine.process(input.pointer, left.pointer, right.pointer, count: 9_600)
        #expect(engine.hopCount == 9_599 / hop)
        let pitch = engine.layout.features.firstIndex { "\($0.name)" == "pitch" }!
        #expect(abs(engine.bus[pitch] - 69) < 0.1)
    }
}
