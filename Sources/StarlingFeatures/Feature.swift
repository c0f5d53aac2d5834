/// Measures something about each frame of a sound. Subclasses are the features.
///
/// All memory is taken in `init`; `compute` neither allocates nor locks, and what it writes is never NaN or infinite.
open class Feature {
    /// For subclasses.
    public init() {}

    /// How many of the latest samples `compute` looks at, where that is more than a frame.
    open var reach: Int { 0 }

    /// Forgets all earlier frames.
    open func reset() {}

    /// Writes the feature's outputs for a frame, in the order of its catalogue record.
    open func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {}
}
