import StarlingDSP
import StarlingMath

/// Changes sound as it passes. Subclasses are the effects.
///
/// All memory is taken in `init`. Nothing else allocates, locks or throws, and what comes out is never NaN, infinite or
/// subnormal, whatever goes in. The result does not depend on how `process` is cut into pieces.
open class Effect {
    /// How fast the music is, in beats a minute: for effects that move in time with it. Taken over with the next tick.
    public var tempo: Float = 120

    /// For subclasses.
    public init() {}

    /// Forgets all sound, as if just made; the next tick's parameters hold without a ramp.
    open func reset() {}

    /// Takes the parameter values to reach by the end of the tick that begins now, in the order of the catalogue record.
    open func tick(_ parameters: UnsafePointer<Float>) {}

    /// Changes the next `count` sample-frames in place, at most the rest of the tick.
    open func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {}
}
