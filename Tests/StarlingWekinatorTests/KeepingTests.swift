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
        let peer = try Peer([choice, whole, { var g = gestures(3); g.name = "Waves"; return g }()])
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
