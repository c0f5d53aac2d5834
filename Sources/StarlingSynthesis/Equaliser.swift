import StarlingDSP
import StarlingMath

/// Four bands that are made louder or softer: a shelf below, two bells, a shelf above.
///
/// The bands have the response of R. Bristow-Johnson's cookbook filters, made by the trapezoidal rule so that they may be moved.
/// Reference: A. Simper, "Linear trapezoidal integrated SVF", 2013.
final class Equaliser: Effect {
    private let sampleRate: Hertz
    private var bands: (EqualiserBand, EqualiserBand, EqualiserBand, EqualiserBand)
    private var level: Fader
    private var isFresh = true

    init(sampleRate: Hertz) {
        self.sampleRate = sampleRate
        let band = EqualiserBand(sampleRate: sampleRate)
        bands = (band, band, band, band)
        level = Fader(sampleRate: sampleRate)
    }

    override func reset() {
        let band = EqualiserBand(sampleRate: sampleRate)
        bands = (band, band, band, band)
        isFresh = true
    }

    override func tick(_ p: UnsafePointer<Float>) {
        let butterworth: Float = 0.707_106_78
        bands.0.aim(.low, p[0] / sampleRate, gain: p[1], quality: butterworth, atOnce: isFresh)
        bands.1.aim(.bell, p[2] / sampleRate, gain: p[3], quality: p[4], atOnce: isFresh)
        bands.2.aim(.bell, p[5] / sampleRate, gain: p[6], quality: p[7], atOnce: isFresh)
        bands.3.aim(.high, p[8] / sampleRate, gain: p[9], quality: butterworth, atOnce: isFresh)
        level.aim(at: amplitude(decibels: p[10]), atOnce: isFresh)
        isFresh = false
    }

    override func process(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {
        var (bands, level) = (bands, level)
        for i in 0..<count {
            var sound = SIMD2(flushed(left[i]), flushed(right[i])) * level.next()
            sound = bands.3.next(bands.2.next(bands.1.next(bands.0.next(sound))))
            left[i] = flushed(sound[0])
            right[i] = flushed(sound[1])
        }
        (self.bands, self.level) = (bands, level)
    }
}

/// One band of the equaliser.
private struct EqualiserBand {
    enum Kind { case low, bell, high }
    private var filter = StateVariable()
    /// Tangent of the frequency, width, and what is added of the band-pass and the low-pass.
    private var shape: LaneGlide
    /// What is kept of the sound itself.
    private var through: LaneGlide

    init(sampleRate: Hertz) {
        shape = LaneGlide(sampleRate: sampleRate)
        through = LaneGlide(sampleRate: sampleRate)
    }

    /// Aims at a frequency in cycles per sample-frame, a gain in dB and a quality.
    mutating func aim(_ kind: Kind, _ frequency: Float, gain: Decibels, quality: Float, atOnce: Bool) {
        filter.flush()
        let root = amplitude(decibels: gain * 0.5)  // so that root^2 is the gain
        let corner = kind == .low ? 1 / root.squareRoot() : kind == .high ? root.squareRoot() : 1
        let tangent = fastTangent(halfTurns: Lanes(repeating: clamp(frequency, 0.0002, 0.45)))[0] * corner
        let width = kind == .bell ? 1 / (quality * root) : 1 / quality
        let square = root * root
        let (band, low): (Float, Float)
        switch kind {
        case .low: (band, low) = (width * (root - 1), square - 1)
        case .bell: (band, low) = (width * (square - 1), 0)
        case .high: (band, low) = (width * (1 - root) * root, 1 - square)
        }
        shape.aim(at: Lanes(tangent, width, band, low), atOnce: atOnce)
        through.aim(at: Lanes(kind == .high ? square : 1, 0, 0, 0), atOnce: atOnce)
    }

    @inline(never) mutating func next(_ input: SIMD2<Float>) -> SIMD2<Float> {
        let (low, band) = filter.next(input, tangent: shape.value[0], width: shape.value[1])
        let sound = input * through.value[0] + band * shape.value[2] + low * shape.value[3]
        shape.walk()
        through.walk()
        return sound
    }
}
