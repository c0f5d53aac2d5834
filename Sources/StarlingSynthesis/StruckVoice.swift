import StarlingDSP
import StarlingMath

/// What follows from the parameters of the struck things for one tick and is the same for every note.
struct StruckManner {
    let sampleRate: Hertz
    /// The ratios of the twelve modes in octaves.
    var octaves = (Lanes.zero, Lanes.zero, Lanes.zero)
    /// Seconds until a mode is 60 dB softer, while held and after; how much sooner high modes are.
    let decay: Seconds
    let release: Seconds
    let damping: Float
    /// How hard the mallet is 0...1, and where it strikes 0...0.5.
    let hardness: Float
    let position: Float
    let spread: Float
    let tune: Float

    /// In the order of `Struck.info`.
    init(_ parameters: UnsafePointer<Float>, materials: MaterialTable, sampleRate: Hertz) {
        self.sampleRate = sampleRate
        decay = parameters[1]
        damping = parameters[2]
        hardness = parameters[3]
        position = parameters[4]
        release = parameters[5]
        spread = parameters[6]
        tune = parameters[7]
        for lane in 0..<4 {
            octaves.0[lane] = materials.octave(lane, material: parameters[0])
            octaves.1[lane] = materials.octave(lane + 4, material: parameters[0])
            octaves.2[lane] = materials.octave(lane + 8, material: parameters[0])
        }
    }

    func octaves(_ index: Int) -> Lanes { index == 0 ? octaves.0 : index == 1 ? octaves.1 : octaves.2 }
}

/// Four modes: points that turn and come nearer to the middle; where they are across is what is heard.
struct ModeLanes {
    var across = Lanes.zero
    var along = Lanes.zero
    /// One frame's turn times what is kept: the pair (cosine, sine).
    var cosine = LaneRamp()
    var sine = LaneRamp()
    /// What the mallet gives to each.
    var gain = Lanes.zero
    var left = LaneRamp()
    var right = LaneRamp()
}

/// One stroke: twelve modes that a mallet pushes for as long as it is soft.
struct StruckVoice {
    static let laneCount = 3
    /// About how loud it is; exactly 0 where it is silent and will stay so.
    private(set) var loudness: Float = 0
    var isHeld = false
    private var note: NoteNumber = 0
    private var velocity: Float = 0
    private let modes: UnsafeMutablePointer<ModeLanes>
    private var contact: Float = 0
    private var contactStep: Float = 1
    private var force: Float = 0
    private var leftover = SIMD2<Float>.zero
    private var last = SIMD2<Float>.zero
    private var fading: Float = 0

    /// Silent modes in the memory for `laneCount` times four.
    init(modes: UnsafeMutablePointer<ModeLanes>) {
        self.modes = modes
        modes.update(repeating: ModeLanes(), count: Self.laneCount)
    }

    /// Strikes. What rings with the same note goes on ringing below; another note is stopped within milliseconds.
    mutating func begin(_ note: NoteNumber, velocity: Float, _ manner: StruckManner) {
        let isSame = loudness > 0 && note == self.note
        self.note = note
        self.velocity = velocity
        isHeld = true
        loudness = 1
        if !isSame {
            leftover = last
            modes.update(repeating: ModeLanes(), count: Self.laneCount)
            aim(manner, atOnce: true)
        }
        strike(manner)
    }

    /// The mallet touches for 6 ms (soft, low) down to a few frames (hard, high).
    private mutating func strike(_ manner: StruckManner) {
        let hard = clamp(manner.hardness * (0.6 + 0.5 * velocity), 0, 1)
        let frames = max(manner.sampleRate * 0.007 * fastExp2(-5.5 * hard - (note - 48) * 0.02), 1.5)
        contact = 0
        contactStep = 1 / frames
        force = 2 / frames
        for index in 0..<Self.laneCount {
            let number = Lanes(1, 2, 3, 4) + Float(4 * index)
            // A mode that does not move where it is struck is not heard.
            let shape = number * manner.position
            let turned = 2 * (shape * 0.5 - (shape * 0.5).rounded(.toNearestOrEven))
            let folded = turned.replacing(with: (1 - turned), where: turned .> 0.5)
                .replacing(with: -1 - turned, where: turned .< -0.5)
            modes[index].gain = fastSine(halfTurns: folded) * (0.42 * velocity * (0.25 + 0.75 * velocity))
                / number.squareRoot()
        }
    }

