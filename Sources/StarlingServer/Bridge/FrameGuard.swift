import NIOCore
import NIOWebSocket

/// Closes the socket at frames that a browser never sends: unmasked ones, reserved bits and codes, long control frames.
///
/// Stands before the aggregator, behind which masks can no longer be seen. Reference: RFC 6455, sections 5.1 to 5.5.
final class FrameGuard: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private var hasFailed = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        let frame = unwrapInboundIn(data)
        let isKnown = [.continuation, .text, .binary, .connectionClose, .ping, .pong].contains(frame.opcode)
        let isControl = [.connectionClose, .ping, .pong].contains(frame.opcode)
        let isShort = !isControl || (frame.fin && frame.length <= 125)
        if frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3, isKnown, isShort { return context.fireChannelRead(data) }
        hasFailed = true
        var code = context.channel.allocator.buffer(capacity: 2)
        code.write(webSocketErrorCode: .protocolError)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: code)), promise: nil)
        context.close(promise: nil)
    }
}
