import StarlingDSP
import StarlingMath

/// The latest stretch of sound, and views of it that several features share.
///
/// Spectrum, magnitudes and band levels are worked out when the first feature asks for them, once a frame.
public final class Frame {
    /// How many bands `bandLevels` has.
    public static let bandCount = 40
    /// The level of a band without sound, in dB.
    public static let silentLevel: Decibels = -100

    /// How the sound is cut.
    public let setup: FeatureSetup
    /// How many bins `power` and `magnitude` have: half the frame size and one.
    public let binCount: Int

    private let history: History
    private let spectrum: PowerSpectrum
    private let bank: MelBank
    private let powers, magnitudes, levels: Floats
    private var hasPower = false, hasMagnitude = false, hasLevels = false

    init(_ setup: FeatureSetup, history: History) {
        self.setup = setup
        self.history = history
        spectrum = PowerSpectrum(frameSize: setup.frameSize, window: .hann)
        binCount = spectrum.binCount
        bank = MelBank(bandCount: Frame.bandCount, frameSize: setup.frameSize, sampleRate: setup.sampleRate)
        powers = Floats(binCount)
        magnitudes = Floats(binCount)
        levels = Floats(Frame.bandCount)
    }

    /// Begins a new frame, which ends at the latest sample.
    func advance() {
        hasPower = false
        hasMagnitude = false
        hasLevels = false
    }

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
private func log10(_ x: Float) -> Float { fastLog2(x) * 0.301_029_995_663_981_2 }