    /// Aims at the end of the tick that begins now.
    mutating func tick(_ manner: StruckManner) {
        aim(manner, atOnce: false)
        var energy = Lanes.zero
        for i in 0..<Self.laneCount {
            modes[i].across = flushed(modes[i].across)
            modes[i].along = flushed(modes[i].along)
            energy += modes[i].across * modes[i].across + modes[i].along * modes[i].along
        }
        leftover = SIMD2(flushed(leftover[0]), flushed(leftover[1]))
        loudness = energy.total.squareRoot()
        if contact < 1 { loudness = max(loudness, 1e-5) }
        if loudness < 3e-6 { (loudness, last) = (0, .zero) }
    }

    private mutating func aim(_ manner: StruckManner, atOnce: Bool) {
        fading = fastExp2(-1_000 / manner.sampleRate)
        let pitch = hertz(note: note + manner.tune)
        let decay = (isHeld ? manner.decay : min(manner.release, manner.decay)) * fastExp2((60 - note) * 0.035)
        for i in 0..<Self.laneCount {
            let octaves = manner.octaves(i)
            let frequency = pitch / manner.sampleRate * fastExp2(octaves)
            let sooner = fastExp2(octaves * (0.3 + 1.5 * manner.damping))
            let kept = fastExp2(larger(-9.966 / (decay * manner.sampleRate) * sooner, Lanes(repeating: -2)))
            // What would lie above 0.45 of the sample rate is silent.
            let isHeard = frequency .< 0.45
            let turn = Lanes.zero.replacing(with: frequency, where: isHeard)
            modes[i].cosine.aim(at: kept * cosine(turn), atOnce: atOnce)
            modes[i].sine.aim(at: kept * sine(turn), atOnce: atOnce)
            let position = Lanes(0.1, -0.7, 0.7, -0.3) * manner.spread
            let one = Lanes.zero.replacing(with: 1, where: isHeard)
            modes[i].left.aim(at: one * fastSine(halfTurns: (1 - position) * 0.25), atOnce: atOnce)
            modes[i].right.aim(at: one * fastSine(halfTurns: (1 + position) * 0.25), atOnce: atOnce)
        }
    }

    /// Sine and cosine of 0...0.5 cycles.
    private func sine(_ cycles: Lanes) -> Lanes {
        let halves = 2 * cycles
        return fastSine(halfTurns: halves.replacing(with: 1 - halves, where: halves .> 0.5))
    }

    private func cosine(_ cycles: Lanes) -> Lanes { fastSine(halfTurns: 0.5 - 2 * cycles) }

    /// Adds the next `count` frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        var (contact, leftover) = (contact, leftover)
        for i in 0..<count {
            contact += contactStep
            let push = contact < 1 ? force * contact * (1 - contact) * 3 : 0
            leftover *= fading
            var (toLeft, toRight) = (Lanes.zero, Lanes.zero)
            for index in 0..<Self.laneCount { Self.turn(&modes[index], push, &toLeft, &toRight) }
            last = SIMD2(toLeft.total, toRight.total) + leftover
            l[i] += last[0]
            r[i] += last[1]
        }
        (self.contact, self.leftover) = (contact, leftover)
    }

    @inline(__always) private static func turn(
        _ mode: inout ModeLanes, _ push: Float, _ toLeft: inout Lanes, _ toRight: inout Lanes
    ) {
        let (across, along) = (mode.across + mode.gain * push, mode.along)
        mode.across = across * mode.cosine.value - along * mode.sine.value
        mode.along = across * mode.sine.value + along * mode.cosine.value
        toLeft += mode.along * mode.left.value
        toRight += mode.along * mode.right.value
        mode.cosine.value += mode.cosine.step
        mode.sine.value += mode.sine.step
        mode.left.value += mode.left.step
        mode.right.value += mode.right.step
    }
}
