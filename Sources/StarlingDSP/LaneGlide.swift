import StarlingMath

/// Four numbers that follow their aims without a trace: two one-poles of 6 ms in a row, worked out at ticks and straight
/// between them.
///
/// What remains of a jump is kept as the distance to the aim and falls to exactly 0.
@frozen public struct LaneGlide: Sendable {
    /// The numbers now, walked by `walk`.
    public private(set) var value = Lanes.zero
    private var step = Lanes.zero
    private var ramp = LaneRamp()
    private var aim = Lanes.zero
    private var first = Lanes.zero
    private var second = Lanes.zero
    private let keep: Float

    /// Numbers that rest at 0.
    public init(sampleRate: Hertz) { keep = fastExp(-Float(tickFrameCount) / (0.006 * sampleRate)) }

    /// Whether the numbers rest for this tick.
    public var isStill: Bool { step == .zero }

    /// Aims at numbers from the tick that begins now on, or goes there at once.
    public mutating func aim(at next: Lanes, atOnce: Bool) {
        first = atOnce ? .zero : flushed((first + aim - next) * keep)
        second = atOnce ? .zero : flushed((second + aim - next) * keep + first * (1 - keep))
        aim = next
        ramp.aim(at: aim + second, atOnce: atOnce)
        (value, step) = (ramp.value, ramp.step)
    }

    /// Moves on by one sample-frame.
    @inline(__always) public mutating func walk() { value += step }
}
