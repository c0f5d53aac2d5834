import StarlingMath
import StarlingProject

/// Slots that are set from outside: OSC arguments, MIDI controllers. They lie behind the features and are remembered, recorded
/// and learned from as features are.
public enum Controls {
    /// How many there are.
    public static let count = 128

    /// The name of a control by its index from 0, which is the id of its record and its column in takes: `control-1`.
    public static func name(_ index: Int) -> Text { "control-" + Text(index + 1) }

    /// The index of a control by its name; nil for all other names.
    public static func index(_ name: Text) -> Int? { (0..<count).first { self.name($0) == name } }
}

/// A control of a project: a record of the table `controls`.
///
/// Its slot holds the number as it comes; low and high say where it usually lies, for meters and mappings.
public struct SceneControl {
    /// Its index among the controls, from 0.
    public let index: Int
    public let name: Text
    /// Its range.
    public let info: ParameterInfo

    /// One without a record.
    static let plain = ParameterInfo(
        "control", label: "Control", default: 0, help: "A number that comes from outside, by OSC or MIDI.")

    static func all(_ document: Document) throws(StarlingError) -> [SceneControl] {
        var all: [SceneControl] = []
        for id in document.ordered("controls") { all.append(try SceneControl(id, document)) }
        return all
    }

    private init(_ id: Text, _ document: Document) throws(StarlingError) {
        guard let index = Controls.index(id) else {
            throw StarlingError(
                "The project has a control \"" + id + "\", but there is room for control-1 to control-" + Text(Controls.count)
                    + ". Play it with starling run, or remove that one.")
        }
        self.index = index
        name = document.text("controls", id, "name") ?? id
        let low = Float(document.number("controls", id, "low") ?? 0)
        let high = Float(document.number("controls", id, "high") ?? 1)
        guard low < high else {
            throw StarlingError(
                "The control \"" + name + "\" goes from " + Text(shortest: low) + " to " + Text(shortest: high)
                    + ". Its high must be above its low.")
        }
        info = ParameterInfo(
            "control", label: "Control", range: low...high, default: clamp(0, low, high),
            help: "A number that comes from outside, by OSC or MIDI.")
    }
}

extension Scene {
    var controlSlots: [SlotInfo] {
        controls.map { control in
            SlotInfo(
                layout.controls.lowerBound + control.index, path: "/listen/control/" + Text(control.index + 1),
                control.info, label: control.name)
        }
    }

    /// The name for people of a listen slot.
    func label(ofInput slot: Int) -> Text {
        if slot < layout.features.count { return Text(layout.features[slot].label) }
        if let known = derived.first(where: { layout.derived.lowerBound + $0.index == slot }) { return known.name }
        if layout.derived.contains(slot) { return layout.columns[slot] }
        let index = slot - layout.controls.lowerBound
        return controls.first { $0.index == index }?.name ?? Controls.name(index)
    }
}
