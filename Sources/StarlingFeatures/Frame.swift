import StarlingDSP
import StarlingMath

/// The latest stretch of sound, and views of it that several features share.
///
/// Spectra, band levels and the period are worked out when the first feature asks for them, once a frame; the long
/// spectrum about every 20 ms.
public final class Frame {
    /// How many bands `bandLevels` has.
    public static let bandCount = 40
    /// The level of a band without sound, in dB.
    public static let silentLevel: Decibels = -100

    /// The level of a band 80 dB below a full-scale tone: -50 dB at 1024 samples; a tone's grows with the square of the size.
    static func audibleLevel(frameSize: Int) -> Decibels { -50 + decibels(amplitude: Float(frameSize) / 1024) }

    /// The middle of each band in hertz.
    static func bandCentres(sampleRate: Hertz) -> [Double] {
        Array(MelScale.slaney.corners(bandCount: bandCount, from: 0, to: Double(sampleRate) / 2)[1...bandCount])
    }

    /// How the sound is cut.
    public let setup: FeatureSetup
    /// What counts as a beginning.
    var onsets = OnsetSettings()
    /// How many bins `power` and `magnitude` have: half the frame size and one.
    public let binCount: Int

    /// The length of the long spectrum's frame: 0.16 s or a little more, at most 8192 samples.
    public let longSize: Int

    private let history: History
    private let spectrum, longSpectrum: PowerSpectrum
    private let bank: MelBank
    private let finder: PeriodFinder
    private let powers, magnitudes, levels, longMagnitudes: Floats
    private let longRefresh: Int
    private var hasPower = false, hasMagnitude = false, hasLevels = false
    private var found: Period?
    /// Frames since the long spectrum was worked out; none yet: as old as can be.
    private var longAge: Int

    init(_ setup: FeatureSetup, history: History) {
        self.setup = setup
        self.history = history
        spectrum = PowerSpectrum(frameSize: setup.frameSize, window: .hann)
        binCount = spectrum.binCount
        bank = MelBank(bandCount: Frame.bandCount, frameSize: setup.frameSize, sampleRate: setup.sampleRate)
        finder = PeriodFinder(sampleRate: setup.sampleRate)
        longSize = Frame.longSize(setup)
        longSpectrum = PowerSpectrum(frameSize: longSize, window: .hann)
        longMagnitudes = Floats(longSpectrum.binCount)
        longRefresh = setup.hops(0.02)
        longAge = longRefresh
        powers = Floats(binCount)
        magnitudes = Floats(binCount)
        levels = Floats(Frame.bandCount)
    }

    private static func longSize(_ setup: FeatureSetup) -> Int { setup.transformSize(0.16) }

    /// How many of the latest samples frames of a setup look at.
    static func reach(_ setup: FeatureSetup) -> Int {
        max(setup.frameSize, longSize(setup), setup.transformSize(PeriodFinder.seconds))
    }

    /// Begins a new frame, which ends at the latest sample.
    func advance() {
        hasPower = false
        hasMagnitude = false
        hasLevels = false
        found = nil
        if longAge < longRefresh { longAge += 1 }
    }

    /// Forgets the long spectrum.
    func reset() { longAge = longRefresh }

    /// The frame's samples, the oldest first.
    public var samples: UnsafePointer<Float> { history.latest(setup.frameSize) }

    /// The latest `count` samples, which may be more than a frame where a feature's `reach` asks for it.
    public func latest(_ count: Int) -> UnsafePointer<Float> { history.latest(count) }

    /// The squared magnitude of each bin, Hann-weighted (periodic) and unscaled.
    public var power: UnsafePointer<Float> {
        if !hasPower { spectrum.apply(samples, into: powers.pointer) }
        hasPower = true
        return UnsafePointer(powers.pointer)
    }

    /// The bins themselves, Hann-weighted (periodic) and unscaled.
    var bins: SplitComplex<Double> {
        _ = power
        return spectrum.bins.numbers
    }

    /// The magnitude of each bin, Hann-weighted (periodic) and unscaled.
    public var magnitude: UnsafePointer<Float> {
        if !hasMagnitude { extractRoots() }
        hasMagnitude = true
        return UnsafePointer(magnitudes.pointer)
    }

    /// The level of `bandCount` mel bands from 0 Hz to half the sample rate: 10 log10 of their power, at least `silentLevel`.
    public var bandLevels: UnsafePointer<Float> {
        if !hasLevels { sumBands() }
        hasLevels = true
        return UnsafePointer(levels.pointer)
    }

    /// How long the sound takes to repeat itself.
    var period: Period {
        if let found { return found }
        let period = finder.find(history.latest(finder.frameSize))
        found = period
        return period
    }

    /// The magnitude of each bin over a frame of `longSize`, scaled so that a sine has its amplitude; `longBinCount` bins.
    public var longMagnitude: UnsafePointer<Float> {
        if longAge >= longRefresh { measureLong() }
        return UnsafePointer(longMagnitudes.pointer)
    }

    /// How many bins `longMagnitude` has; bin k lies at k * sampleRate / longSize hertz.
    public var longBinCount: Int { longSpectrum.binCount }

    private func measureLong() {
        longAge = 0
        longSpectrum.apply(history.latest(longSize), into: longMagnitudes.pointer)
        let scale = 4 / Float(longSize)
        for k in 0..<longBinCount { longMagnitudes[k] = longMagnitudes[k].squareRoot() * scale }
    }

    private func extractRoots() {
        let squares = power
        for k in 0..<binCount { magnitudes[k] = squares[k].squareRoot() }
    }

    private func sumBands() {
        bank.apply(power, into: levels.pointer)
        for i in 0..<Frame.bandCount { levels[i] = 10 * log10(max(levels[i], 1e-10)) }
    }
}

/// The logarithm to base 10 of a normal positive number.
func log10(_ x: Float) -> Float { fastLog2(x) * 0.301_029_995_663_981_2 }
