import StarlingMath
import StarlingSynthesis

/// An instrument with its place on the bus, the chord it holds, and a fade for coming and going.
final class InstrumentRack {
    private let instrument: Instrument
    private let firstSlot: Int
    private let presence: Presence
    private let held = Floats(Plan.Limit.notes)
    private var heldCount = 0
    private let arpeggiator: Arpeggiator
    private let left = Floats(Engine.tickSize)
    private let right = Floats(Engine.tickSize)
    private let scratch = Floats(2 * Engine.tickSize)
    private(set) var guardian = SoundGuard()

    init(_ instrument: Instrument, firstSlot: Int, tickSeconds: Seconds, _ transport: Transport) {
        self.instrument = instrument
        self.firstSlot = firstSlot
        presence = Presence(tickSeconds: tickSeconds)
        arpeggiator = Arpeggiator(transport)
    }

    /// The sample-frame of the tick at which its arpeggio does something next.
    var nextFrame: Int { arpeggiator.nextFrame }

    /// Ends the notes of the chord that are no longer in it and starts those that are new.
    func adopt(_ plan: PlanView.Instrument) {
        presence.isWanted = plan.isPresent
        adopt(plan.arpeggio)
        let wantedCount = plan.isPresent && plan.isPlaying ? plan.noteCount : 0
        for h in 0..<heldCount where !contains(plan, wantedCount, held[h]) { letGo(held[h]) }
        for n in 0..<wantedCount where !isHeld(plan.note(n)) { hold(plan.note(n), velocity: 0.7) }
        for n in 0..<wantedCount { held[n] = plan.note(n) }
        heldCount = wantedCount
        if !plan.isPresent { arpeggiator.forget(instrument) }
    }

    /// An arpeggio that is turned on takes the chord from the instrument, one that is turned off gives it back.
    private func adopt(_ arpeggio: PlanView.Arpeggio) {
        let wasOn = arpeggiator.isOn
        arpeggiator.adopt(arpeggio, instrument)
        guard arpeggiator.isOn != wasOn else { return }
        for h in 0..<heldCount { instrument.noteOff(held[h]) }
        heldCount = 0
    }

    private func hold(_ note: NoteNumber, velocity: Float) {
        if arpeggiator.isOn { arpeggiator.add(note, velocity: velocity) } else { instrument.noteOn(note, velocity: velocity) }
    }

    private func letGo(_ note: NoteNumber) {
        arpeggiator.remove(note)
        instrument.noteOff(note)
    }

    private func contains(_ plan: PlanView.Instrument, _ count: Int, _ note: Float) -> Bool {
        for n in 0..<count where plan.note(n) == note { return true }
        return false
    }

    private func isHeld(_ note: Float) -> Bool {
        for h in 0..<heldCount where held[h] == note { return true }
        return false
    }

    /// A player's note. An instrument that is not in the project must not keep it for when it comes.
    func noteOn(_ note: NoteNumber, velocity: Float) {
        if presence.isWanted { hold(note, velocity: velocity) }
    }

    func noteOff(_ note: NoteNumber) { if !isHeld(note) { letGo(note) } }

    /// A pattern's note, which no arpeggio takes.
    func begin(_ note: NoteNumber, velocity: Float) {
        if presence.isWanted { instrument.noteOn(note, velocity: velocity) }
    }

    /// Ends a pattern's note; one that the chord holds as well goes on.
    func end(_ note: NoteNumber) { if arpeggiator.isOn || !isHeld(note) { instrument.noteOff(note) } }

    /// Plays what the arpeggio has for this sample-frame.
    func perform() { arpeggiator.perform(instrument) }

    func reset() {
        arpeggiator.forget(instrument)
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
