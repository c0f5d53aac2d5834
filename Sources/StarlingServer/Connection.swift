import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// One client's connection: takes requests one after the other and sends what the responder answers.
///
/// Runs on the event loop; files are read on the thread pool. A response goes out in pieces, the next one
/// when the client has taken the last, so a slow reader costs one piece of memory.
final class Connection: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Its name in the pipeline.
    static let name = "connection"
    private static let pieceSize = 256 << 10

    private let responder: AssetResponder
    private let limits: ServerLimits
    private let pool: NIOThreadPool
    private let bridge: OSCBridge?
    private var request: HTTPRequestHead?
    private var bodyBytes = 0
    private var isAnswering = false
    private var deadline: Scheduled<Void>?

    init(responder: AssetResponder, limits: ServerLimits, pool: NIOThreadPool, bridge: OSCBridge?) {
        self.responder = responder
        self.limits = limits
        self.pool = pool
        self.bridge = bridge
    }

    func channelActive(context: ChannelHandlerContext) { restartDeadline(context) }

    func channelInactive(context: ChannelHandlerContext) { deadline?.cancel() }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = head
            bodyBytes = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            refuseLargeBody(context)
        case .body(let piece):
            if request?.headers.contains(name: "content-length") == false { bodyBytes += piece.readableBytes }
            refuseLargeBody(context)
        case .end:
            if let request { answer(request, context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A WebSocket was refused: the request comes through, and is answered.
        if error is NIOWebSocketUpgradeError { return }
        let mayAnswer = error is HTTPParserError && !isAnswering
        guard mayAnswer else { return context.close(promise: nil) }
        let refusal: AssetResponse =
            error as? HTTPParserError == .headerOverflow
            ? .refusal(.requestHeaderFieldsTooLarge, "The request's headers are too large.")
            : .refusal(.badRequest, "The request is malformed.")
        send(refusal, thenClose: true, context)
    }

    private func refuseLargeBody(_ context: ChannelHandlerContext) {
        guard request != nil, bodyBytes > limits.bodyBytes else { return }
        request = nil
        send(.refusal(.payloadTooLarge, "The request's body is too large."), thenClose: true, context)
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        self.request = nil
        let keepsAlive = request.isKeepAlive && request.version == .http1_1
        if let response = bridge?.respond(to: request, port: context.channel.localAddress?.port ?? 0) {
            return send(response, thenClose: !keepsAlive, context)
        }
        let responder = self.responder
        pool.runIfActive(eventLoop: context.eventLoop) { responder.respond(to: request) }
            .assumeIsolated().whenComplete { result in
                switch result {
                case .success(let response): self.send(response, thenClose: !keepsAlive, context)
                case .failure: context.close(promise: nil)
                }
            }
    }

    private func send(_ response: AssetResponse, thenClose: Bool, _ context: ChannelHandlerContext) {
        isAnswering = true
        var head = response.head
        head.headers.add(name: "Date", value: httpDate())
        if thenClose { head.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        sendPiece(of: response.body, from: 0, thenClose: thenClose, context)
    }

    private func sendPiece(of body: AssetBody, from offset: Int, thenClose: Bool, _ context: ChannelHandlerContext) {
        restartDeadline(context)
        guard offset < body.count else { return finish(thenClose: thenClose, context) }
        piece(of: body, from: offset, context).flatMap { piece in
            // A file cut short meanwhile cannot be sent as announced: closing tells the client.
            guard piece.readableBytes > 0 else { return context.close() }
            return context.writeAndFlush(self.wrapOutboundOut(.body(.byteBuffer(piece))))
        }.whenComplete { result in
            guard case .success = result else { return context.close(promise: nil) }
            self.sendPiece(of: body, from: offset + Connection.pieceSize, thenClose: thenClose, context)
        }
    }

    private func piece(
        of body: AssetBody, from offset: Int, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<ByteBuffer>.Isolated {
        let size = Connection.pieceSize
        if case .bytes = body {
            return context.eventLoop.makeSucceededFuture(body.piece(from: offset, limit: size)).assumeIsolated()
        }
        return pool.runIfActive(eventLoop: context.eventLoop) { body.piece(from: offset, limit: size) }.assumeIsolated()
    }

    private func finish(thenClose: Bool, _ context: ChannelHandlerContext) {
        let sent = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        isAnswering = false
        if thenClose { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    private func restartDeadline(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limits.patience) { context.close(promise: nil) }
    }
}
