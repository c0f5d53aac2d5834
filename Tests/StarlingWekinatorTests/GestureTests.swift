import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWekinator
import Testing

@Suite struct GestureTests {
    /// A gesture of `count` frames: up, or down.
    static func ramp(_ count: Int, up: Bool) -> [[Float]] {
        (0..<count).map { [up ? 10 * Float($0) / Float(count) : 10 - 10 * Float($0) / Float(count), 0] }
    }

    private func record(_ peer: Peer, _ gesture: OSCValue, _ frames: [[Float]]) {
        peer.control("startDtwRecording", gesture)
        for frame in frames { peer.send("/wek/inputs", frame.map { .float($0) }) }
        peer.control("stopDtwRecording")
    }

    private func taught(strict: Bool = false) throws -> Peer {
        let peer = try Peer([gestures(2)], strict: strict)
        record(peer, .int(1), GestureTests.ramp(20, up: true))
        record(peer, .int(2), GestureTests.ramp(20, up: false))
        return peer
    }

    @Test(arguments: [true, false]) func twentyFramesOfTrainingLengthGiveTenMessages(strict: Bool) throws {
        let peer = try taught(strict: strict)
        #expect(peer.wekinator.exampleCount == 2)
        peer.control("startRunning")
        _ = peer.host.take()
        for frame in GestureTests.ramp(20, up: true) { peer.send("/wek/inputs", frame.map { .float($0) }) }
        let sent = peer.host.take()
        let distances = sent.filter { $0.address == "/wek/outputs" }.map { $0.values }
        #expect(distances.count == 10)
        #expect(distances[..<4].allSatisfy { $0 == [.float(.infinity), .float(.infinity)] })
        guard case .float(let own) = distances[9][0], case .float(let other) = distances[9][1] else { return #expect(Bool(false)) as Void }
        #expect(own == 0 && other > 5)
        // Said once, without arguments, as Wekinator renames its first output.
        #expect(sent.filter { $0.address == "/output_1" }.map(\.values) == [[]])
        #expect(!sent.contains { $0.address == "/output_2" })
    }

    @Test func distancesAreThoseOfDynamicTimeWarping() throws {
        // By hand: 1 2 3 4 5 against 1 2 2 3 4 5 warps without cost; against 1 2 3 4 6 it costs 1.
        let peer = try Peer(inputs: 1, [gestures(2)])
        record(peer, .int(1), [1, 2, 2, 3, 4, 5].map { [$0] })
        record(peer, .int(2), [1, 2, 3, 4, 6].map { [$0] })
        peer.control("startRunning")
        _ = peer.host.take()
        for x in [1, 2, 3, 4, 5] as [Float] { peer.inputs(x) }
        #expect(peer.host.takeFloats("/wek/outputs").last == [0, 1])
    }

    @Test func strictGesturesNeedWholeNumbers() throws {
        for strict in [true, false] {
            let peer = try Peer([gestures(2)], strict: strict)
            record(peer, .float(1), GestureTests.ramp(20, up: true))
            #expect(peer.wekinator.exampleCount == (strict ? 0 : 1))
        }
        let peer = try Peer([gestures(1)])
        peer.control("startDtwRecording")
        #expect(peer.wekinator.activity == .recordingGesture(0))
    }

    @Test func trainIsSilentForGesturesInStrictMode() throws {
        for strict in [true, false] {
            let peer = try taught(strict: strict)
            peer.train()
            #expect(peer.host.take().isEmpty == strict)
        }
    }

    /// Wekinator measures the longest recording before it thins it more: what came before stays the longest stretch.
    @Test func theLongestStretchIsNeverShorterAgainInStrictMode() throws {
        for strict in [true, false] {
            let peer = try Peer(inputs: 1, [gestures(2)], strict: strict)
            // 19 frames are all kept. 20 let only every other frame be kept: 10 of both.
            record(peer, .int(1), (0..<19).map { [$0 < 9 ? 100 : Float($0)] })
            record(peer, .int(2), (0..<20).map { [Float($0)] })
            peer.control("startRunning")
            _ = peer.host.take()
            for i in 0..<38 { peer.inputs(i < 18 ? 100 : Float(i - 18)) }
            let last = try #require(peer.host.takeFloats("/wek/outputs").last)
            // Of 10 kept frames the stretch is the second gesture itself; 19 hold the hundreds before it too, as the first begins.
            #expect(last[1] == 0)
            #expect((last[0] < 100) == strict)
        }
    }

    @Test func gesturesCanBeDeletedAndSwitchedOff() throws {
        let peer = try taught()
        peer.control("disableModelRunning", .int(1))
        peer.control("startRunning")
        _ = peer.host.take()
        for frame in GestureTests.ramp(20, up: true) { peer.send("/wek/inputs", frame.map { .float($0) }) }
        #expect(peer.host.takeFloats("/wek/outputs").last?[0] == .infinity)
        peer.control("deleteExamplesForOutput", .int(2))
        #expect(peer.wekinator.exampleCount == 1)
        peer.control("startDtwRecording", .int(3))
        #expect(peer.host.warnings.count == 1)
    }

    @Test func gesturesAreKept() throws {
        let peer = try taught()
        let again = try Peer(ProjectFile.read(peer.wekinator.projectFile()))
        #expect(again.wekinator.exampleCount == 2)
        again.control("startRunning")
        for frame in GestureTests.ramp(20, up: false) { again.send("/wek/inputs", frame.map { .float($0) }) }
        #expect(again.host.take().contains { $0.address == "/output_2" })
    }

    @Test func choicesDoNotKnowGestures() throws {
        let peer = try Peer([categories(2)])
        peer.control("startDtwRecording", .int(1))
        #expect(peer.wekinator.activity == .resting && peer.host.warnings.count == 1)
    }

    @Test func theFirstGestureSaysHowManyInputsThereAre() throws {
        let peer = try Peer(inputs: 0, [gestures(1)])
        peer.control("startDtwRecording", .int(1))
        for i in 0..<10 { peer.inputs(Float(i), 0, 0) }
        peer.control("stopDtwRecording")
        #expect(peer.wekinator.exampleCount == 1 && peer.host.warnings.isEmpty)
        let again = try Peer(ProjectFile.read(peer.wekinator.projectFile()))
        again.control("startRunning")
        _ = again.host.take()
        for i in 0..<10 { again.inputs(Float(i), 0, 0) }
        #expect(again.host.take().contains { $0.address == "/output_1" })
    }
}
