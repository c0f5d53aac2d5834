import StarlingDSP
import StarlingMath

/// The oscillators of one note of the subtractive synthesiser, in stereo: three in unison and the second one, a lane each.
///
/// Cost: four table reads a sample-frame for sawtooths, eight for pulses.
struct SubtractiveOscillators {
    private var phase = Lanes.zero
    private var increment = LaneRamp()
    /// Shares of sawtooth, pulse and triangle; the pulse's width in cycles.
    private var wave = LaneRamp()
    private var left = LaneRamp()
    private var right = LaneRamp()
    /// The tables of the unison and of the second oscillator, and those they come from within a tick where they change.
    private var table = (0, 0)
    private var former = (0, 0)
    private var fade: Float = 1

    /// Begins afresh at places that chance chooses.
    mutating func begin(seed: UInt32) {
        var random = SeededRandom(seed: UInt64(seed))
        for lane in 0..<4 { phase[lane] = 0.02 + 0.45 * random.uniform() }
    }

    /// Aims at a note for the end of the tick that begins now, or goes there at once.
    mutating func aim(_ note: NoteNumber, _ manner: SubtractiveManner, _ sampleRate: Hertz, atOnce: Bool) {
        let frequency = smaller(
            440 / sampleRate * fastExp2((note + manner.intervals - 69) * (1 / 12)), Lanes(repeating: 0.45))
        increment.aim(at: frequency, atOnce: atOnce)
        wave.aim(at: manner.wave, atOnce: atOnce)
        left.aim(at: manner.left, atOnce: atOnce)
        right.aim(at: manner.right, atOnce: atOnce)
        former = table
        fade = 0
        // The frequency moves within the tick: the table must be right at both its ends.
        let moving = larger(increment.value, frequency)
        table = (WaveTables.table(frequency: max(moving[0], max(moving[1], moving[2]))), WaveTables.table(frequency: moving[3]))
        if atOnce { former = table }
    }

    /// Writes the next `count` frames.
    mutating func render(_ tables: WaveTables, _ sound: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
        if former == table && isSawtooth {
            sawtooths(tables, sound, count: count)
        } else {
            waves(tables, sound, count: count)
        }
    }

    private var isSawtooth: Bool { !isPulse && wave.value[2] == 0 && wave.step[2] == 0 }
    private var isPulse: Bool { wave.value[1] != 0 || wave.step[1] != 0 }

    private mutating func sawtooths(_ tables: WaveTables, _ sound: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
        var this = self
        let (unison, second) = (tables.start(table.0), tables.start(table.1))
        for i in 0..<count {
            sound[i] = this.placed(WaveTables.waves(unison, second, phase: this.phase).sawtooth)
            this.walk()
        }
        self = this
    }

    private mutating func waves(_ tables: WaveTables, _ sound: UnsafeMutablePointer<SIMD2<Float>>, count: Int) {
        var this = self
        let (isPulse, isChanging) = (isPulse, former != table)
        for i in 0..<count {
            var mixed = this.mixed(tables, table, isPulse)
            if isChanging {
                let old = this.mixed(tables, former, isPulse)
                mixed = old + (mixed - old) * this.fade
                this.fade += 1 / Float(tickFrameCount)
            }
            sound[i] = this.placed(mixed)
            this.walk()
        }
        self = this
    }

    @inline(never) private func mixed(_ tables: WaveTables, _ table: (Int, Int), _ isPulse: Bool) -> Lanes {
        let (unison, second) = (tables.start(table.0), tables.start(table.1))
        let here = WaveTables.waves(unison, second, phase: phase)
        let mixed = wave.value[0] * here.sawtooth + wave.value[2] * here.triangle
        if !isPulse { return mixed }
        // A pulse is the difference of two sawtooths.
        let other = Self.turned(phase + wave.value[3])
        return mixed + wave.value[1] * (here.sawtooth - WaveTables.waves(unison, second, phase: other).sawtooth)
    }

    /// What the four give to the left and to the right together.
    @inline(__always) private func placed(_ sound: Lanes) -> SIMD2<Float> {
        let (l, r) = (sound * left.value, sound * right.value)
        let sums = Lanes(l[0], r[0], l[1], r[1]) + Lanes(l[2], r[2], l[3], r[3])
        return sums.lowHalf + sums.highHalf
    }

    @inline(__always) private mutating func walk() {
        phase = Self.turned(phase + increment.value)
        increment.value += increment.step
        wave.value += wave.step
        left.value += left.step
        right.value += right.step
    }

    @inline(__always) private static func turned(_ phase: Lanes) -> Lanes {
        phase - Lanes.zero.replacing(with: 1, where: phase .>= 1)
    }
}
