import StarlingDSP
import StarlingFeatures
import StarlingLearning
import StarlingMath
import StarlingSynthesis

/// The whole chain from microphone to loudspeaker: listen, learn, map, play, in this order.
///
/// One engine runs on one audio thread. All memory is taken by `init`; no other member allocates, locks or
/// throws. Work is cut at ticks, at events and at the end of the caller's block, so that the sound does not
/// depend on the size of the blocks.
public final class Engine {
    /// Parameters move and stages run on a grid of this many sample-frames.
    public static let tickSize = tickFrameCount
    /// Sample-frames between two analyses, unless natively another number is asked for.
    public static let hopSize = 256
    /// Samples in one analysis, unless the project says otherwise.
    public static let frameSize = 1024
    /// The longest weights blob a model may have, in words.
    public static let weightsCapacity = 524_288

    public let sampleRate: Hertz
    /// How the sound is cut and measured.
    public let listening: FeatureSetup
    public let layout = BusLayout()
    /// The bus: `BusLayout.capacity` floats.
    public let bus = Floats(BusLayout.capacity)
    /// Sample-frames processed since the start.
    public private(set) var time: SampleCount = 0
    /// How many analyses there have been; the bus changes with each.
    public private(set) var hopCount = 0

    private let analyser: FeatureAnalyser
    private let derived: DerivedStage
    private let learn: LearnStage
    private let map: MapStage
    private let play: PlayStage
    private let events = EventQueue()
    private var plan: PlanBuffer
    private var sparePlan: PlanBuffer
    private let triggered = Floats([Float](repeating: -1, count: Plan.Limit.models))

    /// Takes all memory for an engine at a sample rate of 8,000...192,000 Hz that listens as by default.
    public convenience init(sampleRate: Hertz) { self.init(FeatureSetup(sampleRate: sampleRate)) }

    /// Takes all memory for an engine. The setup must be valid, its hop a multiple of `tickSize`.
    public init(_ listening: FeatureSetup) {
        precondition(listening.hopSize % Self.tickSize == 0, "a hop must be a whole number of ticks")
        self.listening = listening
        let sampleRate = listening.sampleRate
        let hopSeconds = Float(listening.hopSize) / sampleRate
        self.sampleRate = sampleRate
        let tickSeconds = Float(Self.tickSize) / sampleRate
        analyser = FeatureAnalyser(listening)
        derived = DerivedStage(layout: layout, hopSeconds: hopSeconds)
        learn = LearnStage(wordCapacity: Self.weightsCapacity, hopSeconds: hopSeconds)
        map = MapStage(layout: layout, tickSeconds: tickSeconds)
        play = PlayStage(sampleRate: sampleRate, layout: layout, tickSeconds: tickSeconds)
        plan = PlanBuffer(Plan.empty(layout))
        sparePlan = PlanBuffer(Plan.empty(layout))
        for slot in layout.listen { bus[slot] = layout.initialValue(ofInput: slot) }
        map.settle(bus.pointer)
    }

    /// How often something that was not a number had to be silenced.
    public var faultCount: Int { play.faultCount }
    /// How many events were dropped because too many came at once.
    public var droppedEventCount: Int { events.droppedCount }

    /// Takes over a new plan at once; what differs from the old one is moved to smoothly.
    ///
    /// Returns false, and keeps the old plan, if the words are not a valid plan.
    public func load(plan words: UnsafePointer<UInt32>, count: Int) -> Bool {
        guard PlanView.isValid(words, count: count, layout: layout) else { return false }
        sparePlan.copy(words, count: count)
        let next = sparePlan.view
        for index in 0..<Plan.Limit.models where !isUnchanged(index, next) { forget(index, next) }
        swap(&plan, &sparePlan)
        analyser.onsets = next.onsets
        derived.adopt(next, bus.pointer)
        learn.adopt(next)
        map.adopt(next, play)
        play.adopt(next)
        return true
    }

    /// Whether the slots of a model say the same in the present plan and the next: what it has said then stays true.
    private func isUnchanged(_ index: Int, _ next: PlanView) -> Bool {
        guard index < plan.view.modelCount, index < next.modelCount else { return false }
        return plan.view.model(index).saysTheSame(as: next.model(index))
    }

    /// Ends the note that a model has started and empties the slots it will have.
    private func forget(_ index: Int, _ next: PlanView) {
        if triggered[index] >= 0 { play.noteOff(triggered[index]) }
        triggered[index] = -1
        guard index < next.modelCount else { return }
        let model = next.model(index)
        for slot in model.firstSlot..<model.firstOutputSlot { bus[slot] = 0 }
        bus[model.firstSlot + ModelSlot.label] = -1
        for slot in 0..<model.outputSlotCount { bus[model.firstOutputSlot + slot] = model.restingValue(slot) }
    }

