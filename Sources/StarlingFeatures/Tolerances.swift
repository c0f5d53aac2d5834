extension FeatureInfo {
    /// How near the numbers come to the reference, as the tests hold them to it; on recordings, if nothing else is said.
    ///
    /// Apart from the records, so that the audio thread's program does not carry these words.
    public var tolerance: StaticString {
        switch id {
        case Loudness.info.id: "the root mean square within 0.01 %"
        case Centroid.info.id: "within 0.01 %"
        case Pitch.info.id: "within 10 cents on tones of 55 Hz to 1.8 kHz, 25 cents from 41 Hz to 3.9 kHz"
        case Onset.info.id: "within 0.001 dB"
        case ZeroCrossingRate.info.id: "exact"
        case CepstralCoefficients.info.id: "within 0.001; other profiles and numbers of bands within 0.002"
        case SpectralShape.info.id: "spread within 0.01 %, skewness and kurtosis within 0.1 %"
        case Rolloff.info.id: "the same bin"
        case Tonality.info.id: "flatness within 0.01 %, crest within 0.001 dB"
        case Tilt.info.id: "within 0.001 dB an octave; noise of known slope within 0.5"
        case Flux.info.id: "within 0.1 %"
        case Bands.info.id: "as the coefficients that are made of them"
        case ProgrammeLoudness.info.id: "within 0.01 dB; a full-scale sine within 0.03"
        case Peak.info.id: "peak within 0.001 dB, true peak within 0.1 dB, 0.5 dB where sound reaches up to half the sample rate"
        case Chroma.info.id: "the strongest class is that of every single note, a quarter tone off at most; chords by their notes"
        case Harmonicity.info.id: "above 0.95 for tones, below 0.5 for noise; inharmonicity rises with stiffness"
        case Beginnings.info.id: "F-measure at least 0.9 on played melodies and 0.95 on drums, within 50 ms"
        case Tempo.info.id: "tempo within 1 and beat within 30 ms on a drum loop of known tempo, after 5 s"
        case Novelty.info.id: "below 0.05 for the same sound, above 0.3 where another begins"
        default: ""
        }
    }
}
