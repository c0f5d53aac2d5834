import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// Controls: numbers from outside that are remembered, learned from and mapped as features are.
struct ControlTests {
    /// A model of two categories that hears nothing but two controls.
    private static let changes: [Change] = [
        Change("controls", "control-1", "name", .text("Left")), Change("controls", "control-1", "source", .text("osc")),
        Change("controls", "control-2", "name", .text("Right")), Change("controls", "control-2", "source", .text("midi")),
        Change("controls", "control-2", "low", .number(-10)), Change("controls", "control-2", "high", .number(10)),
        Change("models", "hands", "name", .text("Hands")), Change("models", "hands", "kind", .text("knn")),
        Change("models", "hands", "drive", .text("switch")), Change("models", "hands", "order", .number(5)),
        Change("models", "hands", "gate", .number(-20)),
        Change("models", "hands", "inputs", .texts(["control-1", "control-2"])),
        Change("categories", "in", "model", .text("hands")), Change("categories", "in", "name", .text("In")),
        Change("categories", "out", "model", .text("hands")), Change("categories", "out", "name", .text("Out")),
        Change("categories", "out", "order", .number(1)),
    ]

    private func move(_ stage: Stage, _ values: [Float]) {
        for (index, value) in values.enumerated() {
            stage.engine.schedule(Event(.set, slot: stage.engine.layout.controls.lowerBound + index, value: value))
        }
    }

    /// Rows of silence while the controls stand at these values, with as many columns as asked for.
    private func take(_ values: [Float], columns: Int? = nil) throws -> (rows: Rows, columnCount: Int) {
        let stage = try Stage()
        move(stage, values)
        let count = columns ?? stage.engine.layout.listen.count
        var rows: [Float] = []
        for _ in 0..<60 {
            stage.play([Float](repeating: 0, count: 256))
            rows += stage.engine.bus.array[0..<count]
        }
        return (try Rows(columnCount: count, rate: 187.5, values: rows), count)
    }

    private func teach(_ room: inout Classroom, _ category: Text, _ values: [Float], columns: Int? = nil) throws {
        let (rows, columnCount) = try take(values, columns: columns)
        let blob = Blob(rows.bytes)
        let command = try room.project.keep(
            .init(category: category, rows: blob, sound: nil, seconds: 0.3, rate: rows.rate, columnCount: columnCount))
        try room.session.add(rows: blob)
        try room.session.apply(command)
    }

    @Test func aControlHoldsWhatItIsSetTo() throws {
        let stage = try Stage()
        let first = stage.engine.layout.controls.lowerBound
        #expect(stage.engine.bus[first] == 0)
        move(stage, [0.25, -700])
        stage.silence(seconds: 0.1)
        #expect(stage.engine.bus[first] == 0.25 && stage.engine.bus[first + 1] == -700, "plain numbers, not positions")
        stage.engine.schedule(Event(.set, slot: first, value: .nan))
        stage.engine.schedule(Event(.set, slot: 0, value: 5))
        let feature = stage.engine.bus[0]
        stage.silence(seconds: 0.1)
        #expect(stage.engine.bus[first] == 0.25, "what is no number is passed over")
        #expect(stage.engine.bus[0] == feature, "features cannot be set")
    }

    @Test func silenceDoesNotKeepAModelOfControlsFromLearningAndAnswering() throws {
        var room = try Classroom(Self.changes)
        let used = BusLayout().features.count + 2
        try teach(&room, "in", [0.1, -8], columns: used)
        try teach(&room, "out", [0.9, 8], columns: used)
        let stage = try room.stage()
        let label = try room.slot("/learn/hands/label")
        #expect(room.report("hands")?["examples"]?.number ?? 0 > 20)
        for (values, wanted) in [([Float(0.9), 8], Float(1)), ([0.1, -8], 0), ([0.8, 7], 1)] {
            move(stage, values)
            stage.silence(seconds: 0.4)
            #expect(stage.engine.bus[label] == wanted)
        }
    }

    @Test func anyFeatureAmongTheInputsBringsTheGateBack() throws {
        var room = try Classroom(Self.changes + [Change("models", "hands", "inputs", .texts(["control-1", "centroid"]))])
        try teach(&room, "in", [0.1, -8])
        try teach(&room, "out", [0.9, 8])
        train(room.session)
        #expect(room.report("hands")?["examples"]?.number == 0, "silence does not teach what listens to sound")
    }

    @Test func aTakeHasTheColumnsItWasRecordedWith() throws {
        var room = try Classroom(Self.changes)
        let features = BusLayout().features.count
        try teach(&room, "in", [0.1], columns: features + 1)
        let take = try #require(room.project.document.ids("takes").first)
        let columns = room.project.document.texts("takes", take, "columns")
        #expect(columns.count == features + 1 && columns.last == "control-1")
        #expect(try room.project.rows(of: take).columnCount == features + 1)
    }

    @Test func controlsAreSlotsWithTheirOwnRangeAndMoveParameters() throws {
        let room = try Classroom(Self.changes + [
            Change("mappings", "m", "source", .text("/listen/control/2")), Change("mappings", "m", "destination", .text("choir/breath")),
            Change("mappings", "m", "low", .number(0)), Change("mappings", "m", "high", .number(1)),
        ])
        let slot = try #require(room.project.scene.slots.first { $0.path == "/listen/control/2" })
        #expect(slot.label == "Right" && slot.info.minimum == -10 && slot.info.maximum == 10)
        let stage = try room.stage()
        let breath = try room.slot("/play/choir/breath")
        move(stage, [0, -10])
        stage.silence(seconds: 1)
        let low = stage.engine.bus[breath]
        move(stage, [0, 10])
        stage.silence(seconds: 1)
        #expect(stage.engine.bus[breath] > low + 0.3, "from \(low) to \(stage.engine.bus[breath])")
        #expect(Set(room.project.scene.slots.map { $0.slot }).count == room.project.scene.slots.count)
    }

    @Test(arguments: [
        (Change("controls", "control-129", "source", .text("osc")), "control-128"),
        (Change("controls", "control-1", "high", .number(0)), "above"),
        (Change("models", "hands", "inputs", .texts(["control-140"])), "choose one of"),
    ])
    func whatDoesNotExistIsRefusedInWords(change: Change, word: String) throws {
        do {
            _ = try Classroom(Self.changes + [Change("controls", "control-129", "name", .text("X")), change].filter { $0.id == change.id })
            Issue.record("it must be refused")
        } catch let error as StarlingError {
            #expect(error.description.contains(word), "\(error)")
        }
    }

    @Test func aProjectWithoutThemIsAsItWas() throws {
        let plain = try Scene(.starter())
        #expect(plain.controls.isEmpty && !plain.slots.contains { $0.path.description.hasPrefix("/listen/control/") })
        let text = Document.starter().json.written()
        var other = ProjectSession()
        try other.open(try Document(json: try JSON(reading: text)))
        #expect(other.document == .starter())
    }
}
