import StarlingMath
import StarlingSynthesis

/// PLAY: patterns and arpeggios, instruments in the catalogue's order, then effects in the project's, then the master.
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
    private let layout: BusLayout
    private let transport: Transport
    private let sequencer: Sequencer
    private var power: Float = 0
    private var powerCount = 0

    init(sampleRate: Hertz, layout: BusLayout, tickSeconds: Seconds) {
        let transport = Transport(sampleRate: sampleRate)
        var slot = layout.play.lowerBound
        sounds = SoundBank(sampleRate: sampleRate)
        var instruments: [InstrumentRack] = []
        for info in InstrumentCatalogue.all {
            let instrument = info.make(sampleRate, sounds: sounds)
            instruments.append(InstrumentRack(instrument, firstSlot: slot, tickSeconds: tickSeconds, transport))
            slot += info.parameters.count
        }
        var effects: [EffectRack] = []
        for info in EffectCatalogue.all {
            effects.append(EffectRack(info.make(sampleRate), firstSlot: slot, tickSeconds: tickSeconds))
            slot += info.parameters.count
        }
        self.instruments = instruments
        self.effects = effects
        self.layout = layout
        self.transport = transport
        sequencer = Sequencer(transport, instruments)
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
        sequencer.adopt(plan)
    }

    /// Launches a pattern or ends it, at its next quantum.
    func launch(_ pattern: Int, _ isWanted: Bool, plan: PlanView) { sequencer.ask(pattern, isWanted, plan) }

    /// Sample-frames until a pattern or an arpeggio does something, at least as many as the tick has left if nothing is to come.
    var framesUntilNext: Int {
        var next = sequencer.nextFrame
        for rack in instruments { next = min(next, rack.nextFrame) }
        return next - transport.frame
    }

    /// Plays what patterns and arpeggios have for this sample-frame.
    func perform(plan: PlanView) {
        sequencer.perform(plan)
        for rack in instruments { rack.perform() }
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
        sequencer.reset()
        master.reset()
    }

    /// Hands the parameter values of the coming tick to everything that sounds.
    func tick(_ bus: UnsafeMutablePointer<Float>, plan: PlanView) {
        transport.tick(bus + layout.transport)
        bus[layout.beat] = transport.isRunning ? Float(transport.beatInBar) : 0
        bus[layout.bar] = transport.isRunning ? Float(transport.bar) : 0
        sequencer.tick(bus, patterns: layout.patterns, plan)
        perform(plan: plan)  // what begins with the tick does so before the instruments' tick, as events do
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
            effects[index].tick(bus, isInProject: isInProject, tempo: Float(transport.tempo))
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
        transport.advance(count)
    }
}
