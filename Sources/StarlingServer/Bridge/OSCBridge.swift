import NIOCore
import NIOHTTP1
import NIOWebSocket
import StarlingMath
import Synchronization

/// What the bridge puts up with. The defaults are far above what players send.
public struct BridgeLimits: Sendable {
    /// The most pages at a time.
    public var pageCount = 8
    /// The most packets a second from a page, each of at most 65,507 bytes.
    public var packetsPerSecond = 2_000
    /// The most targets, and ports listened to, of a page.
    public var portCount = 64
    /// How often a page may name a wrong token.
    public var tries = 3
    /// How long a page may leave what was sent to it lying about before it is left out.
    public var patience = TimeAmount.seconds(5)

    /// The defaults.
    public init() {}
}

/// A way from pages of this server to OSC over UDP, and back: a WebSocket at `/osc`.
///
/// Only pages that this server itself has delivered get in: their origin, the host they asked for and a token that is new in
/// each run are checked. Packets go to this machine, and elsewhere only where the user allows it. docs/bridge.md describes
/// what is said over the socket.
public final class OSCBridge: Sendable {
    /// The path of the WebSocket.
    static let path = "/osc"
    /// The path of the token.
    static let tokenPath = "/osc/token"

    let limits: BridgeLimits
    /// Where packets may go besides this machine: `HOST:PORT`.
    let targets: BridgeTargets
    /// The address on which ports are listened to.
    let listeningHost: String
    private let token: String
    private let pages = Mutex(0)

    /// A bridge.
    ///
    /// - Parameters:
    ///   - targets: Addresses `HOST:PORT` to which packets may go besides this machine.
    ///   - listeningHost: 127.0.0.1 to take packets from this machine only, 0.0.0.0 for all.
    /// - Throws: a sentence where a target is none.
    public init(targets: [String] = [], listeningHost: String = "127.0.0.1", limits: BridgeLimits = BridgeLimits()) throws(StarlingError) {
        self.targets = try BridgeTargets(allowing: targets)
        self.listeningHost = listeningHost
        self.limits = limits
        var random = SystemRandomNumberGenerator()
        token = (0..<16).map { _ in
            let byte = UInt8.random(in: 0...255, using: &random)
            return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// How many pages there are.
    public var pageCount: Int { pages.withLock { $0 } }

    func enter() -> Bool {
        pages.withLock { count in
            guard count < limits.pageCount else { return false }
            count += 1
            return true
        }
    }

    func leave() { pages.withLock { $0 -= 1 } }

    /// Whether this is the token; takes as long whatever is wrong with it.
    func isToken(_ text: Text?) -> Bool {
        let given = text?.utf8 ?? []
        let wanted = Array(token.utf8)
        var difference = UInt8(given.count == wanted.count ? 0 : 1)
        for i in wanted.indices { difference |= wanted[i] ^ (i < given.count ? given[i] : 0) }
        return difference == 0
    }

    /// Whether a request comes from a page that this server delivered, to a browser on this machine.
    ///
    /// The host is checked so that a foreign name that is made to point here gets nowhere, the origin so that no other
    /// page does. For the token, which is a plain request of the same origin, there need be no origin.
    func admits(_ head: HTTPRequestHead, port: Int, needsOrigin: Bool) -> Bool {
        let hosts = ["localhost:\(port)", "127.0.0.1:\(port)", "[::1]:\(port)"]
        guard head.headers["host"].count == 1, hosts.contains(head.headers["host"][0].lowercased()) else { return false }
        let origins = head.headers["origin"]
        if origins.isEmpty { return !needsOrigin && (head.headers.first(name: "sec-fetch-site").map { $0 == "same-origin" } ?? true) }
        return origins.count == 1 && origins[0] == "http://" + head.headers["host"][0]
    }

    /// The answer to a plain request; nil for paths that are not the bridge's.
    func respond(to head: HTTPRequestHead, port: Int) -> AssetResponse? {
        let path = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
        guard path == OSCBridge.path || path == OSCBridge.tokenPath else { return nil }
        guard admits(head, port: port, needsOrigin: false) else {
            return .refusal(.forbidden, "The OSC bridge is only for pages of this server on this machine.")
        }
        guard path == OSCBridge.tokenPath else { return .refusal(.upgradeRequired, "The OSC bridge is a WebSocket.", ["Upgrade": "websocket"]) }
        guard head.method == .GET else { return .refusal(.methodNotAllowed, "The token can only be fetched.", ["Allow": "GET"]) }
        var headers = SecurityHeaders.all
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Cache-Control", value: "no-store")
        return AssetResponse(.ok, headers, .bytes(ByteBuffer(string: token)))
    }

    /// Takes over connections that ask for the WebSocket and may have it.
    var upgrader: NIOWebSocketServerUpgrader {
        NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 17,
            automaticErrorHandling: true,
            shouldUpgrade: { channel, head in
                let isAdmitted =
                    head.uri == OSCBridge.path && self.admits(head, port: channel.localAddress?.port ?? 0, needsOrigin: true)
                return channel.eventLoop.makeSucceededFuture(isAdmitted ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(FrameGuard())
                    try pipeline.addHandler(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: 1 << 17))
                    try pipeline.addHandler(BridgePage(self))
                }
            })
    }
}
