import NIOCore
import NIOPosix
import NIOWebSocket
import StarlingMath
import StarlingProject

/// One page at the bridge. Everything runs on its event loop.
///
/// Text frames are JSON, one request and one answer each: see docs/bridge.md. Binary frames are OSC packets: from the page
/// behind two bytes, the number of a target; to the page behind eight, the port it came to, and port and address of its sender.
final class BridgePage: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    let bridge: OSCBridge
    private var hasEntered = false
    var isTrusted = false
    private var tries = 0
    var targets: [UInt16: SocketAddress] = [:]
    var listeners: [Int: any Channel] = [:]
    var sender: (any Channel)?
    var second: NIODeadline = .now()
    var packetsInSecond = 0
    /// Packets that did not get through: too many from the page, or too many to it.
    var lostCount = 0
    private var overdue: Scheduled<Void>?

    init(_ bridge: OSCBridge) { self.bridge = bridge }

    func handlerAdded(context: ChannelHandlerContext) {
        hasEntered = bridge.enter()
        if !hasEntered { refuse(context, "There are too many pages at the OSC bridge. Close one of them.", .policyViolation) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        overdue?.cancel()
        for channel in listeners.values { channel.close(promise: nil) }
        sender?.close(promise: nil)
        listeners = [:]
        if hasEntered { bridge.leave() }
        hasEntered = false
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { close(context, .goingAway) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { close(context, .messageTooLarge) }

    /// A page that does not take what comes in is left out in the end.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        overdue?.cancel()
        guard !context.channel.isWritable else { return }
        overdue = context.eventLoop.assumeIsolated().scheduleTask(in: bridge.limits.patience) { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: request(frame.unmaskedData, context)
        case .binary: forward(&frame, context)
        case .ping: context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)), promise: nil)
        case .connectionClose: close(context, .normalClosure)
        default: break
        }
    }

    // MARK: Requests

    private func request(_ data: ByteBuffer, _ context: ChannelHandlerContext) {
        guard let json = try? JSON(reading: Array(data.readableBytesView)) else {
            return refuse(context, "A text to the OSC bridge must be JSON.", .dataInconsistentWithMessage)
        }
        guard isTrusted else { return greet(json, context) }
        let id = json["id"] ?? .null
        if let port = json["listen"]?.wholeNumber { return listen(port, id, context) }
        if let port = json["silence"]?.wholeNumber {
            listeners.removeValue(forKey: port)?.close(promise: nil)
            return answer(id, [.init("silent", .number(Double(port)))], context)
        }
        if let number = json["target"]?.wholeNumber.flatMap({ UInt16(exactly: $0) }) { return aim(number, json, id, context) }
        if json["lost"] != nil { return answer(id, [.init("lost", .number(Double(lostCount)))], context) }
        complain(id, "The OSC bridge knows listen, silence, target and lost.", context)
    }

    private func greet(_ json: JSON, _ context: ChannelHandlerContext) {
        guard hasEntered else { return }
        guard bridge.isToken(json["token"]?.text) else {
            tries += 1
            if tries >= bridge.limits.tries { return refuse(context, "The token is wrong. Reload the page.", .policyViolation) }
            return complain(.null, "The token is wrong.", context)
        }
        isTrusted = true
        openSender(context)
        answer(json["id"] ?? .null, [.init("ready", .flag(true))], context)
    }

    private func aim(_ number: UInt16, _ json: JSON, _ id: JSON, _ context: ChannelHandlerContext) {
        guard targets[number] != nil || targets.count < bridge.limits.portCount else {
            return complain(id, "There are too many targets: 64 is the limit.", context)
        }
        do throws(StarlingError) {
            guard let host = json["host"]?.text, let port = json["port"]?.wholeNumber else { throw StarlingError("A target needs a host and a port.") }
            targets[number] = try bridge.targets.address(host: "\(host)", port: port)
            answer(id, [.init("target", .number(Double(number)))], context)
        } catch {
            complain(id, error.sentence, context)
        }
    }

    // MARK: Answers

    func answer(_ id: JSON, _ members: [JSON.Member], _ context: ChannelHandlerContext) {
        let text = JSON.object([.init("id", id)] + members).written()
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: text))), promise: nil)
    }

    func complain(_ id: JSON, _ sentence: Text, _ context: ChannelHandlerContext) { answer(id, [.init("error", .text(sentence))], context) }

    private func refuse(_ context: ChannelHandlerContext, _ sentence: Text, _ code: WebSocketErrorCode) {
        complain(.null, sentence, context)
        close(context, code)
    }

    private func close(_ context: ChannelHandlerContext, _ code: WebSocketErrorCode) {
        var data = context.channel.allocator.buffer(capacity: 2)
        data.write(webSocketErrorCode: code)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)), promise: nil)
        context.close(promise: nil)
    }
}

extension JSON {
    /// The number, where it is a whole one.
    fileprivate var wholeNumber: Int? { number.flatMap { Int(exactly: $0) } }
}
