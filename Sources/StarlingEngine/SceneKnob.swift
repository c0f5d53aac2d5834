import StarlingMath
import StarlingProject

/// A free knob of a `follow` model: a continuous output beside the instruments' parameters.
public struct SceneKnob {
    public let id: Text
    public let name: Text
    /// `MODEL/KNOB`, as takes, presets and parameters call it.
    public let path: Text
    /// Range, default and curve; stepped where it takes whole numbers only.
    public let info: ParameterInfo

    /// The last parts of a model's own slots: no knob may be called so.
    private static let reserved: [Text] = ["label", "certainty", "map-x", "map-y", "novelty"]

    static func all(of model: Text, _ document: Document) throws(StarlingError) -> [SceneKnob] {
        var knobs: [SceneKnob] = []
        for id in document.ordered("knobs", where: "model", is: model) { knobs.append(try SceneKnob(id, model, document)) }
        return knobs
    }

    private init(_ id: Text, _ model: Text, _ document: Document) throws(StarlingError) {
        self.id = id
        name = document.text("knobs", id, "name") ?? id
        path = model + "/" + id
        if Self.reserved.contains(id) {
            throw StarlingError("No knob can have the id \"" + id + "\", which every model uses itself. Choose another.")
        }
        let minimum = Float(document.number("knobs", id, "minimum") ?? 0)
        let maximum = Float(document.number("knobs", id, "maximum") ?? 1)
        guard minimum < maximum else {
            throw StarlingError(
                "The knob \"" + name + "\" goes from " + Text(shortest: minimum) + " to " + Text(shortest: maximum)
                    + ". Its maximum must be above its minimum.")
        }
        info = ParameterInfo(
            "knob", label: "Knob", range: minimum...maximum,
            default: clamp(Float(document.number("knobs", id, "default") ?? 0), minimum, maximum),
            curve: document.flag("knobs", id, "whole") ? .stepped : .linear,
            help: "A knob that the model learns to turn.")
    }

    var plan: Plan.Knob {
        var plan = Plan.Knob()
        plan.key = path.key
        plan.minimum = info.minimum
        plan.maximum = info.maximum
        plan.defaultValue = info.limited(info.defaultValue)
        plan.isWhole = info.curve == .stepped
        return plan
    }
}

extension Scene {
    /// Where the player has put a knob: the document's value, or the default.
    func placed(_ knob: SceneKnob) -> Float {
        document.number("parameters", knob.path, "value").map { knob.info.limited(Float($0)) } ?? knob.info.defaultValue
    }

    /// The value a category's preset has for a parameter or knob; nil where it says nothing.
    func preset(_ category: Text, _ path: Text) -> Float? {
        let ids = document.ordered("presets", where: "category", is: category)
        let id = ids.first { document.text("presets", $0, "parameter") == path }
        return id.flatMap { document.number("presets", $0, "value") }.map { Float($0) }
    }
}
