import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The connections there are: lets new ones in up to the limit, and ends all of them.
final class ConnectionRegister: Sendable {
    private let responder: AssetResponder
    private let limits: ServerLimits
    private let pool: NIOThreadPool
    private let bridge: OSCBridge?
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    /// How many connections there are.
    var count: Int { channels.withLock { $0.count } }

    init(responder: AssetResponder, limits: ServerLimits, pool: NIOThreadPool, bridge: OSCBridge?) {
        self.responder = responder
        self.limits = limits
        self.pool = pool
        self.bridge = bridge
    }

    /// Prepares a new connection to speak HTTP, or closes it where there are too many.
    func admit(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard enter(channel) else { return channel.close() }
        channel.closeFuture.whenComplete { _ in self.leave(channel) }
        return channel.eventLoop.makeCompletedFuture {
            // Errors are answered by `Connection`, so that those responses are isolated too.
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withServerUpgrade: self.bridge.map { bridge in
                    (
                        upgraders: [bridge.upgrader],
                        completionHandler: { context in
                            // What comes now is no request any more.
                            context.pipeline.syncOperations.removeHandler(name: Connection.name, promise: nil)
                        }
                    )
                },
                withErrorHandling: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: self.limits.decoderLimits)
            try pipeline.addHandler(
                Connection(responder: self.responder, limits: self.limits, pool: self.pool, bridge: self.bridge),
                name: Connection.name)
        }
    }

    /// Asks every connection to end after the response under way, and ends those that take too long. Blocks.
    func dismissAll(on loop: any EventLoop) {
        let all = channels.withLock { Array($0.values) }
        for channel in all { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let overdue = loop.scheduleTask(in: limits.farewell) { for channel in all { channel.close(promise: nil) } }
        try? EventLoopFuture.andAllComplete(all.map(\.closeFuture), on: loop).wait()
        overdue.cancel()
    }

    private func enter(_ channel: any Channel) -> Bool {
        channels.withLock { channels in
            guard channels.count < limits.connectionCount else { return false }
            channels[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    private func leave(_ channel: any Channel) {
        channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}
