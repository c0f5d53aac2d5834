import StarlingDSP
import StarlingMath

/// A room: eight delays that feed each other through a lossless mix, behind a diffuser.
///
/// Each delay loses as much at each pass as its length is of the decay time, so that the whole room dies away evenly, and
/// more at high frequencies. Delays wander by a fraction of a millisecond, so that no resonance stands still.
/// A held sound is about as loud at every decay. A frozen room loses nothing and lets nothing in: its delays come to rest at
/// whole sample-frames, where reading them takes nothing away, and keep their size. As every delay is longer than a tick, all
/// works on a piece of a tick at once.
final class Reverb: Effect {
    private let sampleRate: Hertz
    private let diffuser: ReverbDiffuser
    private let bank: DelayBank
    /// What enters the room, what is written to its delays, and what is read from them, for a piece of a tick.
    private let entering = EightLines()
    private let lines = EightLines()
    private let frames = UnsafeMutablePointer<EightLanes>.allocate(capacity: tickFrameCount)
    private var damped = EightLanes.zero
    private var wander = EightLanes.zero
    private var room = Lanes.zero
    /// How many frames of the tick are over.
    private var frame = 0
    private var delay = EightLaneRamp()
    private var feedback = EightLaneRamp()
    private var dullness = EightLaneRamp()
    private var send: Fader
    private var dry: Fader
    private var wet: Fader
    private var isFresh = true

    /// The delays of the largest room in seconds: spread evenly in pitch, with nothing in common.
    private static let delays = EightLanes(0.0713, 0.1549, 0.0891, 0.1359, 0.0789, 0.1209, 0.1011, 0.1104)
    private static let middleDelay: Seconds = 0.1078
    /// How fast and how far the delays wander, in Hz and seconds.
    private static let wanderRate = EightLanes(0.21, 0.53, 0.37, 0.29, 0.61, 0.43, 0.67, 0.47)
    private static let wanderDepth: Seconds = 0.000_3

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        diffuser = ReverbDiffuser(sampleRate: sampleRate)
        bank = DelayBank(maximum: Int(0.16 * sampleRate) + 8)
        frames.initialize(repeating: .zero, count: tickFrameCount)
        send = Fader(sampleRate: sampleRate)
        dry = Fader(sampleRate: sampleRate)
        wet = Fader(sampleRate: sampleRate)
    }

    deinit { frames.deallocate() }

    override func reset() {
        diffuser.reset()
        bank.clear()
        damped = .zero
        wander = .zero
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        damped = flushed(damped)
        rebuild(Lanes(parameters[0], fastLog2(parameters[1]), parameters[2], parameters[4]))
        aimDelays()
        aimLosses()
        send.aim(at: evenness * thaw, atOnce: isFresh)
        dry.aim(at: fastSine(cycles: (1 - parameters[3]) * 0.25), atOnce: isFresh)
        wet.aim(at: fastSine(cycles: parameters[3] * 0.25), atOnce: isFresh)
        isFresh = false
        frame = 0
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        enter(left, right, count: count)
        diffuser.process(entering, count: count)
        bank.read(delay, frame: frame, into: lines, count: count)
        lines.give(frames, count: count)
        lose(left, right, count: count)
        lines.take(frames, count: count)
        lines.mix(count: count)
        lines.add(entering, count: count)
        bank.write(lines, count: count)
        frame += count
    }

    /// The left side goes to even lines, the right side to odd ones.
    private func enter(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var send = send
        let (l, r) = (entering[0], entering[1])
        for i in 0..<count {
            (left[i], right[i]) = (flushed(left[i]), flushed(right[i]))
            let gain = send.next()
            (l[i], r[i]) = (left[i] * gain, right[i] * gain)
        }
        entering.spread(count: count)
        self.send = send
    }

    /// What each pass loses, and what is heard of it.
    private func lose(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        let frames = frames
        var (damped, dry, wet) = (damped, dry, wet)
        var (kept, dull) = (feedback.value, dullness.value)
        for i in 0..<count {
            // What comes in and goes out is flushed; the memory, which would have to wait for it, has its turn at the tick.
            damped = damped * dull + flushed(frames[i]) * (1 - dull)
            let echoes = flushed(damped)
            frames[i] = echoes * kept
            let taps = echoes * Self.taps
            let halves = taps.lowHalf + taps.highHalf
            let heard = (halves.lowHalf + halves.highHalf) * wet.next()
            let near = dry.next()
            left[i] = left[i] * near + heard[0]
            right[i] = right[i] * near + heard[1]
            kept += feedback.step
            dull += dullness.step
        }
        (feedback.value, dullness.value) = (kept, dull)
        (self.damped, self.dry, self.wet) = (damped, dry, wet)
    }

    private static let taps = EightLanes(0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5, 0.5)

    private var size: Float { room[0] }
    private var decaysPerSecond: Float { fastExp2(-room[1]) }
    private var damping: Float { room[2] }
    /// 1 in a room that lives, 0 in one that is frozen.
    private var thaw: Float { clamp(1.002 - 1.004 * room[3], 0, 1) }

    /// A room changes slowly: its size within seconds, which bends the pitch by two semitones a pass at most.
    private func rebuild(_ next: Lanes) {
        let share = Lanes(thaw, 5, 5, 12) * (Float(tickFrameCount) / sampleRate)
        room = isFresh ? next : room + (next - room) * share
    }

    /// The length of all delays as a share of the largest room's.
    private var scale: Float { fastExp2(2.3 * (size - 1)) }

    private func aimDelays() {
        wander += Self.wanderRate * (Float(tickFrameCount) / sampleRate)
        wander -= wander.rounded(.down)
        let swing = EightLanes(lowHalf: sine(wander.lowHalf), highHalf: sine(wander.highHalf))
        let way = (Self.delays * scale + swing * (Self.wanderDepth * thaw)) * sampleRate
        let whole = way.rounded(.toNearestOrEven)
        delay.aim(at: whole + (way - whole) * thaw, atOnce: isFresh)
    }

    /// The sine of phases 0..<1, folded to where it is short.
    private func sine(_ phase: Lanes) -> Lanes {
        let turn = 1 - 2 * phase
        return fastSine(halfTurns: larger(smaller(turn, 1 - turn), -1 - turn))
    }

    /// Each pass through a delay costs its share of 60 dB, and at half the sample rate more, by a one-pole.
    private func aimLosses() {
        let decibels60 = delay.value * (decaysPerSecond * thaw / sampleRate * -9.965_784)  // as powers of 2
        let open = 1 - 0.9 * damping
        // At most 20 dB more a pass, so that a short decay in a large room is still what it says at middle frequencies.
        let high = exp2(atLeast(-3.32, decibels60 * (1 / (open * open) - 1)))
        feedback.aim(at: exp2(decibels60) * EightLines.mixGain, atOnce: isFresh)
        dullness.aim(at: (1 - high) / (1 + high), atOnce: isFresh)
    }

    /// The gain into the room: a loop that keeps the share g of its sound gathers 1 / (1 - g^2) of the power it is sent.
    private var evenness: Float {
        (1 - fastExp2(-19.931_57 * Self.middleDelay * scale * decaysPerSecond)).squareRoot()
    }

    private func atLeast(_ least: Float, _ x: EightLanes) -> EightLanes {
        EightLanes(repeating: least).replacing(with: x, where: x .> least)
    }

    private func exp2(_ x: EightLanes) -> EightLanes {
        EightLanes(lowHalf: fastExp2(x.lowHalf), highHalf: fastExp2(x.highHalf))
    }
}
