import NIOCore
import NIOHTTP1

/// What the server puts up with. The defaults suit one studio and its phones.
public struct ServerLimits: Sendable {
    /// How long a client may stay silent: until its request is complete, between requests, and while it
    /// takes in a piece of a response. Then the connection is closed.
    public var patience: TimeAmount = .seconds(30)
    /// The most connections at a time; more are closed at once.
    public var connectionCount = 256
    /// The most bytes of names and values in a request's headers; more are answered by 431.
    public var headerBytes = 16 << 10
    /// The most bytes of a body, which nothing here reads; more are answered by 413.
    public var bodyBytes = 64 << 10
    /// How long responses under way may take to finish once the server stops.
    public var farewell: TimeAmount = .milliseconds(500)

    /// The defaults.
    public init() {}

    var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = headerBytes
        limits.maxHeaderListSize = headerBytes
        limits.maxHeaderFieldCount = 100
        return limits
    }
}
