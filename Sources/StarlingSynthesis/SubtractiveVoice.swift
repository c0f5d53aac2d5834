import StarlingDSP
import StarlingMath

/// One note of the subtractive synthesiser: four oscillators, a stereo filter of fourth order, a contour.
///
/// The filter is two state-variable filters in a row, of which the second one resonates, or a transistor ladder.
struct SubtractiveVoice {
    /// The loudness over time.
    private(set) var note: NoteNumber = 0
    var contour = Contour()
    private var sweep = Contour()
    private var velocity: Float = 0
    private var force: Float = 0
    private var phase = Lanes.zero
    private var increment = LaneRamp()
    private var wave = LaneRamp()
    private var left = LaneRamp()
    private var right = LaneRamp()
    private var passes = LaneRamp()
    /// Tangent of the cutoff, the ladder's feedback, the second filter's width, gain.
    private var filter = LaneRamp()
    private var stages = (StateVariable(), StateVariable())
    private var ladder = Ladder()
    /// How much of the ladder is heard at the beginning and the end of the tick; the rest is the clean filter.
    private var ladderShare: (now: Float, next: Float) = (0, 0)
    private let tables: WaveTables
    /// The tables of the unison and of the second oscillator, and those they come from within a tick where they change.
    private var table = (0, 0)
    private var former = (0, 0)
    private var fade: Float = 1

