import StarlingDSP
import StarlingMath

/// The tempo of rhythmic sound, where in the beat it is, and how sure that is; without looking ahead.
///
/// The onset strength of the last 8 s is compared with itself shifted by every beat length from 60 to 200 beats a
/// minute, twice a second; beats are then followed one by one where they add up best. Needs about 4 s to settle; silence
/// has confidence 0 and lets the tempo stand. Cost: about 10 us twice a second more than `onset`.
final class Tempo: Feature {
    static let info = FeatureInfo(
        id: 18, name: "tempo", label: "Tempo",
        help: """
            How fast a rhythm goes and where in its beat it is just now. Clap or play a loop for some seconds; then let \
            the beat start patterns or move pictures.
            """,
        reference: """
            D. Ellis, Beat tracking by dynamic programming (JNMR 36, 2007); A. Stark, M. Davies and M. Plumbley, Real-time \
            beat-synchronous analysis of musical audio (DAFx 2009)
            """,
        outputs: [
            ParameterInfo(
                "tempo", label: "Tempo", range: 60...200, default: 120, help: "Beats a minute; it stays where it was in silence."),
            ParameterInfo(
                "beat-phase", label: "Place in the beat", unit: .ratio, default: 0,
                help: "From 0 on the beat to nearly 1 just before the next."),
            ParameterInfo(
                "beat-confidence", label: "Rhythm", unit: .ratio, default: 0,
                help: "How clearly there is a steady rhythm."),
        ])

    private let rise: BandRise
    private let tracker: BeatTracker

    init(_ setup: FeatureSetup) {
        // The beat is where drums are, more often than where cymbals are.
        rise = BandRise(setup, high: 0.3)
        tracker = BeatTracker(rate: setup.sampleRate / Float(setup.hopSize))
    }

    override func reset() {
        rise.reset()
        tracker.reset()
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        tracker.advance(min(rise.next(frame), 60))
        output[0] = clamp(tracker.tempo, 60, 200)
        output[1] = clamp(tracker.phase, 0, 1)
        output[2] = tracker.confidence
    }
}
