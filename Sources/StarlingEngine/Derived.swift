import StarlingFeatures
import StarlingMath
import StarlingProject

/// Slots that are worked out of others once a hop: derived features. They lie behind the controls, and are remembered, recorded
/// and learned from as features are.
public enum Derived {
    /// How many there are.
    public static let count = 64

    /// The name of one by its index from 0, which is the id of its record and its column in takes: `derived-1`.
    public static func name(_ index: Int) -> Text { "derived-" + Text(index + 1) }

    /// The index by the name; nil for all other names.
    public static func index(_ name: Text) -> Int? { (0..<count).first { self.name($0) == name } }
}

/// A derived feature of a project: a record of the table `derived`.
public struct SceneDerived {
    /// Its index among the derived features, from 0.
    public let index: Int
    public let name: Text
    /// The listen slot that it follows.
    public let source: Int
    /// The feature or control that it is made of in the end.
    let root: Int
    /// How it is made.
    public let how: Derivation
    /// Its unit and range.
    public let info: ParameterInfo

    /// Those of a document by their index, so that each follows only those before it.
    static func all(
        _ document: Document, _ layout: BusLayout, _ controls: [SceneControl]
    ) throws(StarlingError) -> [SceneDerived] {
        var all: [SceneDerived] = []
        for index in 0..<Derived.count where document.ids("derived").contains(Derived.name(index)) {
            all.append(try SceneDerived(index, document, layout, controls, before: all))
        }
        guard all.count == document.ids("derived").count else {
            throw StarlingError("Derived features are called derived-1 to derived-" + Text(Derived.count) + ". Rename the others.")
        }
        return all
    }

    private init(
        _ index: Int, _ document: Document, _ layout: BusLayout, _ controls: [SceneControl], before: [SceneDerived]
    ) throws(StarlingError) {
        let id = Derived.name(index)
        self.index = index
        name = document.text("derived", id, "name") ?? id
        let wanted = document.text("derived", id, "source") ?? Text()
        guard let slot = layout.columns.firstIndex(of: wanted), slot < layout.derived.lowerBound + index else {
            throw StarlingError(
                "\"" + name + "\" is made of \"" + wanted + "\". Choose a feature, a control or a derived feature with a lower number.")
        }
        source = slot
        let parent = before.first { layout.derived.lowerBound + $0.index == slot }
        root = parent?.root ?? slot
        let info = slot < layout.features.count ? layout.features[slot]
            : parent?.info ?? controls.first { layout.controls.lowerBound + $0.index == slot }?.info ?? SceneControl.plain
        let word = document.text("derived", id, "kind") ?? Text()
        let kind = DerivationKind.allCases.first { Text($0.name) == word } ?? .mean
        let low = document.number("derived", id, "low").map { Float($0) } ?? info.minimum
        let high = document.number("derived", id, "high").map { Float($0) } ?? info.maximum
        guard low < high else {
            throw StarlingError(
                "\"" + name + "\" goes from " + Text(shortest: low) + " to " + Text(shortest: high) + ". Its high must be above its low.")
        }
        how = Derivation(
            kind: kind, seconds: Float(document.number("derived", id, "seconds") ?? 0.2),
            amount: Float(document.number("derived", id, "amount") ?? 0), low: low, high: high)
        self.info = how.info(of: info)
    }
}

extension Derivation {
    /// Unit and range of what comes out, from those of the source.
    fileprivate func info(of source: ParameterInfo) -> ParameterInfo {
        let span = high - low
        let difference = source.unit == .noteNumber ? Unit.semitones : source.unit
        switch kind {
        case .deviation: return ranged(0...span / 2, difference)
        case .slope: return ranged(-span / seconds...span / seconds, .none)
        case .delta: return ranged(-span...span, difference)
        case .acceleration: return ranged(-2 * span...2 * span, difference)
        case .scale: return ranged(0...1, .ratio)
        default: return ranged(low...high, source.unit)
        }
    }

    private func ranged(_ range: ClosedRange<Float>, _ unit: Unit) -> ParameterInfo {
        ParameterInfo(
            "derived", label: kind.label, unit: unit, range: range, default: clamp(0, range.lowerBound, range.upperBound), help: kind.help)
    }
}

extension Scene {
    var derivedSlots: [SlotInfo] {
        derived.map {
            SlotInfo(layout.derived.lowerBound + $0.index, path: "/listen/derived/" + Text($0.index + 1), $0.info, label: $0.name)
        }
    }
}
