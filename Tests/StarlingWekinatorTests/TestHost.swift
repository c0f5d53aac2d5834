import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWekinator

/// A host that remembers what was sent and told, and has files in memory.
final class TestHost: WekinatorHost {
    struct Sent: Equatable {
        let address: Text
        let values: [OSCValue]
        let destination: Destination
    }

    var sent: [Sent] = []
    var warnings: [Text] = []
    var journal: [UInt8] = []
    var files: [(path: Text, bytes: [UInt8])] = []

    override func send(_ packet: UnsafeRawBufferPointer, to destination: Destination) {
        OSCPacket.forEachMessage(in: packet) {
            sent.append(Sent(address: Text(utf8: $0.address), values: $0.values, destination: destination))
        }
    }

    override func tell(_ weight: Weight, _ sentence: Text) { if weight == .warning { warnings.append(sentence) } }
    override func keep(_ journal: [UInt8]) { self.journal += journal }
    override func read(_ path: Text) -> [UInt8]? { files.last { $0.path == path }?.bytes }

    override func open(_ path: Text) throws(StarlingError) -> ProjectContents {
        guard let bytes = read(path) else { throw StarlingError("it is not there") }
        return try ProjectFile.read(bytes)
    }

    override func write(_ bytes: [UInt8], to path: Text) -> Bool {
        files.append((path, bytes))
        return true
    }

    /// What was sent since the last call.
    func take() -> [Sent] {
        defer { sent = [] }
        return sent
    }

    /// The numbers of all messages to an address since the last call.
    func takeFloats(_ address: Text) -> [[Float]] {
        take().filter { $0.address == address }.map { $0.values.map { if case .float(let value) = $0 { value } else { .nan } } }
    }
}

/// A Wekinator to speak with.
final class Peer {
    let host = TestHost()
    let wekinator: Wekinator
    var seconds = 0.0

    convenience init(inputs: Int = 2, _ outputs: [OutputSetup], strict: Bool = false) throws {
        try self.init(WekinatorSetup(inputNames: WekinatorSetup.inputNames(inputs), outputs: outputs), strict: strict)
    }

    init(_ setup: WekinatorSetup, strict: Bool = false) throws {
        wekinator = try Wekinator(setup: setup, host: host, isStrict: strict)
        host.journal = wekinator.beginJournal()
    }

    /// A Wekinator that goes on with what a journal or a file held.
    init(_ contents: ProjectContents) throws {
        wekinator = try Wekinator(contents: contents, host: host)
        wekinator.resume(runsAtOnce: false)
        finishTraining()
        _ = host.take()
    }

    func send(_ address: Text, _ values: OSCValue...) { send(address, values) }

    func send(_ address: Text, _ values: [OSCValue]) {
        let bytes = packet { $0.message(address, values) }
        seconds += 0.01
        bytes.withUnsafeBytes { wekinator.receive($0, at: seconds) }
    }

    func control(_ word: Text, _ values: OSCValue...) { send("/wekinator/control/" + word, values) }
    func inputs(_ values: Float...) { send("/wek/inputs", values.map { .float($0) }) }

    func teach(_ outputs: [Float], _ frames: [[Float]]) {
        send("/wekinator/control/outputs", outputs.map { .float($0) })
        control("startRecording")
        for frame in frames { send("/wek/inputs", frame.map { .float($0) }) }
        control("stopRecording")
    }

    func train() {
        control("train")
        finishTraining()
    }

    func finishTraining() { while wekinator.step(work: 1 << 20, at: seconds) {} }

    func ask(_ inputs: Float...) -> [Float]? {
        _ = host.take()
        send("/wek/inputs", inputs.map { .float($0) })
        return host.takeFloats("/wek/outputs").first
    }
}

/// The bytes that `body` writes.
func packet(_ body: (inout OSCWriter) -> Void) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { buffer in
        var writer = OSCWriter(buffer)
        body(&writer)
        return writer.count
    }
    return Array(bytes[..<count])
}

func categories(_ count: Int, _ name: Text = "outputs-1") -> OutputSetup { OutputSetup(name: name, kind: .categories(count: count)) }
func gestures(_ count: Int) -> OutputSetup { OutputSetup(name: "outputs-1", kind: .gestures(count: count)) }
func number(_ name: Text = "outputs-1", hard: Bool = false, whole: Bool = false) -> OutputSetup {
    OutputSetup(name: name, kind: .continuous(minimum: 0, maximum: 10, isWhole: whole, isHard: hard))
}
