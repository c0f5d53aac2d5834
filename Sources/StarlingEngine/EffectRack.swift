import StarlingMath
import StarlingSynthesis

/// An effect with its place on the bus and a crossfade between without and with it.
final class EffectRack {
    private let effect: Effect
    private let firstSlot: Int
    private let presence: Presence
    private let dryLeft = Floats(Engine.tickSize)
    private let dryRight = Floats(Engine.tickSize)
    private(set) var guardian = SoundGuard()
    var isPresent: Bool {
        get { presence.isWanted }
        set { presence.isWanted = newValue }
    }

    /// Whether anything of it is heard.
    var isHeard: Bool { presence.isActive }

    init(_ effect: Effect, firstSlot: Int, tickSeconds: Seconds) {
        self.effect = effect
        self.firstSlot = firstSlot
        presence = Presence(tickSeconds: tickSeconds)
    }

    func reset() { effect.reset() }

    func tick(_ bus: UnsafePointer<Float>, isInProject: Bool, tempo: Float) {
        effect.tempo = tempo
        let wasActive = presence.isActive
        presence.tick()
        // Or old echoes would be heard when it comes again.
        if wasActive && !presence.isActive && !isInProject { effect.reset() }
        if presence.isActive { effect.tick(bus + firstSlot) }
    }

    func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        guard presence.isActive else { return }
        dryLeft.pointer.update(from: left, count: count)
        dryRight.pointer.update(from: right, count: count)
        guardian.process(effect, left, right, count: count)
        for i in 0..<count {
            let gain = presence.next()
            left[i] = dryLeft[i] + gain * (left[i] - dryLeft[i])
            right[i] = dryRight[i] + gain * (right[i] - dryRight[i])
        }
    }
}
