import StarlingDSP
import StarlingMath

/// Plays the patterns of the plan in time, each on its own instrument.
///
/// A pattern that is asked for begins and ends at its quantum; one that is edited goes on where it is. Every note ends at a beat
/// of its own, so none hangs, whatever becomes of its pattern. All memory is taken in `init`.
final class Sequencer {
    private static let noteCapacity = 64

    private let transport: Transport
    private let racks: [InstrumentRack]
    private var patterns: UnsafeMutablePointer<RunningPattern>
    private var sparePatterns: UnsafeMutablePointer<RunningPattern>
    private var count = 0
    private let notes: UnsafeMutablePointer<SoundingNote>
    private var noteCount = 0
    private var wasRunning = false

    init(_ transport: Transport, _ racks: [InstrumentRack]) {
        self.transport = transport
        self.racks = racks
        patterns = .allocate(capacity: Plan.Limit.patterns)
        sparePatterns = .allocate(capacity: Plan.Limit.patterns)
        notes = .allocate(capacity: Self.noteCapacity)
        patterns.initialize(repeating: RunningPattern(), count: Plan.Limit.patterns)
        sparePatterns.initialize(repeating: RunningPattern(), count: Plan.Limit.patterns)
        notes.initialize(repeating: SoundingNote(), count: Self.noteCapacity)
    }

    deinit {
        patterns.deallocate()
        sparePatterns.deallocate()
        notes.deallocate()
    }

    /// The sample-frame of the tick at which something happens next.
    var nextFrame: Int {
        var next = tickFrameCount
        for n in 0..<noteCount { next = min(next, transport.frame(of: notes[n].end)) }
        for p in 0..<count { next = min(next, transport.frame(of: patterns[p].nextBeat(transport))) }
        return next
    }

    /// Forgets the notes that the instruments have forgotten; the patterns go on with their next steps.
    func reset() { noteCount = 0 }

    /// Takes over the patterns of a plan. One that was there before goes on; the player's wish counts where it has changed.
    func adopt(_ plan: PlanView) {
        for p in 0..<plan.patternCount { sparePatterns[p] = known(plan.pattern(p).key) }
        swap(&patterns, &sparePatterns)
        count = plan.patternCount
        for p in 0..<count {
            let pattern = plan.pattern(p)
            patterns[p].keepPace(pattern.length)
            if patterns[p].isFlagged != pattern.isPlaying {
                patterns[p].isFlagged = pattern.isPlaying
                ask(p, pattern.isPlaying, plan)
            }
        }
    }

    private func known(_ key: UInt32) -> RunningPattern {
        for p in 0..<count where patterns[p].key == key { return patterns[p] }
        return RunningPattern(key: key)
    }

    /// Asks for a pattern to play, or not to, from its next quantum on.
    func ask(_ index: Int, _ isWanted: Bool, _ plan: PlanView) {
        guard index < count else { return }
        let pattern = plan.pattern(index)
        ask(index, isWanted, at: transport.boundary(pattern.quantum, step: pattern.length))
    }

    private func ask(_ index: Int, _ isWanted: Bool, at beat: Double) {
        patterns[index].isWanted = isWanted
        patterns[index].changeBeat = transport.isRunning && patterns[index].isOn != isWanted ? beat : .infinity
    }

    /// Sees what the models recognise and whether the transport runs, and writes the patterns' slots.
    func tick(_ bus: UnsafeMutablePointer<Float>, patterns slots: Range<Int>, _ plan: PlanView) {
        for p in 0..<count { recognise(p, bus, plan) }
        if transport.isRunning != wasRunning { transport.isRunning ? start() : stop() }
        wasRunning = transport.isRunning
        for p in 0..<slots.count { bus[slots.lowerBound + p] = p < count ? patterns[p].shown(plan.pattern(p)) : -1 }
    }

    private func start() {
        for p in 0..<count where patterns[p].isWanted { patterns[p].changeBeat = transport.origin }
    }

    private func stop() {
        for p in 0..<count { patterns[p].stop() }
        while noteCount > 0 { end(0) }
    }

