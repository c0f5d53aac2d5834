import Foundation
import StarlingMath

/// A UDP socket: takes datagrams in without waiting, sends, and waits when asked.
///
/// A plain socket in the thread that does the work answers sooner than an event loop with its hand-overs.
final class DatagramSocket {
    /// The address of a machine and port as the system has it.
    struct Address {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

        /// Whether it is this very machine.
        var isLocal: Bool {
            var storage = storage
            if Int32(storage.ss_family) == AF_INET {
                return withUnsafeBytes(of: &storage) { $0.loadUnaligned(fromByteOffset: 4, as: UInt8.self) == 127 }
            }
            return withUnsafeBytes(of: &storage) { bytes in
                let address = (8..<24).map { bytes[$0] }
                return address[..<15].allSatisfy { $0 == 0 } && address[15] == 1
                    || address[..<10].allSatisfy { $0 == 0 } && address[10] == 255 && address[12] == 127
            }
        }
    }

    /// The port in use.
    let port: Int
    /// Who sent the datagram received last.
    private(set) var sender = Address()
    private let descriptor: Int32
    private let family: Int32
    private let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)

    /// Opens a port; 0 lets the system choose.
    ///
    /// - Throws: a sentence where the address cannot be had.
    init(host: String, port: Int) throws(StarlingError) {
        family = host.contains(":") ? AF_INET6 : AF_INET
        var address = try DatagramSocket.resolve(host, port, family, isToBind: true)
        let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
        self.descriptor = descriptor
        guard descriptor >= 0 else { throw StarlingError(Text("cannot open a UDP socket: \(String(cString: strerror(errno)))")) }
        // A burst waits in the system rather than getting lost; it grants as much as its own limit allows.
        var size: Int32 = 8 << 20
        let length = socklen_t(MemoryLayout<Int32>.size)
        let forced: Int32 = 33  // SO_RCVBUFFORCE, beyond the limit for those who may
        if setsockopt(descriptor, SOL_SOCKET, forced, &size, length) != 0 {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
        let isBound = DatagramSocket.withAddress(&address) { bind(descriptor, $0, $1) } == 0
        guard isBound else {
            let reason = errno
            close(descriptor)
            throw DatagramSocket.explain(reason, host, port)
        }
        var bound = Address()
        var boundLength = bound.length
        _ = withUnsafeMutablePointer(to: &bound.storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &boundLength) }
        }
        self.port = withUnsafeBytes(of: &bound.storage) { Int(UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))) }
    }

    deinit {
        close(descriptor)
        space.deallocate()
    }

    /// Waits until something has come, at most so long, and says whether it has.
    func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    /// The next datagram, valid until the next call; nil where none has come.
    func receive() -> UnsafeRawBufferPointer? {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let count = withUnsafeMutablePointer(to: &sender.storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { from in
                recvfrom(descriptor, space.baseAddress!, space.count, Int32(MSG_DONTWAIT), from, &length)
            }
        }
        sender.length = length
        return count < 0 ? nil : UnsafeRawBufferPointer(start: space.baseAddress, count: count)
    }

    /// Sends a datagram and says whether the system took it.
    @discardableResult
    func send(_ packet: UnsafeRawBufferPointer, to address: Address) -> Bool {
        var address = address
        return DatagramSocket.withAddress(&address) { sendto(descriptor, packet.baseAddress!, packet.count, 0, $0, $1) } == packet.count
    }

    /// The address that a name and a port stand for.
    func address(of host: String, port: Int) throws(StarlingError) -> Address {
        try DatagramSocket.resolve(host, port, family, isToBind: false)
    }

    private static func withAddress<Result>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        let length = address.length
        return withUnsafePointer(to: &address.storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    private static func resolve(_ host: String, _ port: Int, _ family: Int32, isToBind: Bool) throws(StarlingError) -> Address {
        var hints = addrinfo()
        hints.ai_family = family
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        hints.ai_flags = (isToBind ? AI_PASSIVE : 0) | (family == AF_INET6 ? AI_V4MAPPED : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let list else {
            throw StarlingError(Text("\(host) is no address that can be found: use a name or a number such as 127.0.0.1"))
        }
        defer { freeaddrinfo(list) }
        var address = Address()
        address.length = list.pointee.ai_addrlen
        withUnsafeMutableBytes(of: &address.storage) { $0.copyMemory(from: UnsafeRawBufferPointer(start: list.pointee.ai_addr, count: Int(list.pointee.ai_addrlen))) }
        return address
    }

    private static func explain(_ reason: Int32, _ host: String, _ port: Int) -> StarlingError {
        switch reason {
        case EADDRINUSE:
            StarlingError(Text("UDP port \(port) is in use by another program, perhaps Wekinator: end that or choose another with --osc-in"))
        case EACCES: StarlingError(Text("UDP port \(port) is reserved for the system: choose one from 1024 to 65535"))
        case EADDRNOTAVAIL: StarlingError(Text("\(host) is not an address of this machine: use 127.0.0.1, or 0.0.0.0 for all"))
        default: StarlingError(Text("cannot listen on UDP port \(port): \(String(cString: strerror(reason)))"))
        }
    }
}
