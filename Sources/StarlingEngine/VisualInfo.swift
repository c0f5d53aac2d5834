import StarlingMath

/// A picture's record: its name and its parameters, which are slots of the bus like those of an effect.
///
/// Whatever moves an effect's knobs moves a picture's. The page draws it (`web/visuals`); the audio thread only
/// keeps its parameters.
public struct VisualInfo: Sendable {
    /// A number that stays the picture's own for ever, also when others are added or go.
    public let id: UInt16
    /// The picture's name in paths and files, lower case with hyphens.
    public let name: StaticString
    /// Its parameters: the four that all pictures have, then its own.
    public let parameters: [ParameterInfo]

    /// Describes a picture by the defaults of what all have, and its own parameters.
    @inline(never)
    init(_ id: UInt16, _ name: StaticString, hue: Float, light: Float, speed: Float, response: Float, own: [ParameterInfo]) {
        self.id = id
        self.name = name
        parameters = [
            knob("hue", "Hue", hue, "The colour: red (0), yellow, green, blue, violet, and red again (1)."),
            knob("light", "Light", light, "From black (0) to bright (1)."),
            knob("speed", "Speed", speed, "How fast it moves by itself."),
            knob("response", "Response", response, "How much it moves with the sound."),
        ] + own
    }
}

/// A parameter of a picture. In a function that is not copied to each place it takes the audio thread's binary a third.
@inline(never)
func knob(
    _ name: StaticString, _ label: StaticString, _ initial: Float, _ help: StaticString, _ range: ClosedRange<Float>? = nil,
    _ curve: Curve = .linear
) -> ParameterInfo {
    ParameterInfo(
        name, label: label, unit: range == nil ? .ratio : .none, range: range ?? 0...1, default: initial, curve: curve,
        help: help)
}
