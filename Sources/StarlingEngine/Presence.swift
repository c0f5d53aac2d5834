import StarlingMath

/// A gain that comes and goes in 50 ms without a click.
final class Presence {
    private static let fadeSeconds: Seconds = 0.05
    var isWanted = false
    private(set) var isActive = false
    private var gain: Float = 0
    private var step: Float = 0
    private let tickStep: Float

    init(tickSeconds: Seconds) { tickStep = min(1, tickSeconds / Self.fadeSeconds) }

    func tick() {
        let target = clamp(isWanted ? gain + tickStep : gain - tickStep, 0, 1)
        step = (target - gain) / Float(Engine.tickSize)
        if step == 0 { gain = target }
        isActive = isWanted || gain > 1e-6
        if !isActive { gain = 0 }
    }

    @inline(__always) func next() -> Float {
        gain += step
        return gain
    }
}
