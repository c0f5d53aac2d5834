import StarlingMath
import StarlingSynthesis

/// An instrument with its place on the bus, the chord it holds, and a fade for coming and going.
final class InstrumentRack {
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