    init(_ tables: WaveTables) { self.tables = tables }

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
        var random = SeededRandom(seed: UInt64(order))
        for lane in 0..<4 { phase[lane] = 0.02 + 0.45 * random.uniform() }
        stages = (StateVariable(), StateVariable())
        ladder = Ladder()
        force = velocity
        sweep = Contour()
        sweep.begin()
        aim(manner, sampleRate, atOnce: true)
        former = table
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: SubtractiveManner, _ sampleRate: Hertz) {
        force += (velocity - force) * min(Float(tickFrameCount) / sampleRate * 150, 1)
        if !contour.isHeld { sweep.end() }
        _ = sweep.next()
        former = table
        fade = 0
        aim(manner, sampleRate, atOnce: false)
    }

    private mutating func aim(_ manner: SubtractiveManner, _ sampleRate: Hertz, atOnce: Bool) {
        contour.aim(attack: manner.attack, decay: manner.decay, sustain: manner.sustain, release: manner.release)
        let ticks = 1 / Float(tickFrameCount)
        sweep.aim(
            attack: manner.attack * ticks, decay: manner.decay * ticks, sustain: manner.sustain,
            release: manner.release * ticks)
        aimPitch(manner, sampleRate, atOnce)
        aimFilter(manner, sampleRate, atOnce)
        wave.aim(at: manner.wave, atOnce: atOnce)
        left.aim(at: manner.left, atOnce: atOnce)
        right.aim(at: manner.right, atOnce: atOnce)
        aimLadder(manner, atOnce)
    }

    private mutating func aimPitch(_ manner: SubtractiveManner, _ sampleRate: Hertz, _ atOnce: Bool) {
        let frequency = smaller(
            440 / sampleRate * fastExp2((note + manner.intervals - 69) * (1 / 12)), Lanes(repeating: 0.45))
        increment.aim(at: frequency, atOnce: atOnce)
        // The frequency moves within the tick: the table must be right at both its ends.
        let moving = larger(increment.value, frequency)
        table = (WaveTables.table(frequency: max(moving[0], max(moving[1], moving[2]))), WaveTables.table(frequency: moving[3]))
    }

    /// The ladder comes and goes within a hundredth of a second, and rests where nothing of it is heard.
    private mutating func aimLadder(_ manner: SubtractiveManner, _ atOnce: Bool) {
        let next = ladderShare.next + (manner.ladder - ladderShare.next) * 0.15
        let isThere = atOnce || (next - manner.ladder).magnitude < 1e-3
        ladderShare = (atOnce ? manner.ladder : ladderShare.next, isThere ? manner.ladder : next)
        if ladderShare.next == 0 && ladderShare.now == 0 { ladder = Ladder() }
        var shares = manner.passes
        shares[3] = ladderShare.next
        passes.aim(at: shares, atOnce: atOnce)
    }

    private mutating func aimFilter(_ manner: SubtractiveManner, _ sampleRate: Hertz, _ atOnce: Bool) {
        let place = manner.cutoff + manner.follow * (note - 60) + manner.sweep * sweep.level + 24 * (force - 0.8)
        let frequency = clamp(hertz(note: clamp(place, 0, 150)) / sampleRate, 0.0002, 0.45)
        let tangent = fastTangent(halfTurns: Lanes(repeating: frequency))[0]
        let gain = 0.25 * force * force * fastExp2(0.35 * fastLog2(min(manner.width, 1)))
        filter.aim(at: Lanes(tangent, manner.feedback, manner.width, gain), atOnce: atOnce)
        stages.0.flush()
        stages.1.flush()
        ladder.flush()
    }

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        var this = self
        let (unison, second) = (tables.start(table.0), tables.start(table.1))
        let isChanging = former != table
        for i in 0..<count {
            var sound = this.oscillate(unison, second)
            if isChanging {
                let old = this.oscillate(tables.start(former.0), tables.start(former.1))
                sound = old + (sound - old) * this.fade
                this.fade += 1 / Float(tickFrameCount)
            }
            this.advance()
            let heard = this.filtered(SIMD2((sound * this.left.value).total, (sound * this.right.value).total))
            let gain = this.contour.next() * this.filter.value[3]
            l[i] += heard[0] * gain
            r[i] += heard[1] * gain
            this.walk()
        }
        self = this
    }

    @inline(__always) private func oscillate(_ unison: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Lanes {
        Lanes(sample(unison, 0), sample(unison, 1), sample(unison, 2), sample(second, 3))
    }

    @inline(__always) private func sample(_ table: UnsafePointer<Float>, _ lane: Int) -> Float {
        let place = phase[lane]
        var other = place + wave.value[3]
        if other >= 1 { other -= 1 }
        let (here, there) = (WaveTables.wave(table, phase: place), WaveTables.wave(table, phase: other))
        return wave.value[0] * here[0] + wave.value[1] * (here[0] - there[0]) + wave.value[2] * here[1]
    }

    @inline(__always) private mutating func advance() {
        phase += increment.value
        phase -= Lanes.zero.replacing(with: 1, where: phase .>= 1)
    }

    @inline(__always) private mutating func filtered(_ input: SIMD2<Float>) -> SIMD2<Float> {
        let (g, shares) = (filter.value[0], passes.value)
        if ladderShare.now == 1 && ladderShare.next == 1 { return climbed(input, g) }
        let once = Self.pass(input, &stages.0, g, 1.3, shares)
        let clean = Self.pass(once, &stages.1, g, filter.value[2], shares)
        if ladderShare.now == 0 && ladderShare.next == 0 { return clean }
        return clean + (climbed(input, g) - clean) * shares[3]
    }

    @inline(never) private mutating func climbed(_ input: SIMD2<Float>, _ g: Float) -> SIMD2<Float> {
        ladder.next(input, tangent: g, feedback: filter.value[1], shares: passes.value)
    }

    @inline(__always) private static func pass(
        _ input: SIMD2<Float>, _ stage: inout StateVariable, _ g: Float, _ width: Float, _ shares: Lanes
    ) -> SIMD2<Float> {
        let (low, band) = stage.next(input, tangent: g, width: width)
        return shares[0] * low + (shares[1] * width) * band + shares[2] * (input - width * band - low)
    }

    @inline(__always) private mutating func walk() {
        increment.value += increment.step
        wave.value += wave.step
        left.value += left.step
        right.value += right.step
        passes.value += passes.step
        filter.value += filter.step
    }
}
