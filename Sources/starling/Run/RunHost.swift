import Foundation
import StarlingMath
import StarlingProject
import StarlingWekinator

/// What a Wekinator needs, on a machine: a socket, files, and people to tell.
final class RunHost: WekinatorHost {
    let socket: DatagramSocket
    let log: RunLog
    /// Where everything that changes is kept; nil where nobody named a project.
    var project: KeptProject?
    /// Plays the project; nil where it is silent.
    var player: SoundPlayer?
    /// Datagrams that the system did not take.
    private(set) var unsentCount = 0
    private let listener: DatagramSocket.Address
    private let batchListener: DatagramSocket.Address
    private var isLosing = false

    init(socket: DatagramSocket, log: RunLog, host: String, port: Int) throws(StarlingError) {
        self.socket = socket
        self.log = log
        listener = try socket.address(of: host, port: port)
        batchListener = try socket.address(of: host, port: min(port + 1, 65_535))
    }

    override func send(_ packet: UnsafeRawBufferPointer, to destination: Destination) {
        let address =
            switch destination {
            case .listener: listener
            case .batchListener: batchListener
            case .sender: socket.sender
            }
        if !socket.send(packet, to: address) { unsentCount += 1 }
    }

    override func tell(_ weight: Weight, _ sentence: Text) { log.event(weight == .news ? "news" : "warning", sentence) }

    override func hear(_ frame: UnsafeBufferPointer<Float>) { player?.hear(frame) }

    override func keep(_ journal: [UInt8]) {
        guard let project, !project.append(journal) else { return isLosing = false }
        if !isLosing { log.event("warning", Text("The journal cannot be written (\(String(cString: strerror(errno)))): what is recorded now is only in memory.")) }
        isLosing = true
    }

    /// Files are for those who sit at this machine; a datagram from elsewhere must not reach them.
    override func read(_ path: Text) -> [UInt8]? { socket.sender.isLocal ? try? Files.read("\(path)") : nil }

    override func write(_ bytes: [UInt8], to path: Text) -> Bool {
        socket.sender.isLocal && (try? Files.write(bytes, to: "\(path)")) != nil
    }

    override var temporaryDirectory: Text {
        var directory = NSTemporaryDirectory()
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        return Text(directory)
    }

    override func open(_ path: Text) throws(StarlingError) -> ProjectContents {
        guard socket.sender.isLocal else { throw StarlingError("projects can be opened only from this machine") }
        // The journal of the project so far holds all of it; nobody may hold one project twice.
        let earlier = project?.path
        project = nil
        do throws(StarlingError) {
            let (contents, notices, kept) = try Run.open("\(path)")
            for notice in notices { log.event("warning", notice) }
            project = kept
            return contents
        } catch {
            project = try earlier.map { path throws(StarlingError) in try KeptProject(path) }
            throw error
        }
    }
}
