import Glibc

/// A plain socket to a server on this machine, which says what it is told and gives up after ten seconds.
final class Client {
    private let socketNumber: CInt
    let isConnected: Bool

    init(port: Int) {
        socketNumber = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socketNumber, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let number = socketNumber
        isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit { close(socketNumber) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(socketNumber, bytes, bytes.count, CInt(MSG_NOSIGNAL))
    }

    /// The server has neither sent nor closed for ten seconds.
    struct Silence: Error {}

    /// Bytes until there are `count`, or the server closes.
    func receive(_ count: Int = .max) throws -> String {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while all.count < count {
            let got = recv(socketNumber, &piece, min(piece.count, count - all.count), 0)
            if got < 0, errno != ECONNRESET { throw Silence() }
            if got <= 0 { break }
            all += piece[..<got]
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// One response, whose head announces its length.
    func response() throws -> String {
        let head = try self.head()
        let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
        return try head + receive(length.flatMap { Int($0.dropFirst(16)) } ?? 0)
    }

    /// The head of a response, with the empty line behind it; what there is of it where the server closes.
    func head() throws -> String {
        var head = ""
        while !head.hasSuffix("\r\n\r\n") {
            let byte = try receive(1)
            if byte.isEmpty { break }
            head += byte
        }
        return head
    }
}
