import Glibc
import NIOCore
import NIOPosix
import StarlingMath
import Synchronization

/// A running web server for the studio's files.
///
/// One event loop serves all connections; two threads read files. They start with it and end with `stop`.
public final class Server: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let pool: NIOThreadPool
    private let connections: ConnectionRegister
    private let listener: any Channel
    private let isStopped = Mutex(false)

    /// The port in use: the one asked for, or the one that the system chose for port 0.
    public var port: Int { listener.localAddress?.port ?? 0 }
    /// How many connections there are.
    public var connectionCount: Int { connections.count }

    /// Begins to serve; connections are accepted when this returns. Blocks briefly.
    ///
    /// Port 0 lets the system choose. Pages can use the bridge where there is one.
    /// - Throws: where the address cannot be had, saying why and what to do.
    public init(
        responder: AssetResponder, host: String = "127.0.0.1", port: Int = 8080, limits: ServerLimits = ServerLimits(),
        bridge: OSCBridge? = nil
    ) throws(StarlingError) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        let connections = ConnectionRegister(responder: responder, limits: limits, pool: pool, bridge: bridge)
        self.connections = connections
        do {
            listener = try ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { connections.admit($0) }
                .bind(host: host, port: port).wait()
        } catch {
            try? group.syncShutdownGracefully()
            try? pool.syncShutdownGracefully()
            throw Server.explain(error, host: host, port: port)
        }
    }

    /// Accepts no more, lets responses under way finish for a moment, and ends. Blocks for at most a second.
    ///
    /// Only the first call does anything.
    public func stop() {
        let wasStopped = isStopped.withLock { state in
            defer { state = true }
            return state
        }
        if wasStopped { return }
        try? listener.close().wait()
        connections.dismissAll(on: group.next())
        try? group.syncShutdownGracefully()
        try? pool.syncShutdownGracefully()
    }

    private static func explain(_ error: any Error, host: String, port: Int) -> StarlingError {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            StarlingError(Text("port \(port) of \(host) is in use by another program: end that or choose another port"))
        case EACCES:
            StarlingError(Text("port \(port) is reserved for the system: choose one from 1024 to 65535"))
        case EADDRNOTAVAIL:
            StarlingError(Text("\(host) is not an address of this machine: use 127.0.0.1, or 0.0.0.0 for all"))
        default:
            StarlingError(Text("cannot serve on \(host), port \(port): \(error)"))
        }
    }
}
