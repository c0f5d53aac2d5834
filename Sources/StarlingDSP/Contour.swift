import StarlingMath

/// A gain in four parts, as synthesisers have it: it rises, falls to what is held, and dies away to exactly 0.
///
/// Each part approaches its aim exponentially; the rise aims beyond 1, so that it arrives. A contour that is begun again
/// rises from where it is. Cost: one multiplication a step. The size of a step is up to its owner.
@frozen public struct Contour: Sendable {
    @usableFromInline enum Part: UInt8, Sendable { case silent, rising, held, dying }
    @usableFromInline var part = Part.silent
    /// The gain now, 0...1.
    @inlinable public var level: Float { gain }
    @usableFromInline var gain: Float = 0
    @usableFromInline var shape = ContourShape()

    /// A contour at 0.
    public init() {}

    /// Whether nothing sounds and nothing will.
    public var isSilent: Bool { part == .silent }
    /// Whether the note is held.
    public var isHeld: Bool { part == .rising || part == .held }

    /// Goes on in another shape.
    public mutating func aim(_ shape: ContourShape) { self.shape = shape }

    /// The note begins.
    public mutating func begin() { part = .rising }
    /// The note ends.
    public mutating func end() { if isHeld { part = .dying } }

    /// The gain after one more step.
    @inlinable @inline(__always) public mutating func next() -> Float {
        switch part {
        case .silent: return 0
        case .rising:
            gain += (1.25 - gain) * shape.rise
            if gain >= 1 {
                gain = 1
                part = .held
            }
        case .held: gain += (shape.sustain - gain) * shape.fall
        case .dying:
            gain -= (gain + 0.000_25) * shape.fade
            if gain <= 0 {
                gain = 0
                part = .silent
            }
        }
        return gain
    }
}

/// How steeply the parts of a contour go, worked out once for all that share it.
@frozen public struct ContourShape: Sendable {
    @usableFromInline var rise: Float = 1
    @usableFromInline var fall: Float = 1
    @usableFromInline var fade: Float = 1
    @usableFromInline var sustain: Float = 1

    /// A contour without duration.
    public init() {}

    /// From times in steps (above 0) and the level 0...1 to fall to; the fall reaches it within 1 % after its time.
    public init(attack: Float, decay: Float, sustain level: Float, release: Float) {
        rise = 1 - fastExp2(-2.322 / attack)  // from 0 to 1 on the way to 1.25
        fall = 1 - fastExp2(-6.644 / decay)
        fade = 1 - fastExp2(-11.97 / release)  // from 1 to 0 on the way to -0.00025
        sustain = level
    }

    /// From attack, decay, sustain and release as they lie among an instrument's parameters, times in seconds.
    public init(_ times: UnsafePointer<Float>, stepsPerSecond: Float) {
        self.init(
            attack: times[0] * stepsPerSecond, decay: times[1] * stepsPerSecond, sustain: times[2],
            release: times[3] * stepsPerSecond)
    }
}
