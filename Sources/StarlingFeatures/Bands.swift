import StarlingDSP
import StarlingMath

/// The levels of 40 mel bands in dB, from 0 Hz to half the sample rate.
///
/// Silence gives -100 dB. The same bands that `mfcc` is made of. Cost: none beyond those.
final class Bands: Feature {
    static let info = FeatureInfo(
        id: 12, name: "bands", label: "Bands",
        help: """
            How strong each of 40 bands of frequency is, from the lowest to the highest, spaced as the ear hears them. The \
            whole picture of a sound, for models that are given many examples.
            """,
        reference: """
            librosa.power_to_db(librosa.feature.melspectrogram(n_mels=40, power=2, center=False), ref=1.0, amin=1e-10, \
            top_db=None)
            """,
        outputs: [
            band("band-1", "Band 1"),
            band("band-2", "Band 2"),
            band("band-3", "Band 3"),
            band("band-4", "Band 4"),
            band("band-5", "Band 5"),
            band("band-6", "Band 6"),
            band("band-7", "Band 7"),
            band("band-8", "Band 8"),
            band("band-9", "Band 9"),
            band("band-10", "Band 10"),
            band("band-11", "Band 11"),
            band("band-12", "Band 12"),
            band("band-13", "Band 13"),
            band("band-14", "Band 14"),
            band("band-15", "Band 15"),
            band("band-16", "Band 16"),
            band("band-17", "Band 17"),
            band("band-18", "Band 18"),
            band("band-19", "Band 19"),
            band("band-20", "Band 20"),
            band("band-21", "Band 21"),
            band("band-22", "Band 22"),
            band("band-23", "Band 23"),
            band("band-24", "Band 24"),
            band("band-25", "Band 25"),
            band("band-26", "Band 26"),
            band("band-27", "Band 27"),
            band("band-28", "Band 28"),
            band("band-29", "Band 29"),
            band("band-30", "Band 30"),
            band("band-31", "Band 31"),
            band("band-32", "Band 32"),
            band("band-33", "Band 33"),
            band("band-34", "Band 34"),
            band("band-35", "Band 35"),
            band("band-36", "Band 36"),
            band("band-37", "Band 37"),
            band("band-38", "Band 38"),
            band("band-39", "Band 39"),
            band("band-40", "Band 40"),
        ])

    private static func band(_ name: StaticString, _ label: StaticString) -> ParameterInfo {
        ParameterInfo(
            name, label: label, unit: .decibels, range: -100...60, default: -100,
            help: "The level of one band of frequency; band 1 is the lowest.")
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        for band in 0..<Frame.bandCount { output[band] = clamp(frame.bandLevels[band], -100, 60) }
    }
}
