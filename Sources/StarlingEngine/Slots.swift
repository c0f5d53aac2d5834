import StarlingLearning
import StarlingMath
import StarlingProject

/// One slot of the bus as people and other programs see it.
public struct SlotInfo {
    public let slot: Int
    /// The path, which is its OSC address too: `/listen/mic/pitch`.
    public let path: Text
    /// The name for people; a pad's own name where the slot is a pad's.
    public let label: Text
    /// Unit, range, default and curve.
    public let info: ParameterInfo

    init(_ slot: Int, path: Text, _ info: ParameterInfo, label: Text? = nil) {
        self.slot = slot
        self.path = path
        self.label = label ?? Text(info.label)
        self.info = info
    }

    /// The slot's record.
    public var json: JSON {
        .object(
            [
                .init("slot", .number(Double(slot))), .init("path", .text(path)), .init("label", .text(label)),
            ] + Catalogue.members(info).filter { $0.name != "name" && $0.name != "label" })
    }
}

/// What the slots behind the catalogues' are: the engine's own.
private enum OwnSlot {
    static let meter = ParameterInfo(
        "meter", label: "Output", unit: .decibels, range: -100...0, default: -100,
        help: "How loud everything that is heard is just now.")
    static let beat = ParameterInfo(
        "beat", label: "Beat", range: 0...12, default: 0, help: "How many beats the bar has run; its fraction runs through each beat.")
    static let bar = ParameterInfo("bar", label: "Bar", range: 0...999, default: 0, help: "How many bars have passed since the start.")
    static let step = ParameterInfo(
        "step", label: "Step", range: -2...15, default: -1,
        help: "The step of the pattern that sounds, from 0; -1 while it does not play, -2 while it waits to. A number below 0 ends it, another launches it.")
    static let label = ParameterInfo(
        "label", label: "Recognised", unit: .category, range: -1...Float(Plan.Limit.outputs), default: -1,
        help: "The number of the recognised pad, from 0; -1 for none.")
    static let certainty = ParameterInfo(
        "certainty", label: "Certain now", unit: .ratio, default: 0,
        help: "How certain the model is of what it recognises.")
    static let mapX = ParameterInfo(
        "map-x", label: "Map, across", range: -4...4, default: 0,
        help: "Where the input is on the map, from left to right.")
    static let mapY = ParameterInfo(
        "map-y", label: "Map, up", range: -4...4, default: 0,
        help: "Where the input is on the map, from bottom to top.")
    static let novelty = ParameterInfo(
        "novelty", label: "Unlike anything taught", unit: .ratio, default: 0,
        help: "How unlike everything that was taught this is.")
    static let phase = ParameterInfo(
        "phase", label: "Phase", unit: .ratio, default: 0,
        help: "How far the gesture has got, from its beginning to its end.")
    static let speed = ParameterInfo(
        "speed", label: "Speed", range: 0...8, default: 0,
        help: "How fast the gesture is being made; 1 is as taught.")
    static let category = ParameterInfo(
        "certainty", label: "Certainty", unit: .ratio, default: 0,
        help: "How certain the model is that it hears this.")
    static let followed = ParameterInfo(
        "followed", label: "Followed", range: -1...1, default: -1,
        help: "Where the model moves this knob, as a position from 0 to 1; -1 while it does not know.")
}

extension Scene {
    /// Unit, range and curve of a slot; nil for one that is not in use.
    public func info(slot: Int) -> ParameterInfo? {
        if layout.features.indices.contains(slot) { return layout.features[slot] }
        if layout.play.contains(slot) { return layout.parameters[slot - layout.play.lowerBound].info }
        return slots.first { $0.slot == slot }?.info
    }

    var listenSlots: [SlotInfo] {
        layout.features.indices.map { slot in
            let info = layout.features[slot]
            return SlotInfo(slot, path: "/listen/mic/" + Text(info.name), info)
        }
    }

    var playSlots: [SlotInfo] {
        layout.parameters.indices.map { index in
            let parameter = layout.parameters[index]
            return SlotInfo(layout.play.lowerBound + index, path: "/play/" + parameter.path, parameter.info)
        } + [SlotInfo(layout.meter, path: "/play/master/meter", OwnSlot.meter)]
    }

