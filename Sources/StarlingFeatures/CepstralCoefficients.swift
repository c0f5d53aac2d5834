import StarlingDSP
import StarlingMath

/// The first 13 mel-frequency cepstral coefficients: the shape of the spectrum, whatever its pitch.
///
/// The cosine transform of mel band levels, 40 in dB unless a profile or a number of bands is chosen (`CepstrumProfile`).
/// Silence gives -632.46 for the first and 0 for the others. Other profiles may go beyond the ranges below.
/// Cost: 13 multiplications a band; a profile's own bands besides.
final class CepstralCoefficients: Feature {
    static let info = FeatureInfo(
        id: 6, name: "mfcc", label: "Timbre",
        help: """
            Thirteen numbers that together describe the colour of a sound: which vowel, which instrument, which surface. \
            Single ones mean little to the ear; a model tells sounds apart by all of them. The first follows loudness.
            """,
        reference: """
            librosa.feature.mfcc(n_mfcc=13, dct_type=2, norm='ortho', S=librosa.power_to_db(librosa.feature.melspectrogram(\
            n_mels=40, power=2, center=False), ref=1.0, amin=1e-10, top_db=None))
            """,
        isBasic: true,
        outputs: [
            coefficient("mfcc-1", "Timbre 1", -640...640, "The level over all bands; it follows loudness."),
            coefficient("mfcc-2", "Timbre 2", -400...400, "High for dark sounds, low for bright ones."),
            coefficient("mfcc-3", "Timbre 3", -400...400, "High where low and high bands outweigh the middle."),
            coefficient("mfcc-4", "Timbre 4", -400...400, finer),
            coefficient("mfcc-5", "Timbre 5", -400...400, finer),
            coefficient("mfcc-6", "Timbre 6", -400...400, finer),
            coefficient("mfcc-7", "Timbre 7", -400...400, finer),
            coefficient("mfcc-8", "Timbre 8", -400...400, finer),
            coefficient("mfcc-9", "Timbre 9", -400...400, finer),
            coefficient("mfcc-10", "Timbre 10", -400...400, finer),
            coefficient("mfcc-11", "Timbre 11", -400...400, finer),
            coefficient("mfcc-12", "Timbre 12", -400...400, finer),
            coefficient("mfcc-13", "Timbre 13", -400...400, finer),
        ])

    private static let finer: StaticString = "A finer detail of the sound's colour."

    private static func coefficient(
        _ name: StaticString, _ label: StaticString, _ range: ClosedRange<Float>, _ help: StaticString
    ) -> ParameterInfo {
        ParameterInfo(name, label: label, range: range, default: 0, help: help)
    }

    private let bands: ProfileBands
    private let transform: CosineTransform

    init(_ setup: FeatureSetup) {
        bands = ProfileBands(setup)
        transform = CosineTransform(
            inputCount: setup.bandCount, outputCount: 13, isOrthonormal: setup.profile.isTransformOrthonormal)
    }

    override func compute(_ frame: Frame, into output: UnsafeMutablePointer<Float>) {
        transform.apply(bands.levels(of: frame), into: output)
    }
}
