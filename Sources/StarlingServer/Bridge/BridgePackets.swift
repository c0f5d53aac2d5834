import NIOCore
import NIOPosix
import NIOWebSocket
import StarlingMath
import StarlingProject

extension BridgePage {
    /// Sends a packet of the page on.
    func forward(_ frame: inout WebSocketFrame, _ context: ChannelHandlerContext) {
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

    /// Opens the socket from which the page sends.
    func openSender(_ context: ChannelHandlerContext) {
        open(host: "0.0.0.0", port: 0, context).assumeIsolated().whenSuccess { channel in
            if context.channel.isActive { self.sender = channel } else { channel.close(promise: nil) }
        }
    }

    /// Opens a port for the page.
    func listen(_ port: Int, _ id: JSON, _ context: ChannelHandlerContext) {
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
}

/// Hands every datagram of a UDP channel on; an absent receiver's refusal does not close it.
private final class Datagrams: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let take: (AddressedEnvelope<ByteBuffer>, any Channel) -> Void

    init(_ take: @escaping (AddressedEnvelope<ByteBuffer>, any Channel) -> Void) { self.take = take }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data), context.channel) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

extension SocketAddress {
    /// An IPv4 address as a number; 0 for others.
    fileprivate var number: UInt32 {
        if case .v4(let address) = self { UInt32(bigEndian: address.address.sin_addr.s_addr) } else { 0 }
    }
}
