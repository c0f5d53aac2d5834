import StarlingMath

/// A named set of parameter values of one instrument or effect.
public struct PresetInfo: Sendable {
    /// The preset's name in paths and files, lower case with hyphens.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// A value for each parameter, in order.
    public let values: [Float]

    /// Describes a preset.
    public init(_ name: StaticString, label: StaticString, values: [Float]) {
        self.name = name
        self.label = label
        self.values = values
    }
}

/// What there is to know about one instrument: a record of the catalogue.
public struct InstrumentInfo: Sendable {
    /// A number that stays the instrument's own for ever, also when others are added or go.
    public let id: UInt16
    /// The instrument's name in paths and files, lower case with hyphens.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// What it is and how to play it, in a musician's words.
    public let help: StaticString
    /// Where its method is described.
    public let reference: StaticString
    /// Its parameters, in the order in which `tick` takes them.
    public let parameters: [ParameterInfo]

    /// Describes an instrument.
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

/// All instruments there are. A new one is a file of its own, and a record and a maker here.
public enum InstrumentCatalogue {
    /// The instruments in the order in which they are offered.
    public static let all: [InstrumentInfo] = [
        Choir.info, Subtractive.info, FrequencyModulation.info, PluckedString.info, Struck.info, DrumKit.info,
        Wavetable.info, Granular.info, Sampler.info,
    ]

    /// Their presets, in the same order; apart, so that a program that only plays them does not carry these along. Every
    /// preset must have one value for each parameter.
    static let presets: [[PresetInfo]] = [
        Choir.presets, Subtractive.presets, FrequencyModulation.presets, PluckedString.presets, Struck.presets,
        DrumKit.presets, Wavetable.presets, Granular.presets, Sampler.presets,
    ]

    /// What makes each of them, in the same order; apart, so that a program that only describes them is not made of them.
    static let makers: [@Sendable (Hertz) -> Instrument] = [
        { Choir(sampleRate: $0) }, { Subtractive(sampleRate: $0) }, { FrequencyModulation(sampleRate: $0) },
        { PluckedString(sampleRate: $0) }, { Struck(sampleRate: $0) },
        { DrumKit(sampleRate: $0) }, { Wavetable(sampleRate: $0) },
        { Granular(sampleRate: $0) }, { Sampler(sampleRate: $0) },
    ]
}

extension InstrumentInfo {
    private var place: Int { InstrumentCatalogue.all.firstIndex { $0.id == id }! }

    /// Its presets, about equally loud; the first is made of the parameters' defaults.
    public var presets: [PresetInfo] { InstrumentCatalogue.presets[place] }

    /// Makes the instrument for a sample rate of 8...192 kHz; it takes all its memory now. Without a bank, what plays sounds
    /// has only the built-in one.
    public func make(_ sampleRate: Hertz, sounds: SoundBank? = nil) -> Instrument {
        let instrument = InstrumentCatalogue.makers[place](sampleRate)
        if let sounds { instrument.use(sounds) }
        return instrument
    }
}
