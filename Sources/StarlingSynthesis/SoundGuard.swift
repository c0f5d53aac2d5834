import StarlingMath

/// Keeps broken numbers of one instrument or effect from everything behind it.
///
/// Use one for each: where its sound has NaN or infinity, that sound is muted from there to the end of the piece, its
/// maker is reset, and `faultCount` grows. Cost: three operations a sample-frame.
public struct SoundGuard {
    /// How often sound had to be muted.
    public private(set) var faultCount = 0

    /// A guard that has seen nothing yet.
    public init() {}

    /// Adds an instrument's next `count` sample-frames, rendered by way of `scratch`, which has room for twice as many.
    public mutating func render(
        _ instrument: Instrument, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int,
        scratch: UnsafeMutablePointer<Float>
    ) {
        scratch.update(repeating: 0, count: 2 * count)
        instrument.render(scratch, scratch + count, count: count)
        if mutes(scratch, scratch + count, count: count) { instrument.reset() }
        for i in 0..<count {
            left[i] += scratch[i]
            right[i] += scratch[count + i]
        }
    }

    /// Lets an effect change `count` sample-frames in place.
    public mutating func process(
        _ effect: Effect, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) {
        effect.process(left, right, count: count)
        if mutes(left, right, count: count) { effect.reset() }
    }

    private mutating func mutes(
        _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int
    ) -> Bool {
        var first = 0
        while first < count, (left[first] - left[first]) + (right[first] - right[first]) == 0 { first += 1 }
        if first == count { return false }
        (left + first).update(repeating: 0, count: count - first)
        (right + first).update(repeating: 0, count: count - first)
        faultCount += 1
        return true
    }
}
