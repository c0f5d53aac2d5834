import StarlingDSP
import StarlingMath

/// One note of the subtractive synthesiser: oscillators, a filter, and a contour for both.
struct SubtractiveVoice {
    private(set) var note: NoteNumber = 0
    /// The loudness over time.
    var contour = Contour()
    private var sweep = Contour()
    private var velocity: Float = 0
    private var force: Float = 0
    private var oscillators = SubtractiveOscillators()
    private var filter = SubtractiveFilter()
    private var gain = LaneRamp()

    /// Begins a note. A silent voice begins afresh; another glides there within the next tick.
    mutating func begin(
        _ note: NoteNumber, velocity: Float, order: UInt32, _ manner: SubtractiveManner, _ sampleRate: Hertz
    ) {
        let wasSilent = contour.isSilent
        self.note = note
        self.velocity = velocity
        contour.begin()
        sweep.begin()
        if wasSilent { refresh(order, manner, sampleRate) }
    }

    private mutating func refresh(_ order: UInt32, _ manner: SubtractiveManner, _ sampleRate: Hertz) {
        oscillators.begin(seed: order)
        filter = SubtractiveFilter()
        force = velocity
        sweep = Contour()
        sweep.begin()
        aim(manner, sampleRate, atOnce: true)
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: SubtractiveManner, _ sampleRate: Hertz) {
        force += (velocity - force) * min(Float(tickFrameCount) / sampleRate * 150, 1)
        if !contour.isHeld { sweep.end() }
        _ = sweep.next()
        aim(manner, sampleRate, atOnce: false)
    }

    private mutating func aim(_ manner: SubtractiveManner, _ sampleRate: Hertz, atOnce: Bool) {
        contour.aim(manner.contour)
        sweep.aim(manner.slowContour)
        oscillators.aim(note, manner, sampleRate, atOnce: atOnce)
        let place = manner.cutoff + manner.follow * (note - 60) + manner.sweep * sweep.level + 24 * (force - 0.8)
        let frequency = clamp(hertz(note: clamp(place, 0, 150)) / sampleRate, 0.0002, 0.45)
        filter.aim(frequency, manner, atOnce: atOnce)
        gain.aim(at: Lanes(repeating: manner.gain * force * force), atOnce: atOnce)
    }

    /// Adds the next `count` frames, worked out in `sound`, which has room for twice as many and two more.
    mutating func add(
        to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int, _ tables: WaveTables,
        _ sound: UnsafeMutablePointer<SIMD2<Float>>
    ) {
        oscillators.render(tables, sound, count: count)
        filter.process(sound, count: count)
        var (contour, gain) = (contour, gain)
        for i in 0..<count {
            let heard = sound[i] * (contour.next() * gain.value[0])
            l[i] += heard[0]
            r[i] += heard[1]
            gain.value += gain.step
        }
        (self.contour, self.gain) = (contour, gain)
    }
}
