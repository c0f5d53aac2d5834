/// A moment as OSC writes it: seconds since 1900 in 32 bits, and 2^-32ths of a second in 32 more (NTP, RFC 5905).
public struct OSCTime: Equatable, Sendable {
    /// The 64 bits as they are sent.
    public let bits: UInt64

    /// A moment from its 64 bits.
    public init(bits: UInt64) { self.bits = bits }

    /// A moment in seconds since 1970, within the 136 years that begin in 1900.
    public init(seconds: Double) {
        let whole = seconds.rounded(.down)
        let second = UInt64(max(0, min(4_294_967_295, whole + OSCTime.secondsTo1970)))
        bits = second << 32 | UInt64(max(0, min(4_294_967_295, (seconds - whole) * 4_294_967_296)))
    }

    /// "Immediately": what a message has that is in no bundle.
    public static let immediately = OSCTime(bits: 1)
    /// Whether there is nothing to wait for.
    public var isImmediate: Bool { bits <= 1 }
    /// Seconds since 1970.
    public var seconds: Double {
        Double(bits >> 32) - OSCTime.secondsTo1970 + Double(bits & 0xFFFF_FFFF) / 4_294_967_296
    }

    private static let secondsTo1970 = 2_208_988_800.0
}
