import StarlingMath
import StarlingProject
import StarlingWekinator

/// The page as a Wekinator's host: everything that is to be done there is written down, in order, for JavaScript to do.
final class PageHost: WekinatorHost {
    private var acts: [JSON] = []
    private var bytes: [UInt8] = []

    override var learns: Bool { true }
    override func train() { note("train") }
    override func run() { note("run") }

    override func send(_ packet: UnsafeRawBufferPointer, to destination: Destination) {
        let name: Text =
            switch destination {
            case .listener: "listener"
            case .batchListener: "batchListener"
            case .sender: "sender"
            }
        note("send", [.init("to", .text(name))], with: Array(packet))
    }

    override func change(_ command: Command, rows: [UInt8]?) {
        note("change", [.init("command", command.json)], with: rows ?? [])
    }

    override func tell(_ weight: Weight, _ sentence: Text) { if weight == .warning { note("warn", [.init("text", .text(sentence))]) } }

    private func note(_ act: Text, _ members: [JSON.Member] = [], with more: [UInt8] = []) {
        acts.append(.object([.init("act", .text(act)), .init("count", .number(Double(more.count)))] + members))
        bytes += more
    }

    /// What is to be done since the last time: JSON, a zero byte, then the bytes of all acts one behind the other.
    func take(_ state: [JSON.Member]) -> [UInt8] {
        defer { (acts, bytes) = ([], []) }
        return JSON.object([.init("acts", .list(acts))] + state).written() + [0] + bytes
    }
}
