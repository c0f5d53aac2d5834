import StarlingDSP
import StarlingMath

/// What one drum of the kit is made of: up to four partials whose pitch falls, and noise behind a filter.
///
/// The recipes are this project's own, in the manner of analogue drum machines.
struct DrumSound {
    /// Lowest partial in Hz, and all four as multiples of it with their strengths.
    var tone: Hertz = 100
    var ratios = Lanes(1, 0, 0, 0)
    var strengths = Lanes(1, 0, 0, 0)
    /// How far the pitch falls in octaves, and the time for it to be nearly there, in seconds.
    var fall: Float = 0
    var fallTime: Seconds = 0.05
    /// How much the partials bend each other's phase, in cycles: metal.
    var metal: Float = 0
    /// Seconds until partials and noise are 60 dB softer.
    var toneDecay: Seconds = 0.3
    var noiseDecay: Seconds = 0.2
    /// Gains of partials and noise.
    var toneGain: Float = 1
    var noiseGain: Float = 0
    /// The noise filter's frequency in Hz and width, and whether it also filters the partials.
    var center: Hertz = 2_000
    var width: Float = 1
    /// What passes: around the frequency (0) or above it (1).
    var high: Float = 0
    var filtersTone = false
    /// How many quick bursts come before the noise dies away: hands do not clap at once.
    var bursts = 0
    /// Where it stands, from left (-1) to right (1).
    var place: Float = 0
    /// Drums of one group above 0 stop each other: hats.
    var group = 0

    /// The drum on a note of General MIDI (35...81); other notes get the nearest of the toms.
    static func sound(note: Int) -> DrumSound {
        switch note {
        case 35: kick(tone: 44, decay: 0.7)
        case 36: kick(tone: 50, decay: 0.5)
        case 37: stick
        case 38: snare(tone: 185, decay: 0.22)
        case 39: clap
        case 40: snare(tone: 220, decay: 0.16)
        case 42: hat(decay: 0.07)
        case 44: hat(decay: 0.045)
        case 46: hat(decay: 0.6)
        case 49, 55, 57: cymbal(decay: 1.9, center: 5_500, place: note == 49 ? -0.5 : 0.5)
        case 51, 53, 59: ride
        case 54: tambourine
        case 56: cowbell
        case 69, 70, 82: shaker
        case 75, 76, 77: wood(tone: note == 77 ? 880 : 1_250)
        case 60...66: tom(tone: 150 * fastExp2(Float(66 - note) / 7), decay: 0.3)
        case 67, 68: agogo(tone: note == 67 ? 900 : 670)
        default: tom(tone: 75 * fastExp2(Float(min(max(note, 24), 60) - 41) / 9), decay: 0.55)
        }
    }

    private static func kick(tone: Hertz, decay: Seconds) -> DrumSound {
        DrumSound(
            tone: tone, fall: 2.4, fallTime: 0.075, toneDecay: decay, noiseDecay: 0.012, toneGain: 1.25, noiseGain: 0.5,
            center: 2_600, width: 1.4)
    }

    private static func snare(tone: Hertz, decay: Seconds) -> DrumSound {
        DrumSound(
            tone: tone, ratios: Lanes(1, 1.79, 2.4, 0), strengths: Lanes(0.8, 0.5, 0.15, 0), fall: 0.5, fallTime: 0.04,
            toneDecay: decay * 0.7, noiseDecay: decay * 1.25, toneGain: 0.6, noiseGain: 0.62, center: 1_500, width: 1.4,
            high: 1)
    }

    private static var clap: DrumSound {
        DrumSound(
            noiseDecay: 0.28, toneGain: 0, noiseGain: 1.6, center: 1_150, width: 0.7, bursts: 3, place: 0.15)
    }

    private static var stick: DrumSound {
        DrumSound(
            tone: 1_720, ratios: Lanes(1, 0.47, 1.38, 0), strengths: Lanes(0.7, 0.6, 0.3, 0), toneDecay: 0.05,
            noiseDecay: 0.015, toneGain: 0.8, noiseGain: 0.5, center: 3_500, place: -0.2)
    }

    private static let inharmonic = Lanes(1, 1.342, 1.527, 1.935)

    private static func hat(decay: Seconds) -> DrumSound {
        DrumSound(
            tone: 2_630, ratios: inharmonic, strengths: Lanes(repeating: 0.5), metal: 0.34, toneDecay: decay,
            noiseDecay: decay * 0.8, toneGain: 0.6, noiseGain: 0.45, center: 7_200, width: 0.9, high: 1, filtersTone: true,
            place: 0.35, group: 1)
    }

    private static func cymbal(decay: Seconds, center: Hertz, place: Float) -> DrumSound {
        DrumSound(
            tone: 1_830, ratios: inharmonic, strengths: Lanes(repeating: 0.5), metal: 0.42, toneDecay: decay,
            noiseDecay: decay * 0.5, toneGain: 0.5, noiseGain: 0.4, center: center, width: 1.2, high: 1, filtersTone: true,
            place: place)
    }

    private static var ride: DrumSound {
        DrumSound(
            tone: 2_180, ratios: Lanes(1, 1.483, 1.932, 2.546), strengths: Lanes(0.6, 0.5, 0.4, 0.4), metal: 0.2,
            toneDecay: 1.7, noiseDecay: 0.2, toneGain: 0.5, noiseGain: 0.25, center: 4_200, width: 1.3, high: 1,
            filtersTone: true, place: -0.4)
    }

    private static var tambourine: DrumSound {
        DrumSound(
            tone: 4_100, ratios: inharmonic, strengths: Lanes(repeating: 0.5), metal: 0.3, toneDecay: 0.22,
            noiseDecay: 0.18, toneGain: 0.5, noiseGain: 0.5, center: 8_000, width: 0.8, high: 1, filtersTone: true,
            bursts: 1, place: -0.3)
    }

    private static var cowbell: DrumSound {
        DrumSound(
            tone: 540, ratios: Lanes(1, 1.481, 3, 4.44), strengths: Lanes(0.7, 0.7, 0.3, 0.25), metal: 0.05,
            toneDecay: 0.45, noiseDecay: 0.01, toneGain: 0.65, noiseGain: 0.2, center: 2_600, place: 0.25)
    }

    private static func agogo(tone: Hertz) -> DrumSound {
        DrumSound(
            tone: tone, ratios: Lanes(1, 2.47, 3.9, 0), strengths: Lanes(0.8, 0.4, 0.2, 0), toneDecay: 0.5,
            noiseDecay: 0.01, toneGain: 0.7, noiseGain: 0.2, place: 0.3)
    }

    private static var shaker: DrumSound {
        DrumSound(noiseDecay: 0.12, toneGain: 0, noiseGain: 0.7, center: 6_000, width: 0.7, high: 1, place: -0.35)
    }

    private static func wood(tone: Hertz) -> DrumSound {
        DrumSound(
            tone: tone, ratios: Lanes(1, 2.42, 0, 0), strengths: Lanes(0.9, 0.3, 0, 0), toneDecay: 0.09, noiseDecay: 0.01,
            toneGain: 1, noiseGain: 0.3, center: 2_500, place: 0.2)
    }

    private static func tom(tone: Hertz, decay: Seconds) -> DrumSound {
        DrumSound(
            tone: tone, ratios: Lanes(1, 1.59, 2.14, 0), strengths: Lanes(1, 0.3, 0.12, 0), fall: 0.6, fallTime: 0.12,
            toneDecay: decay, noiseDecay: 0.05, toneGain: 1, noiseGain: 0.18, center: 1_800,
            place: clamp((130 - tone) / 130, -0.5, 0.5))
    }
}
