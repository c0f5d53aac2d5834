import StarlingDSP
import StarlingMath

/// One note of the wavetable synthesiser: up to four oscillators on one wave that moves, a stereo low-pass, a contour.
struct WavetableVoice {
    private var note: NoteNumber = 0
    /// The loudness over time.
    var contour = Contour()
    private var bloom = Contour()
    private var velocity: Float = 0
    private var force: Float = 0
    private var swing: Float = 0
    private var phase = Lanes.zero
    private var increment = LaneRamp()
    /// Where among the sets and among the waves; gain.
    private var place = LaneRamp()
    private var left = LaneRamp()
    private var right = LaneRamp()
    /// Tangent of the cutoff and width.
    private var shape = LaneRamp()
    private var filter = StateVariable()
    private let tables: MorphTables
    /// The table, and the one it comes from within a tick where it changes.
    private var table = 0
    private var former = 0
    private var fade: Float = 1
    private var oscillatorCount = 1

    init(_ tables: MorphTables) { self.tables = tables }

    /// Begins a note. A silent voice begins afresh; another glides there within the next tick.
    mutating func begin(
        _ note: NoteNumber, velocity: Float, order: UInt32, _ manner: WavetableManner, _ sampleRate: Hertz
    ) {
        let wasSilent = contour.isSilent
        self.note = note
        self.velocity = velocity
        contour.begin()
        bloom.begin()
        if wasSilent { refresh(order, manner, sampleRate) }
    }

    private mutating func refresh(_ order: UInt32, _ manner: WavetableManner, _ sampleRate: Hertz) {
        var random = SeededRandom(seed: UInt64(order))
        phase = Lanes(0.02, random.uniform(), random.uniform(), random.uniform())
        filter = StateVariable()
        (force, swing) = (velocity, 0)
        bloom = Contour()
        bloom.begin()
        aim(manner, sampleRate, atOnce: true)
        former = table
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: WavetableManner, _ sampleRate: Hertz) {
        force += (velocity - force) * min(Float(tickFrameCount) / sampleRate * 150, 1)
        if !contour.isHeld { bloom.end() }
        _ = bloom.next()
        swing += manner.rate
        swing -= swing.rounded(.down)
        former = table
        fade = 0
        aim(manner, sampleRate, atOnce: false)
    }

    private mutating func aim(_ manner: WavetableManner, _ sampleRate: Hertz, atOnce: Bool) {
        contour.aim(manner.contour)
        bloom.aim(manner.slowContour)
        aimPitch(manner, sampleRate, atOnce)
        aimFilter(manner, sampleRate, atOnce)
        let wave = manner.wave + manner.bloom * bloom.level + manner.sway * fastSine(cycles: swing)
        let gain = manner.gain * force * force
        place.aim(at: Lanes(manner.set, clamp(wave, 0, Float(MorphSpectra.waveCount - 1)), gain, 0), atOnce: atOnce)
        left.aim(at: manner.left, atOnce: atOnce)
        right.aim(at: manner.right, atOnce: atOnce)
        oscillatorCount = max(manner.oscillatorCount, left.value[1] == 0 && left.step[1] == 0 ? 1 : 4)
    }

    private mutating func aimPitch(_ manner: WavetableManner, _ sampleRate: Hertz, _ atOnce: Bool) {
        let frequency = smaller(
            440 / sampleRate * fastExp2((note + manner.intervals - 69) * (1 / 12)), Lanes(repeating: 0.45))
        increment.aim(at: frequency, atOnce: atOnce)
        // The frequency moves within the tick: the table must be right at both its ends.
        let moving = larger(increment.value, frequency)
        table = MorphTables.table(frequency: max(max(moving[0], moving[1]), max(moving[2], moving[3])))
    }

    private mutating func aimFilter(_ manner: WavetableManner, _ sampleRate: Hertz, _ atOnce: Bool) {
        let cutoff = manner.cutoff + 0.5 * (note - 60) + manner.sweep * bloom.level + 24 * (force - 0.8)
        let frequency = clamp(hertz(note: clamp(cutoff, 0, 150)) / sampleRate, 0.0002, 0.45)
        let tangent = fastTangent(halfTurns: Lanes(repeating: frequency))[0]
        shape.aim(at: Lanes(tangent, manner.width, 0, 0), atOnce: atOnce)
        filter.flush()
    }

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        var this = self
        for i in 0..<count {
            let sound = this.oscillate()
            let input = SIMD2((sound * this.left.value).total, (sound * this.right.value).total)
            let heard = this.filter.next(input, tangent: this.shape.value[0], width: this.shape.value[1]).low
            let gain = this.contour.next() * this.place.value[2]
            l[i] += heard[0] * gain
            r[i] += heard[1] * gain
            this.walk()
        }
        self = this
    }

    @inline(__always) private mutating func oscillate() -> Lanes {
        let here = MorphPlace(set: place.value[0], wave: place.value[1])
        var sound = Lanes.zero
        for lane in 0..<oscillatorCount { sound[lane] = tables.wave(table, phase: phase[lane], here) }
        if former != table {
            for lane in 0..<oscillatorCount {
                let old = tables.wave(former, phase: phase[lane], here)
                sound[lane] = old + (sound[lane] - old) * fade
            }
            fade += 1 / Float(tickFrameCount)
        }
        return sound
    }

    @inline(__always) private mutating func walk() {
        phase += increment.value
        phase -= Lanes.zero.replacing(with: 1, where: phase .>= 1)
        increment.value += increment.step
        place.value += place.step
        left.value += left.step
        right.value += right.step
        shape.value += shape.step
    }
}
