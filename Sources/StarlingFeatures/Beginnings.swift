import StarlingDSP
import StarlingMath

/// Moments at which a sound begins, and two further measures of how much begins, for sounds that `onset` misses.
///
/// `onset-energy` is the rise of the frame's level in dB, `onset-percussive` the rise of its high-frequency content in
/// dB, each against a quarter of a frame before; falls count as 0. `onset-now` is 1 in the one hop in which a new sound is
/// noticed: where the rise of the partials, the change of colour (`flux`) and what the phases did not let expect together climb
/// above a threshold that follows the frame and the 45 ms before it; at most once in 70 ms, never below -60 dB, and not where
/// a sound is cut off. What counts, the threshold and the 70 ms can be chosen (`OnsetSettings`). Silence gives 0. Most sounds are
/// noticed 10 to 40 ms after they begin; a slow bow later, when it is heard. Cost: 160 logarithms, a dozen multiplications a bin.
final class Beginnings: Feature {
    static let info = FeatureInfo(
        id: 17, name: "beginnings", label: "Beginnings",
        help: """
            The moment at which each note, word or stroke begins. Map 'Begins now' to start a note or to move a sequence \
            on; the other two show how strongly it begins, for soft and for percussive playing.
            """,
        reference: """
            S. Boeck and G. Widmer, Maximum filter vibrato suppression for onset detection (DAFx 2013); S. Dixon, Onset \
            detection revisited (DAFx 2006); P. Masri, Computer modelling of sound (1996): high-frequency \
            content; adaptive threshold after P. Brossier, Automatic annotation of musical audio (2006)
            """,
        outputs: [
            ParameterInfo(
                "onset-now", label: "Begins now", range: 0...1, default: 0, curve: .stepped,
                help: "1 at the moment a sound begins, else 0."),
            ParameterInfo(
                "onset-energy", label: "Rise", unit: .decibels, range: 0...60, default: 0,
                help: "How many decibels louder it has become within a few milliseconds."),
            ParameterInfo(
                "onset-percussive", label: "Percussive rise", unit: .decibels, range: 0...60, default: 0,
                help: "The same with high frequencies counting more: for clicks, claps and strokes."),
        ])

    private let weights: Floats
    private let lag: Int
    private let earlier: Floats
    private var oldest = 0
    private let detector: OnsetDetector
    private let rise: BandRise
    private let flux: Flux
    private let change = Floats(2)
    private let partials: PartialRise
    private let surprise: ComplexDomain

    init(_ setup: FeatureSetup) {
        let binCount = setup.frameSize / 2 + 1
        weights = Floats((0..<binCount).map { Float($0) / Float(binCount) })
        lag = max(1, (setup.frameSize / 4 + setup.hopSize / 2) / setup.hopSize)
        earlier = Floats(2 * lag)
        detector = OnsetDetector(setup)
        rise = BandRise(setup)
        flux = Flux(setup)
        partials = PartialRise(setup)
        surprise = ComplexDomain(setup)
        super.init()
        reset()
    }

    override func reset() {
        earlier.pointer.update(repeating: OnsetDetector.silence, count: earlier.count)
        oldest = 0
        rise.reset()
        flux.reset()
        partials.reset()
        surprise.reset()
        detector.reset()
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let scale = 4 / (Float(frame.setup.frameSize) * Float(frame.setup.frameSize))
        let energy = level(sum(frame.power, count: frame.binCount) * scale)
        let high = level(dot(frame.power, weights.pointer, count: frame.binCount) * scale)
        output[1] = clamp(energy - earlier[2 * oldest], 0, 60)
        output[2] = clamp(high - earlier[2 * oldest + 1], 0, 60)
        let strength = strength(frame, rise: output[1], high: output[2])
        output[0] = detector.isOnset(strength, isAudible: energy > -60 && !stops(frame), frame.onsets) ? 1 : 0
        earlier[2 * oldest] = energy
        earlier[2 * oldest + 1] = high
        oldest = oldest + 1 == lag ? 0 : oldest + 1
    }

    /// The weights were found on melodies of eight instruments and on drum patterns; see tools/measure-listening.
    private func strength(_ frame: Frame, rise energy: Decibels, high: Decibels) -> Float {
        switch frame.onsets.function {
        case .combined: return combined(frame)
        case .flux: return min(rise.next(frame), 60)
        case .energy: return energy
        case .high: return high
        case .complex: return surprise.next(frame.bins)
        }
    }

    private func combined(_ frame: Frame) -> Float {
        flux.compute(frame, into: change.pointer)
        return min(partials.next(frame), 60) + 3 * min(change[0], 0.4) + 0.017 * surprise.next(frame.bins)
    }

    /// Whether a sound has just been cut off: the last quarter of the frame is less than a quarter as strong as the half before.
    /// What is cut off spreads over the spectrum as what begins does.
    private func stops(_ frame: Frame) -> Bool {
        let quarter = frame.setup.frameSize / 4
        let half = frame.samples + quarter, last = half + 2 * quarter
        return 8 * dot(last, last, count: quarter) < dot(half, half, count: 2 * quarter)
    }

    private func level(_ power: Float) -> Decibels {
        max(0.5 * decibels(amplitude: power), OnsetDetector.silence)
    }
}

/// Decides, hop by hop, whether a sound begins: where its strength climbs above what was usual just before.
final class OnsetDetector {
    /// Levels below count as this.
    static let silence: Decibels = -70
    /// How many times the mean of the last moments it must reach.
    private static let factor: Float = 1.6
    /// How much further than the frame the mean reaches back.
    private static let memorySeconds: Seconds = 0.045

    private let recent: MovingMean
    private let setup: FeatureSetup
    private var sinceLast = Int.max
    private var before: Float = 0
    private var mean: Float = 0

    init(_ setup: FeatureSetup) {
        recent = MovingMean(count: setup.hops(Self.memorySeconds + Float(setup.frameSize) / setup.sampleRate))
        self.setup = setup
    }

    func reset() {
        recent.reset()
        sinceLast = .max
        before = 0
        mean = 0
    }

    /// Takes the strength of the next hop in.
    func isOnset(_ strength: Float, isAudible: Bool, _ settings: OnsetSettings) -> Bool {
        let threshold = settings.threshold * (settings.function.least + Self.factor * mean)
        let refractory = setup.hops(settings.refractorySeconds)
        let begins = isAudible && strength > threshold && strength > before && sinceLast >= refractory
        sinceLast = begins ? 0 : min(sinceLast, 1_000_000) + 1
        before = strength
        mean = Float(recent.add(Double(strength)))
        return begins
    }
}
