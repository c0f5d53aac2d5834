import StarlingMath
import StarlingOSC
import StarlingWekinator
import Testing

/// Bundles are carried out when they are due, and late ones at once.
@Suite struct TimeTagTests {
    private let date = 1_800_000_000.0

    private func bundle(_ due: OSCTime, _ labels: Float...) -> [UInt8] {
        packet { $0.bundle(due) { for label in labels { $0.message("/wekinator/control/outputs", floats: [label]) } } }
    }

    private func recording(strict: Bool = false) throws -> Peer {
        let peer = try Peer([number()], strict: strict)
        peer.control("startRecording")
        return peer
    }

    private func receive(_ peer: Peer, _ bytes: [UInt8], _ seconds: Double) {
        bytes.withUnsafeBytes { peer.wekinator.receive($0, at: seconds, date: date + seconds) }
    }

    /// The value of the output now, as an example has it.
    private func value(_ peer: Peer) -> Float? {
        peer.inputs(0, 0)
        return peer.wekinator.examples.outputs.last
    }

    @Test(arguments: [true, false]) func inTheirOrderAtTheirTime(strict: Bool) throws {
        let peer = try recording(strict: strict)
        receive(peer, bundle(OSCTime(seconds: date + 2), 2), 0)
        receive(peer, bundle(OSCTime(seconds: date + 1), 1), 0)
        receive(peer, bundle(OSCTime(seconds: date + 2), 3, 4), 0)
        #expect(value(peer) == 0)
        #expect(abs(try #require(peer.wekinator.nextDue) - (date + 1)) < 1e-6)
        peer.wekinator.release(at: 0.9, date: date + 0.9)
        #expect(value(peer) == 0)
        peer.wekinator.release(at: 1.01, date: date + 1.01)
        #expect(value(peer) == 1)
        peer.wekinator.release(at: 2.01, date: date + 2.01)
        #expect(value(peer) == 4, "those of one time in the order in which they came")
        #expect(peer.wekinator.nextDue == nil)
    }

    @Test func lateAndImmediateOnesAtOnce() throws {
        let peer = try recording()
        receive(peer, bundle(OSCTime(seconds: date - 5), 5), 0)
        #expect(value(peer) == 5)
        receive(peer, bundle(.immediately, 6), 0)
        #expect(value(peer) == 6)
        #expect(peer.wekinator.nextDue == nil)
    }

    @Test func theInnermostBundleCounts() throws {
        let peer = try recording()
        let bytes = packet { writer in
            writer.bundle(OSCTime(seconds: date + 9)) { $0.bundle(OSCTime(seconds: date - 1)) { $0.message("/wekinator/control/outputs", floats: [7]) } }
        }
        receive(peer, bytes, 0)
        #expect(value(peer) == 7)
    }

    @Test func clocksThatDifferAreToldAndNothingGrows() throws {
        let peer = try recording()
        receive(peer, bundle(OSCTime(seconds: date + 4_000), 5), 0)
        #expect(peer.host.take().contains { "\($0.values)".contains("clocks") })
        #expect(peer.wekinator.nextDue == nil)
        for _ in 0..<10_100 { receive(peer, bundle(OSCTime(seconds: date + 9), 5), 0) }
        #expect(peer.wekinator.counts.errors == 101)
        peer.wekinator.release(at: 9.1, date: date + 9.1)
        #expect(peer.wekinator.nextDue == nil && value(peer) == 5)
    }

    @Test func errorsOfWhatWaitedGoToNobodyElse() throws {
        let peer = try recording()
        receive(peer, packet { $0.bundle(OSCTime(seconds: date + 1)) { $0.message("/nobody", floats: []) } }, 0)
        peer.wekinator.release(at: 1.1, date: date + 1.1)
        #expect(peer.host.take().isEmpty && peer.host.warnings.count == 1)
    }
}
