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

    private let bridge: OSCBridge
    private var hasEntered = false
    private var isTrusted = false
    private var tries = 0
    private var targets: [UInt16: SocketAddress] = [:]
    private var listeners: [Int: any Channel] = [:]
    private var sender: (any Channel)?
    private var second: NIODeadline = .now()
    private var packetsInSecond = 0
    /// Packets that did not get through: too many from the page, or too many to it.
    private var lostCount = 0
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

    // MARK: Packets

    private func forward(_ frame: inout WebSocketFrame, _ context: ChannelHandlerContext) {
        var data = frame.unmaskedData
        guard isTrusted, let sender, let number = data.readInteger(as: UInt16.self) else { return }
        guard let target = targets[number] else { return complain(.null, Text("There is no target \(number)."), context) }
        guard data.readableBytes <= 65_507, isWithinRate() else {
            lostCount += 1
            return
        }
        sender.writeAndFlush(AddressedEnvelope(remoteAddress: target, data: data), promise: nil)
    }

    private func isWithinRate() -> Bool {
        let now = NIODeadline.now()
        if now - second >= .seconds(1) { (second, packetsInSecond) = (now, 0) }
        packetsInSecond += 1
        return packetsInSecond <= bridge.limits.packetsPerSecond
    }

    private func openSender(_ context: ChannelHandlerContext) {
        open(host: "0.0.0.0", port: 0, context).assumeIsolated().whenSuccess { channel in
            if context.channel.isActive { self.sender = channel } else { channel.close(promise: nil) }
        }
    }

    private func listen(_ port: Int, _ id: JSON, _ context: ChannelHandlerContext) {
        guard 0...65535 ~= port, listeners.count < bridge.limits.portCount else {
            return complain(id, "A port must be 0 to 65535, and a page can listen to 64 at most.", context)
        }
        if listeners[port] != nil { return answer(id, [.init("listening", .number(Double(port)))], context) }
        open(host: bridge.listeningHost, port: port, context).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel):
                guard context.channel.isActive else { return channel.close(promise: nil) }
                let bound = channel.localAddress?.port ?? port
                self.listeners[bound] = channel
                self.answer(id, [.init("listening", .number(Double(bound)))], context)
            case .failure:
                self.complain(id, Text("UDP port \(port) is in use by another program: end that or choose another."), context)
            }
        }
    }

    private func open(host: String, port: Int, _ context: ChannelHandlerContext) -> EventLoopFuture<any Channel> {
        let page = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return DatagramBootstrap(group: context.eventLoop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
            .channelOption(.socketOption(.so_rcvbuf), value: 1 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Datagrams { packet, channel in
                            let (peer, context) = page.value
                            peer.deliver(packet, to: channel, context)
                        })
                }
            }
            .bind(host: host, port: port)
    }

    private func deliver(_ packet: AddressedEnvelope<ByteBuffer>, to channel: any Channel, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        // A page that is behind would only hear what is long past.
        guard context.channel.isWritable else {
            lostCount += 1
            return
        }
        var data = context.channel.allocator.buffer(capacity: packet.data.readableBytes + 8)
        data.writeInteger(UInt16(truncatingIfNeeded: channel.localAddress?.port ?? 0))
        data.writeInteger(UInt16(truncatingIfNeeded: packet.remoteAddress.port ?? 0))
        data.writeInteger(packet.remoteAddress.number)
        data.writeImmutableBuffer(packet.data)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .binary, data: data)), promise: nil)
    }

    // MARK: Answers

    private func answer(_ id: JSON, _ members: [JSON.Member], _ context: ChannelHandlerContext) {
        let text = JSON.object([.init("id", id)] + members).written()
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: text))), promise: nil)
    }

    private func complain(_ id: JSON, _ sentence: Text, _ context: ChannelHandlerContext) { answer(id, [.init("error", .text(sentence))], context) }

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

/// Hands every datagram of a UDP channel on; an absent receiver's refusal does not close it.
private final class Datagrams: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let take: (AddressedEnvelope<ByteBuffer>, any Channel) -> Void

    init(_ take: @escaping (AddressedEnvelope<ByteBuffer>, any Channel) -> Void) { self.take = take }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data), context.channel) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

extension JSON {
    /// The number, where it is a whole one.
    fileprivate var wholeNumber: Int? { number.flatMap { Int(exactly: $0) } }
}

extension SocketAddress {
    /// An IPv4 address as a number; 0 for others.
    fileprivate var number: UInt32 {
        if case .v4(let address) = self { UInt32(bigEndian: address.address.sin_addr.s_addr) } else { 0 }
    }
}