    /// Takes over trained weights for the model with a key; false if there is no such model or they are not valid.
    public func load(weights words: UnsafePointer<Float>, count: Int, key: UInt32) -> Bool {
        learn.load(words, count: count, key: key, plan: plan.view)
    }

    /// The sounds that instruments play. One comes in by way of a room that nothing plays from: `SoundBank.freeRoom`.
    public var sounds: SoundBank { play.sounds }

    /// Files an event for its time.
    public func schedule(_ event: Event) { events.add(event) }

    /// Listens to `count` sample-frames of input and plays as many; any count, also 1.
    public func process(
        _ input: UnsafePointer<Float>, _ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        var done = 0
        while done < count {
            while events.nextTime <= time { perform(events.removeFirst()) }
            let intoTick = time % Self.tickSize
            if intoTick == 0 { tick() }
            play.perform(plan: plan.view)
            let untilNext = min(events.nextTime - time, play.framesUntilNext)
            let length = min(count - done, Self.tickSize - intoTick, untilNext)
            analyser.write(input + done, count: length)
            play.sounds.hear(input + done, count: length)
            play.render(left + done, right + done, count: length)
            done += length
            time += length
        }
    }

    private func tick() {
        if time > 0, time % listening.hopSize == 0 { hop() }
        map.tick(bus.pointer, plan: plan.view, play)
        play.tick(bus.pointer, plan: plan.view)
    }

    private func hop() {
        analyser.analyse(into: bus.pointer)
        derived.hop(bus.pointer, plan: plan.view)
        learn.hop(bus.pointer, plan: plan.view, loudness: bus[layout.loudness])
        trigger()
        bus[layout.meter] = play.takeLevel()
        hopCount += 1
    }

    /// Starts the note of a category that has just been recognised and ends that of the one before.
    private func trigger() {
        for index in 0..<plan.view.modelCount {
            let model = plan.view.model(index)
            let label = Int(bus[model.firstSlot + ModelSlot.label])
            let note = label >= 0 && label < model.categoryCount ? model.note(label) : -1
            guard note != triggered[index] else { continue }
            if triggered[index] >= 0 { play.noteOff(triggered[index]) }
            if note >= 0 { play.noteOn(note, velocity: 0.8) }
            triggered[index] = note
        }
    }

    private func perform(_ event: Event) {
        switch event.kind {
        case .set: set(event.slot, event.value)
        case .grab: withParameter(event.slot) { map.setGrabbed($0, true) }
        case .letGo: withParameter(event.slot) { map.setGrabbed($0, false) }
        case .noteOn: play.noteOn(NoteNumber(event.slot), velocity: clamp(event.value, 0, 1))
        case .noteOff: play.noteOff(NoteNumber(event.slot))
        case .panic: play.panic()
        }
    }

    /// A control holds what it is set to; a parameter is moved there; a pattern is launched, by a number below 0 ended.
    private func set(_ slot: Int, _ value: Float) {
        if layout.patterns.contains(slot) { play.launch(slot - layout.patterns.lowerBound, value >= 0, plan: plan.view) }
        if layout.controls.contains(slot), value.isFinite { bus[slot] = value }
        withParameter(slot) { map.set($0, value: value) }
    }

    @inline(__always) private func withParameter(_ slot: Int, _ body: (Int) -> Void) {
        if layout.play.contains(slot) { body(slot - layout.play.lowerBound) }
    }
}

/// Room for one plan, so that two can take turns.
private struct PlanBuffer {
    private let words = UnsafeMutablePointer<UInt32>.allocate(capacity: Plan.Limit.words)

    init(_ plan: Plan) {
        let initial = plan.words()
        words.update(from: initial, count: initial.count)
    }

    var view: PlanView { PlanView(words) }

    func copy(_ source: UnsafePointer<UInt32>, count: Int) { words.update(from: source, count: count) }
}

extension Plan {
    /// The plan of an engine that has been told nothing: no models, nothing plays, every parameter at its default.
    public static func empty(_ layout: BusLayout) -> Plan {
        var plan = Plan()
        plan.positions = layout.parameters.map { $0.info.position(value: $0.info.defaultValue) }
        plan.instruments = InstrumentCatalogue.all.map { _ in Instrument() }
        return plan
    }
}
