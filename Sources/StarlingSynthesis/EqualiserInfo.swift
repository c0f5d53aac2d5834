import StarlingMath

extension Equaliser {
    private static func gain(_ name: StaticString, _ label: StaticString, _ help: StaticString) -> ParameterInfo {
        ParameterInfo(name, label: label, unit: .decibels, range: -18...18, default: 0, help: help)
    }

    private static func place(
        _ name: StaticString, _ label: StaticString, _ range: ClosedRange<Float>, _ hertz: Hertz, _ help: StaticString
    ) -> ParameterInfo {
        ParameterInfo(name, label: label, unit: .hertz, range: range, default: hertz, curve: .logarithmic, help: help)
    }

    private static func quality(_ name: StaticString, _ label: StaticString) -> ParameterInfo {
        ParameterInfo(
            name, label: label, range: 0.3...10, default: 0.9, curve: .logarithmic,
            help: "How narrow this bell is: broad (0.3) to a single tone (10).")
    }

    /// The equaliser's record in the catalogue.
    static let info = EffectInfo(
        id: 7, name: "equaliser", label: "Equaliser",
        help: "Makes four regions louder or softer: body, warmth, presence, air.",
        reference: "R. Bristow-Johnson, \"Cookbook formulae for audio equalizer biquad filter coefficients\", 1998.",
        parameters: [
            place("low", "Low", 30...600, 120, "Below this the low shelf works."),
            gain("low-gain", "Low gain", "How much louder or softer the bass is."),
            place("bell-1", "Bell 1", 60...8_000, 450, "The middle of the first bell."),
            gain("bell-1-gain", "Bell 1 gain", "How much louder or softer the first bell is."),
            quality("bell-1-width", "Bell 1 width"),
            place("bell-2", "Bell 2", 200...16_000, 2_800, "The middle of the second bell."),
            gain("bell-2-gain", "Bell 2 gain", "How much louder or softer the second bell is."),
            quality("bell-2-width", "Bell 2 width"),
            place("high", "High", 1_000...16_000, 7_000, "Above this the high shelf works."),
            gain("high-gain", "High gain", "How much louder or softer the treble is."),
            ParameterInfo(
                "level", label: "Level", unit: .decibels, range: -24...12, default: 0, help: "How loud everything is."),
        ])

    /// Its presets; the first is made of the parameters' defaults.
    static let presets: [PresetInfo] = [
        PresetInfo("flat", label: "Flat", values: [120, 0, 450, 0, 0.9, 2_800, 0, 0.9, 7_000, 0, 0]),
        PresetInfo("clear", label: "Clear", values: [110, -2, 380, -3.5, 1, 3_200, 2.5, 0.8, 9_000, 3.5, 0.5]),
        PresetInfo("warm", label: "Warm", values: [160, 3.5, 300, 1.5, 0.7, 3_500, -2.5, 0.8, 8_000, -3, -1]),
        PresetInfo("radio", label: "Small radio", values: [420, -18, 1_100, 5, 0.8, 2_400, 3, 1, 4_500, -18, 0]),
        PresetInfo("present", label: "Present", values: [90, 1.5, 500, -3, 0.9, 2_600, 4.5, 1.1, 10_000, 2, -1]),
    ]
}
