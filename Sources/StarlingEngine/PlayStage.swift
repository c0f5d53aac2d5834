import StarlingMath
import StarlingSynthesis

/// PLAY: instruments in the catalogue's order, then effects in the project's, then the master.
///
/// Every kind in the catalogues is made at setup, so that adding one to a project takes no memory on the audio
/// thread. What is not in the project fades out and then costs nothing.
final class PlayStage {
    private let instruments: [InstrumentRack]
    private let effects: [EffectRack]
    private let order = EffectOrder()
    private let master: Master
    private let masterSlot: Int
    /// What the instruments that play sounds play.
    let sounds: SoundBank
    private var power: Float = 0
    private var powerCount = 0

    init(sampleRate: Hertz, layout: BusLayout, tickSeconds: Seconds) {
        var slot = layout.play.lowerBound
        sounds = SoundBank(sampleRate: sampleRate)
        var instruments: [InstrumentRack] = []
        for info in InstrumentCatalogue.all {
            instruments.append(InstrumentRack(info.make(sampleRate, sounds: sounds), firstSlot: slot, tickSeconds: tickSeconds))
            slot += info.parameters.count
        }
        var effects: [EffectRack] = []
        for info in EffectCatalogue.all {
            effects.append(EffectRack(info.make(sampleRate), firstSlot: slot, tickSeconds: tickSeconds))
            slot += info.parameters.count
        }
        self.instruments = instruments
        self.effects = effects
        master = Master(sampleRate: sampleRate)
        masterSlot = slot
    }

    /// How often something that was not a number had to be silenced.
    var faultCount: Int {
        var count = 0
        for rack in instruments { count += rack.guardian.faultCount }
        for rack in effects { count += rack.guardian.faultCount }
        return count
    }

    /// The level of what was heard since the last call, in dB, at least -100.
    func takeLevel() -> Decibels {
        let level = decibels(amplitude: (power / Float(max(powerCount, 1))).squareRoot())
        power = 0
        powerCount = 0
        return max(level, -100)
    }

    func adopt(_ plan: PlanView) {
        for index in 0..<instruments.count { instruments[index].adopt(plan.instrument(index)) }
        order.adopt(plan)
    }

    /// Notes go to every instrument of the project.
    func noteOn(_ note: NoteNumber, velocity: Float) {
        for rack in instruments { rack.noteOn(note, velocity: velocity) }
    }

    func noteOff(_ note: NoteNumber) {
        for rack in instruments { rack.noteOff(note) }
    }

    /// Starts a note on one instrument, by its place in the catalogue.
    func noteOn(_ note: NoteNumber, velocity: Float, instrument: Int) {
        instruments[instrument].noteOn(note, velocity: velocity)
    }

    func noteOff(_ note: NoteNumber, instrument: Int) { instruments[instrument].noteOff(note) }

    /// Silences everything at once, reverberation too.
    func panic() {
        for rack in instruments { rack.reset() }
        for rack in effects { rack.reset() }
        master.reset()
    }

    /// Hands the parameter values of the coming tick to everything that sounds.
    func tick(_ bus: UnsafePointer<Float>) {
        for rack in instruments { rack.tick(bus) }
        tickEffects(bus)
        master.tick(bus + masterSlot)
    }

    /// An effect that changes its place is away for a moment, but not gone.
    private func tickEffects(_ bus: UnsafePointer<Float>) {
        order.settle { effects[$0].isHeard }
        for index in 0..<effects.count {
            let isInProject = order.isInProject(index)
            effects[index].isPresent = isInProject && index != order.moving
            effects[index].tick(bus, isInProject: isInProject)
        }
    }

    /// Renders sample-frames of one tick, replacing what was in the buffers.
    func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        left.update(repeating: 0, count: count)
        right.update(repeating: 0, count: count)
        for rack in instruments { rack.render(left, right, count: count) }
        for place in 0..<effects.count { effects[order[place]].process(left, right, count: count) }
        master.process(left, right, count: count)
        for i in 0..<count { power += 0.5 * (left[i] * left[i] + right[i] * right[i]) }
        powerCount += count
    }
}

/// An instrument with its place on the bus, the chord it holds, and a fade for coming and going.
private final class InstrumentRack {
    private let instrument: Instrument
    private let firstSlot: Int
    private let presence: Presence
    private let held = Floats(Plan.Limit.notes)
    private var heldCount = 0
    private let left = Floats(Engine.tickSize)
    private let right = Floats(Engine.tickSize)
    private let scratch = Floats(2 * Engine.tickSize)
    private(set) var guardian = SoundGuard()

    init(_ instrument: Instrument, firstSlot: Int, tickSeconds: Seconds) {
        self.instrument = instrument
        self.firstSlot = firstSlot
        presence = Presence(tickSeconds: tickSeconds)
    }

    /// Ends the notes of the chord that are no longer in it and starts those that are new.
    func adopt(_ plan: PlanView.Instrument) {
        presence.isWanted = plan.isPresent
        let wantedCount = plan.isPresent && plan.isPlaying ? plan.noteCount : 0
        for h in 0..<heldCount where !contains(plan, wantedCount, held[h]) { instrument.noteOff(held[h]) }
        for n in 0..<wantedCount where !isHeld(plan.note(n)) { instrument.noteOn(plan.note(n), velocity: 0.7) }
        for n in 0..<wantedCount { held[n] = plan.note(n) }
        heldCount = wantedCount
    }

    private func contains(_ plan: PlanView.Instrument, _ count: Int, _ note: Float) -> Bool {
        for n in 0..<count where plan.note(n) == note { return true }
        return false
    }

    private func isHeld(_ note: Float) -> Bool {
        for h in 0..<heldCount where held[h] == note { return true }
        return false
    }

    /// An instrument that is not in the project must not keep the note for when it comes.
    func noteOn(_ note: NoteNumber, velocity: Float) {
        if presence.isWanted { instrument.noteOn(note, velocity: velocity) }
    }

    func noteOff(_ note: NoteNumber) { if !isHeld(note) { instrument.noteOff(note) } }

    func reset() {
        instrument.reset()
        heldCount = 0
    }

    func tick(_ bus: UnsafePointer<Float>) {
        let wasActive = presence.isActive
        presence.tick()
        if wasActive && !presence.isActive { instrument.reset() }  // or its last notes would sound on when it comes again
        if presence.isActive { instrument.tick(bus + firstSlot) }
    }

    func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        guard presence.isActive else { return }
        self.left.clear()
        self.right.clear()
        guardian.render(
            instrument, self.left.pointer, self.right.pointer, count: count, scratch: scratch.pointer)
        for i in 0..<count {
            let gain = presence.next()
            left[i] += gain * self.left[i]
            right[i] += gain * self.right[i]
        }
    }
}

/// An effect with its place on the bus and a crossfade between without and with it.
private final class EffectRack {
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

    func tick(_ bus: UnsafePointer<Float>, isInProject: Bool) {
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

/// A gain that comes and goes in 50 ms without a click.
private final class Presence {
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
