import StarlingDSP
import StarlingMath

/// Follows one value hop by hop and derives another from it, without looking ahead.
///
/// All memory is taken in `init`: 5 s of the value. Windows that reach back before the first value take what there is.
/// Cost: two operations a hop of the window. What comes out is finite for every finite value.
public final class DerivedValue {
    private let hopSeconds: Seconds
    private let history: History
    /// How many values have been heard since the start, as far as the history reaches.
    private var known = 0
    private var level: Float = 0
    private var speed: Float = 0

    /// A follower of a value that comes every `hopSeconds`.
    public init(hopSeconds: Seconds) {
        self.hopSeconds = hopSeconds
        history = History(capacity: Int(Float(Derivation.times.upperBound) / hopSeconds) + 2)
    }

    /// Forgets everything.
    public func reset() {
        history.reset()
        (known, level, speed) = (0, 0, 0)
    }

    /// Takes the next value in; `loudness` is that of the sound, in dB.
    public func next(_ value: Float, loudness: Decibels, _ how: Derivation) -> Float {
        let isFirst = known == 0
        let last = isFirst ? value : ago(0)
        history.append(value)
        known = min(known + 1, history.capacity)
        if isFirst { level = value }
        let derived = derive(value, last: last, loudness, how)
        return derived.isFinite && derived.magnitude > 1e-20 ? derived : 0
    }

    private func derive(_ value: Float, last: Float, _ loudness: Decibels, _ how: Derivation) -> Float {
        let hops = max(1, Int((how.seconds / hopSeconds).rounded(.toNearestOrEven)))
        let window = history.latest(min(hops, known)), count = min(hops, known)
        switch how.kind {
        case .mean: return mean(window, count)
        case .deviation: return deviation(window, count)
        case .minimum: return extreme(window, count) { $0 < $1 }
        case .maximum: return extreme(window, count) { $0 > $1 }
        case .slope: return slope(window, count)
        case .delta: return value - ago(hops)
        case .acceleration: return value - 2 * ago(hops) + ago(2 * hops)
        case .lag: return ago(hops)
        case .smooth: return follow(value, by: 1 - fastExp(-hopSeconds / how.seconds))
        case .euro: return follow(value, last, how)
        case .gate: return follow(value, by: loudness >= how.amount ? 1 : 0)
        case .scale: return clamp((value - how.low) / (how.high - how.low), 0, 1)
        }
    }

    /// The value so many hops ago, or the oldest one known.
    private func ago(_ hops: Int) -> Float { history.latest(min(hops + 1, known))[0] }

    private func mean(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        var total = 0.0
        for i in 0..<count { total += Double(values[i]) }
        return Float(total / Double(count))
    }

    private func deviation(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        let mean = Double(mean(values, count))
        var total = 0.0
        for i in 0..<count { total += (Double(values[i]) - mean) * (Double(values[i]) - mean) }
        return Float((total / Double(count)).squareRoot())
    }

    @inline(__always)
    private func extreme(_ values: UnsafePointer<Float>, _ count: Int, _ isBeyond: (Float, Float) -> Bool) -> Float {
        var found = values[0]
        for i in 1..<max(count, 1) where isBeyond(values[i], found) { found = values[i] }
        return found
    }

    /// The rise a second of the straight line nearest to the values.
    private func slope(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        guard count > 1 else { return 0 }
        let middle = Double(count - 1) / 2
        var product = 0.0
        for i in 0..<count { product += (Double(i) - middle) * Double(values[i]) }
        let spread = Double(count) * (Double(count) * Double(count) - 1) / 12
        return Float(product / spread / Double(hopSeconds))
    }

    private func follow(_ value: Float, by share: Float) -> Float {
        let next = flushed(level + share * (value - level))
        level = next.isFinite ? next : value
        return level
    }

    /// The faster the value moves, the closer it is followed.
    private func follow(_ value: Float, _ last: Float, _ how: Derivation) -> Float {
        speed += share(hertz: 1) * ((value - last) / hopSeconds / (how.high - how.low) - speed)
        if !speed.isFinite { speed = 0 }
        let still = 1 / (2 * Float(ExactMath.pi) * how.seconds)
        return follow(value, by: share(hertz: still + max(how.amount, 0) * speed.magnitude))
    }

    private func share(hertz: Hertz) -> Float {
        let turn = 2 * Float(ExactMath.pi) * hertz * hopSeconds
        return turn < 1e9 ? turn / (turn + 1) : 1
    }
}
