import StarlingFeatures
import StarlingMath
import StarlingSynthesis

/// Where the parts of the bus lie: listen first (features, then controls, then derived features), then play, then learn.
///
/// Listen and play follow from the catalogues alone and never move. Learn follows from the project's models
/// and is laid out by `Plan`.
public struct BusLayout: Sendable {
    /// How many slots the bus has room for.
    public static let capacity = 1_024

    /// What models may have as inputs: a slot a feature output, in the catalogue's order, then controls, then derived features.
    public let listen: Range<Int>
    /// The features' outputs behind the first listen slots, in slot order.
    public let features: [ParameterInfo]
    /// The slots of the controls.
    public let controls: Range<Int>
    /// The slots of the derived features.
    public let derived: Range<Int>
    /// The slots of all instruments', all effects', the master's, the plane's, all pictures' and the transport's parameters.
    public let play: Range<Int>
    /// The first slot of the transport's parameters, the last of the play slots.
    public var transport: Int { play.upperBound - Transport.parameters.count }
    /// The slot with the loudness of the input in dB, which opens the models' gates.
    public let loudness: Int
    /// The slot with the level of what is heard, in dB.
    public let meter: Int
    /// The slots with the beats since the bar began and the whole bars since the start; 0 while the transport stands still.
    public var beat: Int { meter + 1 }
    public var bar: Int { meter + 2 }
    /// A slot a pattern: the step that sounds, from 0; -1 while it does not play, -2 while it waits to.
    public var patterns: Range<Int> { meter + 3..<meter + 3 + Plan.Limit.patterns }
    /// The first slot that models may use.
    public var learn: Int { patterns.upperBound }

    /// The parameters behind the play slots, in slot order.
    public let parameters: [PlayParameter]

    /// The place in the catalogue of the feature that a listen slot belongs to; nil where it belongs to none.
    public func feature(of slot: Int) -> Int? {
        var first = 0
        return FeatureCatalogue.all.firstIndex { info in
            defer { first += info.outputs.count }
            return (first..<first + info.outputs.count).contains(slot)
        }
    }

    /// The layout that follows from the catalogues.
    public init() {
        features = FeatureCatalogue.all.flatMap { $0.outputs }
        parameters = PlayParameter.all()
        controls = features.count..<(features.count + Controls.count)
        derived = controls.upperBound..<(controls.upperBound + Derived.count)
        listen = 0..<derived.upperBound
        play = listen.upperBound..<(listen.upperBound + parameters.count)
        loudness = features.firstIndex { Text($0.name) == "loudness" } ?? 0
        meter = play.upperBound
    }

    /// The names of the listen slots, as takes' columns have them.
    public var columns: [Text] {
        features.map { Text($0.name) } + (0..<Controls.count).map { Controls.name($0) }
            + (0..<Derived.count).map { Derived.name($0) }
    }

    /// What a listen slot holds before anything was heard, and in takes from before it existed.
    func initialValue(ofInput slot: Int) -> Float { slot < features.count ? features[slot].defaultValue : 0 }
}

/// A parameter of an instrument, an effect, the master, the plane, a picture or the transport, with the name of what it belongs to.
public struct PlayParameter: Sendable {
    /// The instrument's, effect's or picture's name in its catalogue, `master`, `plane` or `transport`.
    public let owner: StaticString
    /// Name, unit, range, default and curve.
    public let info: ParameterInfo

    /// `owner/name`, as the project document calls it.
    public var path: Text { Text(owner) + "/" + Text(info.name) }

    static func all() -> [PlayParameter] {
        var all: [PlayParameter] = []
        for instrument in InstrumentCatalogue.all { add(instrument.name, instrument.parameters, to: &all) }
        for effect in EffectCatalogue.all { add(effect.name, effect.parameters, to: &all) }
        add("master", Master.parameters, to: &all)
        add(Plane.name, Plane.parameters, to: &all)
        for visual in VisualCatalogue.all { add(visual.name, visual.parameters, to: &all) }
        add("transport", Transport.parameters, to: &all)
        return all
    }

    @inline(never) private static func add(_ owner: StaticString, _ infos: [ParameterInfo], to all: inout [PlayParameter]) {
        for info in infos { all.append(PlayParameter(owner: owner, info: info)) }
    }
}
