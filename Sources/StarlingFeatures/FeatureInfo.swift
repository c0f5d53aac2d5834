import StarlingMath

/// What there is to know about one feature: a record of the catalogue.
public struct FeatureInfo: Sendable {
    /// A number that stays the feature's own for ever, also when others are added or go.
    public let id: UInt16
    /// The feature's name in paths and files, lower case with hyphens.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// What it is for and what its values mean, in a musician's words.
    public let help: StaticString
    /// The definition: a paper, a standard, or the reference implementation with its settings.
    public let reference: StaticString
    /// One slot for each number that comes out, in order.
    public let outputs: [ParameterInfo]
    /// Whether it is one of the few that people are shown first.
    public let isBasic: Bool

    /// Describes a feature.
    public init(
        id: UInt16, name: StaticString, label: StaticString, help: StaticString, reference: StaticString,
        isBasic: Bool = false, outputs: [ParameterInfo]
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.help = help
        self.reference = reference
        self.isBasic = isBasic
        self.outputs = outputs
    }
}

/// All features there are. A new one is a file of its own, and a record and a maker here.
public enum FeatureCatalogue {
    /// The features in the order in which their outputs follow each other.
    public static let all: [FeatureInfo] = [
        Loudness.info, Centroid.info, Pitch.info, Onset.info, ZeroCrossingRate.info, CepstralCoefficients.info,
        SpectralShape.info, Rolloff.info, Tonality.info, Tilt.info, Flux.info, Bands.info, ProgrammeLoudness.info, Peak.info,
        Chroma.info, Harmonicity.info, Beginnings.info, Tempo.info, Novelty.info,
    ]

    /// What makes each of them, in the same order; apart, so that a program that only describes them is not made of them.
    static let makers: [@Sendable (FeatureSetup) -> Feature] = [
        { Loudness(frameSize: $0.frameSize) }, { Centroid($0) }, { Pitch($0) }, { Onset($0) },
        { ZeroCrossingRate(frameSize: $0.frameSize) }, { CepstralCoefficients($0) },
        { SpectralShape($0) }, { Rolloff($0) }, { _ in Tonality() }, { Tilt($0) }, { Flux($0) }, { _ in Bands() },
        { ProgrammeLoudness($0) }, { Peak($0) }, { Chroma($0) }, { Harmonicity($0) }, { Beginnings($0) }, { Tempo($0) },
        { Novelty($0) },
    ]

    /// The outputs of all features, one after the other.
    public static var outputs: [ParameterInfo] { all.flatMap { $0.outputs } }
}

extension FeatureInfo {
    /// Makes the feature, which takes all its memory now.
    func make(_ setup: FeatureSetup) -> Feature {
        FeatureCatalogue.makers[FeatureCatalogue.all.firstIndex { $0.id == id }!](setup)
    }
}
