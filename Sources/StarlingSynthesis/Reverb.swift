import StarlingDSP
import StarlingMath

/// A room: eight delays that feed each other through a lossless mix, behind a diffuser.
///
/// Each delay loses as much at each pass as its length is of the decay time, so that the whole room dies away evenly, and
/// more at high frequencies. Delays wander by a fraction of a millisecond, so that no resonance stands still.
/// A held sound is about as loud at every decay. A frozen room loses nothing and lets nothing in: its delays come to rest at
/// whole sample-frames, where reading them takes nothing away, and keep their size.
final class Reverb: Effect {
    private let sampleRate: Hertz
    private let diffuser: ReverbDiffuser
    private let bank: DelayBank
    private var damped = EightLanes.zero
    private var wander = EightLanes.zero
    private var room = Lanes.zero
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
        send = Fader(sampleRate: sampleRate)
        dry = Fader(sampleRate: sampleRate)
        wet = Fader(sampleRate: sampleRate)
    }

    override func reset() {
        diffuser.reset()
        bank.clear()
        damped = .zero
        wander = .zero
        isFresh = true
    }

    override func tick(_ parameters: UnsafePointer<Float>) {
        rebuild(Lanes(parameters[0], fastLog2(parameters[1]), parameters[2], parameters[4]))
        aimDelays()
        aimLosses()
        send.aim(at: evenness * thaw, atOnce: isFresh)
        dry.aim(at: fastSine(cycles: (1 - parameters[3]) * 0.25), atOnce: isFresh)
        wet.aim(at: fastSine(cycles: parameters[3] * 0.25), atOnce: isFresh)
        isFresh = false
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (delay, feedback, dullness, damped) = (delay, feedback, dullness, damped)
        var (send, dry, wet) = (send, dry, wet)
        for i in 0..<count {
            let (l, r) = (flushed(left[i]), flushed(right[i]))
            let echoes = bank.read(delay.value - 1)
            damped = flushed(echoes + (damped - echoes) * dullness.value)
            let sent = EightLanes(l, r, l, r, l, r, l, r) * send.next()
            bank.write(hadamard(damped * feedback.value) + diffuser.next(sent))
            let (near, far) = (dry.next(), wet.next())
            left[i] = l * near + (damped.evenHalf * Self.tap).total * far
            right[i] = r * near + (damped.oddHalf * Self.tap).total * far
            delay.value += delay.step
            feedback.value += feedback.step
            dullness.value += dullness.step
        }
        (self.delay, self.feedback, self.dullness, self.damped) = (delay, feedback, dullness, damped)
        (self.send, self.dry, self.wet) = (send, dry, wet)
    }

    private static let tap = Lanes(0.5, -0.5, 0.5, 0.5)

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
        var swing = EightLanes.zero
        for line in 0..<8 { swing[line] = fastSine(cycles: wander[line]) }
        let way = (Self.delays * scale + swing * (Self.wanderDepth * thaw)) * sampleRate
        let whole = way.rounded(.toNearestOrEven)
        delay.aim(at: whole + (way - whole) * thaw, atOnce: isFresh)
    }

    /// Each pass through a delay costs its share of 60 dB, and at half the sample rate more, by a one-pole.
    private func aimLosses() {
        let decibels60 = delay.value * (decaysPerSecond * thaw / sampleRate * -9.965_784)  // as powers of 2
        let open = 1 - 0.9 * damping
        // At most 20 dB more a pass, so that a short decay in a large room is still what it says at middle frequencies.
        let high = exp2(larger(decibels60 * (1 / (open * open) - 1), -3.32))
        feedback.aim(at: exp2(decibels60), atOnce: isFresh)
        dullness.aim(at: (1 - high) / (1 + high), atOnce: isFresh)
    }

    /// The gain into the room: a loop that keeps the share g of its sound gathers 1 / (1 - g^2) of the power it is sent.
    private var evenness: Float {
        (1 - fastExp2(-19.931_57 * Self.middleDelay * scale * decaysPerSecond)).squareRoot()
    }

    private func larger(_ x: EightLanes, _ least: Float) -> EightLanes {
        EightLanes(repeating: least).replacing(with: x, where: x .> least)
    }

    private func exp2(_ x: EightLanes) -> EightLanes {
        EightLanes(lowHalf: fastExp2(x.lowHalf), highHalf: fastExp2(x.highHalf))
    }
}
