import StarlingDSP
import StarlingMath

/// One note of frequency modulation: four sines, each of which may bend the phases of the others.
///
/// The four operators are four lanes. What operator j (source) does to operator i (target) is column j of a matrix, so
/// that every algorithm, and everything between two of them, is the same code; it acts with a sample-frame's delay.
struct Operators {
    private(set) var note: NoteNumber = 0
    var contour = Contour()
    private var bite = Contour()
    private var velocity: Float = 0
    private var force: Float = 0
    private var phase = Lanes.zero
    private var output = Lanes.zero
    private var former = Lanes.zero
    private var increment = LaneRamp()
    private var columns = (LaneRamp(), LaneRamp(), LaneRamp(), LaneRamp())
    private var left = LaneRamp()
    private var right = LaneRamp()

    init() {}

    /// Begins a note. A silent voice begins afresh; another glides there within the next tick.
    mutating func begin(_ note: NoteNumber, velocity: Float, _ manner: OperatorManner, _ sampleRate: Hertz) {
        let wasSilent = contour.isSilent
        self.note = note
        self.velocity = velocity
        contour.begin()
        bite.begin()
        guard wasSilent else { return }
        self.phase = Lanes(0.03, 0, 0, 0)
        (output, former, force) = (.zero, .zero, velocity)
        bite = Contour()
        bite.begin()
        aim(manner, sampleRate, atOnce: true)
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: OperatorManner, _ sampleRate: Hertz) {
        force += (velocity - force) * min(Float(tickFrameCount) / sampleRate * 150, 1)
        if !contour.isHeld { bite.end() }
        _ = bite.next()
        aim(manner, sampleRate, atOnce: false)
    }

    private mutating func aim(_ manner: OperatorManner, _ sampleRate: Hertz, atOnce: Bool) {
        contour.aim(manner.contour)
        bite.aim(manner.biteContour)
        let frequency = 440 / sampleRate * fastExp2((note + manner.tune - 69) * (1 / 12)) * manner.ratios
        increment.aim(at: smaller(frequency, Lanes(repeating: 0.45)), atOnce: atOnce)
        let strength = (1 - manner.bite + manner.bite * bite.level * 1.6) * (0.4 + 0.75 * force)
        bend(manner, frequency, strength, atOnce)
        let gain = 0.155 * force * force
        left.aim(at: manner.left * gain, atOnce: atOnce)
        right.aim(at: manner.right * gain, atOnce: atOnce)
    }

    /// Sets the matrix, no stronger than the sample rate allows.
    private mutating func bend(_ manner: OperatorManner, _ frequency: Lanes, _ strength: Float, _ atOnce: Bool) {
        let index = strength * manner.index
        let wanted = (
            manner.columns.0 * index, manner.columns.1 * index, manner.columns.2 * index,
            manner.columns.3 * index + Lanes(0, 0, 0, manner.feedback)
        )
        let share = bearable(wanted, frequency)
        columns.0.aim(at: wanted.0 * share, atOnce: atOnce)
        columns.1.aim(at: wanted.1 * share, atOnce: atOnce)
        columns.2.aim(at: wanted.2 * share, atOnce: atOnce)
        columns.3.aim(at: wanted.3 * share, atOnce: atOnce)
    }

    /// How much of the modulation keeps the highest audible side tone below half the sample rate.
    ///
    /// A carrier modulated with index I (in cycles) reaches about f + (2 pi I + 3) B, where B is how far its modulator reaches.
    private func bearable(_ columns: (Lanes, Lanes, Lanes, Lanes), _ frequency: Lanes) -> Float {
        var share: Float = 1
        for _ in 0..<7 where reach(columns, frequency, share) > 0.5 { share *= 0.55 }
        return share * limit(reach(columns, frequency, share) - 0.25)
    }

    /// 1 far below half the sample rate, 0 near it.
    private func limit(_ frequency: Float) -> Float { clamp(2 - 4 * frequency, 0, 1) }

    private func reach(_ columns: (Lanes, Lanes, Lanes, Lanes), _ frequency: Lanes, _ share: Float) -> Float {
        var reach = frequency
        for _ in 0..<3 {
            var next = frequency
            next += wide(columns.0 * share) * reach[0]
            next += wide(columns.1 * share) * reach[1]
            next += wide(columns.2 * share) * reach[2]
            next += wide(columns.3 * share) * reach[3]
            reach = next
        }
        return max(max(reach[0], reach[1]), max(reach[2], reach[3]))
    }

    /// How many side tones an index has that are above -60 dB.
    private func wide(_ index: Lanes) -> Lanes {
        (6.283 * index + 2.6).replacing(with: 40 * index, where: index .< 0.078)
    }

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        var this = self
        for i in 0..<count {
            let sound = this.next() * this.contour.next()
            l[i] += (sound * this.left.value).total
            r[i] += (sound * this.right.value).total
            this.left.value += this.left.step
            this.right.value += this.right.step
        }
        self = this
        output = flushed(output)
        former = flushed(former)
    }

    @inline(__always) private mutating func next() -> Lanes {
        let mean = (output + former) * 0.5  // feedback of two frames' mean does not hunt
        var bent = columns.0.value * output[0] + columns.1.value * output[1]
        bent += columns.2.value * output[2] + columns.3.value * Lanes(output[3], output[3], output[3], mean[3])
        former = output
        output = sine(phase + bent)
        phase = wrapped(phase + increment.value)
        increment.value += increment.step
        columns.0.value += columns.0.step
        columns.1.value += columns.1.step
        columns.2.value += columns.2.step
        columns.3.value += columns.3.step
        return output
    }

    /// The sine of each lane's phase in cycles.
    @inline(__always) private func sine(_ cycles: Lanes) -> Lanes {
        let doubled = 2 * (cycles - cycles.rounded(.toNearestOrEven))
        let folded = (1 - doubled).replacing(with: -1 - doubled, where: doubled .< -0.5)
        return fastSine(halfTurns: folded.replacing(with: doubled, where: (doubled .>= -0.5) .& (doubled .<= 0.5)))
    }
}
