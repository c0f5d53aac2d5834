import StarlingMath

/// How many sample-frames a tick lasts: parameters are read and derived values worked out once in so many.
public let tickFrameCount: SampleCount = 32

/// Four numbers that move in straight lines from tick to tick, so that nothing steps.
///
/// A line is walked by addition, one addition a sample-frame, so that the numbers do not depend on
/// where a tick is cut into segments. Each tick begins exactly at the last one's aim: rounding does not add up.
@frozen public struct LaneRamp: Sendable {
    /// The numbers now.
    public var value: Lanes
    /// What `value` grows by in a sample-frame.
    public var step = Lanes.zero
    private var aim: Lanes

    /// Numbers that rest.
    public init(_ value: Lanes = .zero) {
        self.value = value
        aim = value
    }

    /// Aims at the numbers to reach at the end of the tick that begins now, or goes there at once.
    public mutating func aim(at next: Lanes, atOnce: Bool = false) {
        value = atOnce ? next : aim
        step = (next - value) * (1 / Float(tickFrameCount))
        aim = next
    }

    /// Moves on by `count` sample-frames. At the end of a tick there is nothing to do: `aim` goes there.
    @inlinable @inline(__always) public mutating func walk(_ count: Int) {
        if count < tickFrameCount { for _ in 0..<count { value += step } }
    }
}

/// Eight such numbers; see `LaneRamp`.
@frozen public struct EightLaneRamp: Sendable {
    /// The numbers now.
    public var value = EightLanes.zero
    /// What `value` grows by in a sample-frame.
    public var step = EightLanes.zero
    private var aim = EightLanes.zero

    /// Numbers that rest at 0.
    public init() {}

    /// Aims at the numbers to reach at the end of the tick that begins now, or goes there at once.
    public mutating func aim(at next: EightLanes, atOnce: Bool = false) {
        value = atOnce ? next : aim
        step = (next - value) * (1 / Float(tickFrameCount))
        aim = next
    }
}
