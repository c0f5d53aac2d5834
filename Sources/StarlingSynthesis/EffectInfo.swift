import StarlingMath

/// What there is to know about one effect: a record of the catalogue.
public struct EffectInfo: Sendable {
    /// A number that stays the effect's own for ever, also when others are added or go.
    public let id: UInt16
    /// The effect's name in paths and files, lower case with hyphens.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// What it does to a sound, in a musician's words.
    public let help: StaticString
    /// Where its method is described.
    public let reference: StaticString
    /// Its parameters, in the order in which `tick` takes them.
    public let parameters: [ParameterInfo]

    /// Describes an effect.
    public init(
        id: UInt16, name: StaticString, label: StaticString, help: StaticString, reference: StaticString,
        parameters: [ParameterInfo]
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.help = help
        self.reference = reference
        self.parameters = parameters
    }
}

/// All effects there are. A new one is a file of its own, and a record and a maker here.
public enum EffectCatalogue {
    /// The effects in the order in which they are offered.
    public static let all: [EffectInfo] = [
        Reverb.info, Delay.info, Chorus.info, Drive.info, Filter.info, Compressor.info, Equaliser.info,
    ]

    /// Their presets, in the same order; apart, as instruments' are.
    static let presets: [[PresetInfo]] = [
        Reverb.presets, Delay.presets, Chorus.presets, Drive.presets, Filter.presets, Compressor.presets,
        Equaliser.presets,
    ]

    /// What makes each of them, in the same order.
    static let makers: [@Sendable (Hertz) -> Effect] = [
        { Reverb(sampleRate: $0) }, { Delay(sampleRate: $0) }, { Chorus(sampleRate: $0) }, { Drive(sampleRate: $0) },
        { Filter(sampleRate: $0) }, { Compressor(sampleRate: $0) }, { Equaliser(sampleRate: $0) },
    ]
}

extension EffectInfo {
    private var place: Int { EffectCatalogue.all.firstIndex { $0.id == id }! }

    /// Its presets; the first is made of the parameters' defaults.
    public var presets: [PresetInfo] { EffectCatalogue.presets[place] }

    /// Makes the effect for a sample rate of 8...192 kHz; it takes all its memory now.
    public func make(_ sampleRate: Hertz) -> Effect {
        EffectCatalogue.makers[place](sampleRate)
    }
}
