import NIOCore
import StarlingMath

/// Where packets may go: to any port of this machine, and to the addresses that the user has named. Never to many at once.
struct BridgeTargets: Sendable {
    private let allowed: [String]

    /// - Throws: a sentence where one is not `HOST:PORT`.
    init(allowing targets: [String]) throws(StarlingError) {
        for target in targets {
            let parts = target.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count >= 2, let port = Int(parts.last!), 1...65535 ~= port else {
                throw StarlingError(Text("\(target) is no target for OSC: write HOST:PORT with a port from 1 to 65535"))
            }
        }
        allowed = targets.map { $0.lowercased() }
    }

    /// The address to send to, or a sentence why nothing may be sent there. Blocks for names that are not numbers.
    func address(host: String, port: Int) throws(StarlingError) -> SocketAddress {
        guard 1...65535 ~= port else { throw StarlingError(Text("The port is \(port), but must be 1 to 65535.")) }
        let name = host == "localhost" ? "127.0.0.1" : host
        let isNamed = allowed.contains("\(host.lowercased()):\(port)")
        guard isNamed || BridgeTargets.isLoopback(name) else {
            throw StarlingError(
                Text("OSC may not go to \(host):\(port). Start Starling with --osc-to \(host):\(port) to allow it."))
        }
        guard let address = try? SocketAddress.makeAddressResolvingHost(name, port: port) else {
            throw StarlingError(Text("\(host) is no address that can be found."))
        }
        guard !BridgeTargets.isForMany(address) else {
            throw StarlingError(Text("\(host) is an address of many machines; OSC goes to one at a time."))
        }
        return address
    }

    private static func isLoopback(_ host: String) -> Bool {
        guard let address = try? SocketAddress(ipAddress: host, port: 1) else { return false }
        switch address {
        case .v4(let address): return UInt32(bigEndian: address.address.sin_addr.s_addr) >> 24 == 127
        case .v6: return host == "::1"
        default: return false
        }
    }

    private static func isForMany(_ address: SocketAddress) -> Bool {
        guard case .v4(let v4) = address else { return address.ipAddress?.lowercased().hasPrefix("ff") ?? true }
        let number = UInt32(bigEndian: v4.address.sin_addr.s_addr)
        return number >> 28 == 14 || number == 0xFFFF_FFFF || number == 0
    }
}