    /// A category that has just been recognised launches its pattern, and ends the others of the same instrument with it.
    private func recognise(_ index: Int, _ bus: UnsafePointer<Float>, _ plan: PlanView) {
        let pattern = plan.pattern(index)
        let isRecognised =
            0..<plan.modelCount ~= pattern.model && Int(bus[plan.model(pattern.model).firstSlot + ModelSlot.label]) == pattern.category
        guard isRecognised != patterns[index].isRecognised else { return }
        patterns[index].isRecognised = isRecognised
        if isRecognised { launch(index, plan) } else if !pattern.isLatched { ask(index, false, plan) }
    }

    private func launch(_ index: Int, _ plan: PlanView) {
        let pattern = plan.pattern(index)
        let beat = transport.boundary(pattern.quantum, step: pattern.length)
        for other in 0..<count where other != index && plan.pattern(other).instrument == pattern.instrument {
            ask(other, false, at: beat)
        }
        ask(index, true, at: beat)
    }

    /// Plays what is due: first notes end, then patterns change and play their steps.
    func perform(_ plan: PlanView) {
        var n = 0
        while n < noteCount { if transport.isDue(notes[n].end) { end(n) } else { n += 1 } }
        for p in 0..<count {
            while transport.isDue(patterns[p].nextBeat(transport)) { advance(p, plan.pattern(p)) }
        }
    }

    private func advance(_ index: Int, _ pattern: PlanView.Pattern) {
        if patterns[index].changeBeat <= patterns[index].stepBeat {
            patterns[index].change()
        } else {
            play(pattern, step: patterns[index].step % pattern.stepCount)
            patterns[index].step += 1
        }
    }

    private func play(_ pattern: PlanView.Pattern, step: Int) {
        let end = transport.now + Double(pattern.gate) * pattern.length.beats
        for lane in 0..<pattern.laneCount {
            let velocity = pattern.velocity(lane, step: step)
            if velocity > 0 { begin(SoundingNote(instrument: pattern.instrument, note: pattern.note(lane), end: end), velocity) }
        }
    }

    /// Begins a note, anew if it sounds already; where there are too many, the one that began first ends.
    private func begin(_ note: SoundingNote, _ velocity: Float) {
        for n in 0..<noteCount where notes[n].instrument == note.instrument && notes[n].note == note.note {
            end(n)
            break
        }
        if noteCount == Self.noteCapacity { end(0) }
        racks[note.instrument].begin(note.note, velocity: velocity)
        notes[noteCount] = note
        noteCount += 1
    }

    private func end(_ index: Int) {
        racks[notes[index].instrument].end(notes[index].note)
        noteCount -= 1
        for n in index..<noteCount { notes[n] = notes[n + 1] }
    }
}

/// A note that a pattern has begun, with the beat at which it ends.
private struct SoundingNote {
    var instrument = 0
    var note: NoteNumber = 0
    var end = Double.infinity
}

/// Where a pattern is.
private struct RunningPattern {
    var key: UInt32 = 0
    /// What the plan last said of whether it is to play.
    var isFlagged = false
    var isWanted = false
    var isOn = false
    var isRecognised = false
    /// When it begins or ends as wanted; infinity for never.
    var changeBeat = Double.infinity
    /// The beat of its first step.
    private var start = Double.infinity
    /// How many steps it has played.
    var step = 0
    private var length = NoteLength.sixteenth

    init(key: UInt32 = 0) { self.key = key }

    /// Where the next step lies on the grid.
    var stepBeat: Double { isOn ? start + Double(step) * length.beats : .infinity }

    /// When something happens next.
    func nextBeat(_ transport: Transport) -> Double {
        min(changeBeat, isOn ? transport.swung(stepBeat, length) : .infinity)
    }

    /// What its slot says.
    func shown(_ pattern: PlanView.Pattern) -> Float {
        isOn && step > 0 ? Float((step - 1) % pattern.stepCount) : isWanted ? -2 : -1
    }

    /// Other steps follow where the next one would have been.
    mutating func keepPace(_ next: NoteLength) {
        if isOn { start = stepBeat - Double(step) * next.beats }
        length = next
    }

    mutating func change() {
        (isOn, start, step) = (isWanted, changeBeat, 0)
        changeBeat = .infinity
    }

    /// Stops at once; whether it is wanted stays.
    mutating func stop() { (isOn, changeBeat) = (false, .infinity) }
}
