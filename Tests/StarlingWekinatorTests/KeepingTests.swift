import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWekinator
import Testing

/// What is recorded is in the journal and in the file, and comes back.
@Suite struct KeepingTests {
    private func taught() throws -> Peer {
        let peer = try Peer([categories(2, "choice"), number("knob")])
        peer.teach([1, 2], [[0, 0], [0.1, 0]])
        // Continuous outputs may move while a take is recorded.
        peer.control("outputs", .float(2), .float(8))
        peer.control("startRecording")
        peer.inputs(1, 1)
        peer.control("outputs", .float(2), .float(9))
        peer.inputs(1, 0.9)
        peer.control("stopRecording")
        return peer
    }

    private func check(_ peer: Peer) {
        #expect(peer.wekinator.exampleCount == 4)
        peer.control("startRunning")
        #expect(peer.ask(1, 1)?.first == 2)
        #expect(peer.ask(0, 0)?.first == 1)
        #expect((peer.ask(1, 0.95)?.last ?? 0) > 6)
    }

    @Test func theFileHoldsExamplesAndWeights() throws {
        let peer = try taught()
        peer.train()
        let contents = try ProjectFile.read(peer.wekinator.projectFile())
        #expect(contents.weights.count == 2)
        #expect(contents.document.ids("takes").count == 2)
        check(try Peer(contents))
    }

    @Test func theJournalHoldsEverythingSinceTheFile() throws {
        let peer = try taught()
        let recovery = Recovery(journal: peer.host.journal)
        #expect(recovery.lostCount == 0 && recovery.notices.isEmpty)
        check(try Peer(ProjectContents(document: recovery.document, blobs: recovery.blobs)))
    }

    @Test func aTakeThatWasBeingRecordedIsSavedFromTheJournal() throws {
        let peer = try Peer([categories(2), number("n")])
        peer.control("outputs", .float(2), .float(3))
        peer.control("startRecording")
        for i in 0..<200 { peer.inputs(Float(i), 1) }
        peer.wekinator.flush()
        // No stop: the program is gone here, in the middle of a record.
        let recovery = Recovery(journal: peer.host.journal.dropLast(3))
        let again = try Peer(ProjectContents(document: recovery.document, blobs: recovery.blobs))
        #expect(again.wekinator.exampleCount == 192)
    }

    @Test func aProjectKeepsItsSetup() throws {
        var choice = categories(4, "Mood / 1")
        choice.sendsDistribution = true
        choice.inputs = [1]
        var whole = number("Knob", hard: true, whole: true)
        whole.settings = [8, 5, 100, 1]
        let peer = try Peer([choice, whole, { var g = gestures(3); g.name = "Waves"; g.isNamedOnce = true; g.threshold = 2.5; return g }()])
        let again = try Peer(ProjectFile.read(peer.wekinator.projectFile()))
        #expect(again.wekinator.setup == peer.wekinator.setup)
    }

    @Test func setupsThatCannotBeAreRefused() {
        #expect(throws: StarlingError.self) { try Peer([]) }
        #expect(throws: StarlingError.self) { try Peer([categories(256)]) }
        #expect(throws: StarlingError.self) { try Peer([number("a"), number("a")]) }
        #expect(throws: StarlingError.self) { try Peer((0..<17).map { number("n" + Text($0)) }) }
    }
}

/// One project for both: what is taught by OSC is played by the studio, and what is taught there runs by OSC.
@Suite struct StudioTests {
    /// A choice, and numbers that move while they are taught.
    private func taught(_ outputs: [OutputSetup]) throws -> Peer {
        let peer = try Peer(inputs: 3, outputs)
        for round in 0..<12 {
            let isSecond = round % 2 == 1
            peer.send("/wekinator/control/outputs", outputs.map { $0.classCount > 0 ? .float(isSecond ? 2 : 1) : .float(0) })
            peer.control("startRecording")
            for i in 0..<20 {
                let x = Float(i) / 20, y = Float(round) / 12
                peer.send("/wekinator/control/outputs", outputs.map { $0.classCount > 0 ? .float(isSecond ? 2 : 1) : .float(10 * x * (1 - y)) })
                peer.inputs(x, isSecond ? 1 : -1, y)
            }
            peer.control("stopRecording")
        }
        peer.train()
        return peer
    }

