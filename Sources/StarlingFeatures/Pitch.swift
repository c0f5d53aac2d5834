import StarlingDSP
import StarlingMath

/// The pitch of the sound and how sure it is, by the time after which the sound repeats itself.
///
/// From 40 Hz to 4 kHz, at low sample rates to a quarter of the sample rate (there, rich sounds above a fifteenth of it
/// may come out an octave low). It listens to the latest 40 ms or a little more, and foremost to the newest part of
/// them. A new pitch is believed when two looks agree. Where there is no clear pitch the last one stays and only the
/// confidence falls; before the first it is middle C.
/// Silence (below -80 dB) has confidence 0. Error at most 10 cents on steady tones. Choirs and chords have no single
/// pitch to find. Cost: three transforms of 40 ms of sound.
final class Pitch: Feature {
    static let info = FeatureInfo(
        id: 3, name: "pitch", label: "Pitch",
        help: """
            Which note is sung or played, 60 being middle C and 1 a semitone, with every shade between the keys. For one \
            voice or one instrument at a time. Confidence says how clearly there is a pitch at all.
            """,
        reference: "A. de Cheveigne and H. Kawahara, YIN (JASA 111, 2002); librosa.yin",
        isBasic: true,
        outputs: [
            ParameterInfo(
                "pitch", label: "Pitch", unit: .noteNumber, range: 24...108, default: 60,
                help: "The note that is sung or played; it stays where it was while there is none."),
            ParameterInfo(
                "pitch-confidence", label: "Pitch confidence", unit: .ratio, default: 0,
                help: "How clearly there is a pitch: 0 for noise and silence, 1 for a pure tone."),
        ])

    /// From this confidence on there is a pitch.
    private let voicedFrom: Float = 0.8
    private let sampleRate: Hertz
    /// As far as a pitch may move in a hop and still be the same; a new one is believed when it is heard twice.
    private let nearby: NoteNumber = 0.5
    private var lastNote: NoteNumber = 60
    /// What the hop before heard, sure or not.
    private var heard: NoteNumber = 0

    init(_ setup: FeatureSetup) { sampleRate = setup.sampleRate }

    override func reset() { (lastNote, heard) = (60, 0) }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        let period = frame.period
        let note = clamp(noteNumber(hertz: sampleRate / period.samples), 24, 108)
        let isConfirmed = (note - heard).magnitude < nearby
        heard = note
        let confidence = isConfirmed ? period.confidence : min(period.confidence, PeriodFinder.doubtful)
        if confidence >= voicedFrom { lastNote = note }
        output[0] = lastNote
        output[1] = confidence
    }
}