    var patternSlots: [SlotInfo] {
        let patterns = patterns
        return [
            SlotInfo(layout.beat, path: "/play/transport/beat", OwnSlot.beat), SlotInfo(layout.bar, path: "/play/transport/bar", OwnSlot.bar),
        ] + patterns.indices.map { index in
            SlotInfo(
                layout.patterns.lowerBound + index, path: "/play/pattern/" + patterns[index] + "/step", OwnSlot.step,
                label: document.text("patterns", patterns[index], "name"))
        }
    }

    func slots(_ model: SceneModel) -> [SlotInfo] {
        let root = "/learn/" + model.id + "/"
        let first = model.firstSlot
        let common = [
            SlotInfo(first + ModelSlot.label, path: root + "label", OwnSlot.label),
            SlotInfo(first + ModelSlot.certainty, path: root + "certainty", OwnSlot.certainty),
            SlotInfo(first + ModelSlot.mapX, path: root + "map-x", OwnSlot.mapX),
            SlotInfo(first + ModelSlot.mapY, path: root + "map-y", OwnSlot.mapY),
            SlotInfo(first + ModelSlot.novelty, path: root + "novelty", OwnSlot.novelty),
        ]
        switch model.task {
        case .categories: return common + categorySlots(model, root, [OwnSlot.category])
        case .gestures: return common + categorySlots(model, root, [OwnSlot.category, OwnSlot.phase, OwnSlot.speed])
        case .continuous: return common + followedSlots(model, root) + knobSlots(model, root)
        }
    }

    private func categorySlots(_ model: SceneModel, _ root: Text, _ values: [ParameterInfo]) -> [SlotInfo] {
        model.categories.indices.flatMap { index in
            let id = model.categories[index]
            return values.indices.map { value in
                SlotInfo(
                    model.firstSlot + ModelSlot.count + index * values.count + value,
                    path: root + id + "/" + Text(values[value].name), values[value],
                    label: document.text("categories", id, "name"))
            }
        }
    }

    private func knobSlots(_ model: SceneModel, _ root: Text) -> [SlotInfo] {
        model.knobs.indices.map { index in
            SlotInfo(
                model.firstSlot + ModelSlot.count + model.followed.count + index, path: root + model.knobs[index].id,
                model.knobs[index].info, label: model.knobs[index].name)
        }
    }

    private func followedSlots(_ model: SceneModel, _ root: Text) -> [SlotInfo] {
        model.followed.indices.map { index in
            let parameter = layout.parameters[model.followed[index]]
            return SlotInfo(
                model.firstSlot + ModelSlot.count + index, path: root + parameter.path, OwnSlot.followed,
                label: Text(parameter.info.label))
        }
    }

    /// A slot's value as people read it, with its unit: `-18 dB`, `1.4 kHz`, `A3`, `74 %`.
    public static func text(_ info: ParameterInfo, value: Float) -> Text {
        switch info.unit {
        case .hertz:
            return value >= 1000
                ? Text(Double(value) / 1000, decimals: 1) + " kHz" : Text(Double(value), decimals: 0) + " Hz"
        case .decibels: return Text(Double(value), decimals: 0) + " dB"
        case .seconds:
            return value < 1
                ? Text(Double(value) * 1000, decimals: 0) + " ms" : Text(Double(value), decimals: 1) + " s"
        case .noteNumber: return noteName(value)
        case .semitones: return Text(Double(value), decimals: 1) + " st"
        case .percent: return Text(Double(value), decimals: 0) + " %"
        case .ratio: return Text(Double(value) * 100, decimals: 0) + " %"
        case .none, .category: return Text(Double(value), decimals: 2)
        }
    }

    private static func noteName(_ note: NoteNumber) -> Text {
        let names: [Text] = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]
        let whole = Int(clamp(note, 0, 127).rounded(.toNearestOrEven))
        return names[whole % 12] + Text(whole / 12 - 1)
    }
}