    /// The weights that the studio learns from a project, by the models' keys.
    private func learned(_ session: ProjectSession) throws -> [(key: UInt32, weights: Weights)] {
        let training = TrainingSession()
        try training.open(session.document)
        for id in session.document.ids("takes") {
            try training.add(rows: #require(session.document.text("takes", id, "rows").flatMap { session.blob($0) }))
        }
        var last: [(key: UInt32, weights: Weights)] = []
        while true {
            let outcome = training.step(work: 1 << 22)
            while let new = training.takeWeights() {
                last.removeAll { $0.key == new.key }
                last.append(new)
            }
            if !outcome.contains(.more) { return last }
        }
    }

    @Test(arguments: ["mlp", "knn", "ridge"] as [Text]) func theStudioLearnsTheVerySameModels(kind: Text) throws {
        var number = number("level")
        number.model = kind
        number.settings = ModelCatalogue.named(kind)!.settings.map { $0.defaultValue }
        let peer = try taught([categories(2, "choice"), number])
        var session = ProjectSession()
        try session.open(file: peer.wekinator.projectFile())
        #expect(session.scene.models.map { $0.name } == ["choice", "level"])
        #expect(session.scene.models[1].knobs.map { $0.name } == ["level"])
        #expect(session.scene.slots.contains { $0.path == "/learn/level/knob-2" && $0.info.maximum == 10 })
        #expect(session.scene.slots.contains { $0.path == "/listen/control/3" && $0.label == "inputs-3" })
        let weights = try learned(session)
        try #require(weights.count == 2)
        for model in session.scene.models {
            let ours = try #require(session.weights(of: model.id)).bytes
            let theirs = try #require(weights.first { $0.key == model.id.key }).weights.words.withUnsafeBytes { Array($0) }
            // The studio has examples of a choice in the order of its pads, which means nothing to the nearest ones.
            let isSame = model.task == .categories ? ours.count == theirs.count : ours == theirs
            #expect(isSame, "bit for bit")
        }
    }

    @Test func whatTheStudioHasLearnedRunsByOSC() throws {
        let peer = try taught([number("level")])
        peer.control("startRunning")
        let wanted = try #require(peer.ask(0.5, 1, 0.25)?.first)
        var session = ProjectSession()
        try session.open(file: peer.wekinator.projectFile())
        // Another knob, set by presets as the studio sets them.
        _ = try session.apply(Command("More", [
            Change("knobs", "wide", "model", .text("level")), Change("knobs", "wide", "name", .text("Wide")),
            Change("knobs", "wide", "order", .number(1)), Change("presets", "p", "category", .text("level-taught")),
            Change("presets", "p", "parameter", .text("level/wide")), Change("presets", "p", "value", .number(0.75)),
        ]))
        let again = try Peer(ProjectFile.read(session.file()))
        again.train()
        again.control("startRunning")
        let answer = try #require(again.ask(0.5, 1, 0.25))
        #expect(answer.count == 2 && answer[0] == wanted && abs(answer[1] - 0.75) < 1e-3)
        #expect(again.wekinator.setup.outputs.map { $0.name } == ["level-level", "level-Wide"])
    }

    @Test func rangesOfControlsHoldWhatCame() throws {
        let peer = try Peer(inputs: 2, [categories(2)])
        peer.teach([1], [[0.5, -300], [3, 20]])
        let document = try ProjectFile.read(peer.wekinator.projectFile()).document
        func ends(_ id: Text) -> [Double?] { [document.number("controls", id, "low"), document.number("controls", id, "high")] }
        #expect(ends("control-1") == [0, 4] && ends("control-2") == [-512, 32])
    }

    @Test func moreInputsThanTheStudioHasRoomForRunHereAndAreRefusedThereInWords() throws {
        let peer = try Peer(inputs: 300, [categories(2)])
        for label: Float in [1, 2] { peer.teach([label], [[Float](repeating: label, count: 300)]) }
        peer.train()
        let file = try peer.wekinator.projectFile()
        let again = try Peer(ProjectFile.read(file))
        again.control("startRunning")
        _ = again.host.take()
        again.send("/wek/inputs", [OSCValue](repeating: .float(2), count: 300))
        #expect(again.host.takeFloats("/wek/outputs") == [[2]])
        var session = ProjectSession()
        do {
            try session.open(file: file)
            Issue.record("it has 300 controls")
        } catch {
            #expect("\(error.sentence)".contains("control-128") && "\(error.sentence)".contains("starling run"))
        }
    }

    @Test func moreOutputsThanTheStudioHasRoomForRunHereAndAreRefusedThereInWords() throws {
        let peer = try Peer(inputs: 1, (0..<9).map { categories(2, "choice-" + Text($0 + 1)) })
        for label in [1, 2] as [Float] { peer.teach([Float](repeating: label, count: 9), [[label]]) }
        peer.train()
        let file = try peer.wekinator.projectFile()
        let again = try Peer(ProjectFile.read(file))
        again.control("startRunning")
        #expect(again.ask(2) == [Float](repeating: 2, count: 9))
        var session = ProjectSession()
        do {
            try session.open(file: file)
            Issue.record("it has 9 models")
        } catch {
            #expect("\(error.sentence)".contains("9 models; there is room for 8") && "\(error.sentence)".contains("starling run"))
        }
    }

    @Test func aModelSavedForOneOutputRunsInAnother() throws {
        let peer = try taught([number("a"), number("b")])
        peer.control("deleteExamplesForOutput", .int(1))
        peer.control("saveModelToFile", .int(2), .string("m"))
        let other = try Peer(inputs: 3, [number("x"), number("y")])
        other.host.files = peer.host.files
        other.control("loadModelFromFile", .int(1), .string("m"))
        other.control("startRunning")
        peer.control("startRunning")
        #expect(try #require(other.ask(0.5, 1, 0.25))[0] == #require(peer.ask(0.5, 1, 0.25))[1])
        // It is there again when the project is.
        let again = try Peer(ProjectFile.read(other.wekinator.projectFile()))
        again.control("startRunning")
        #expect(try #require(again.ask(0.5, 1, 0.25))[0] == #require(peer.ask(0.5, 1, 0.25))[1])
    }
}
