import StarlingLearning
import StarlingMath
import StarlingProject

extension WekinatorSetup {
    /// The changes that make a new project of a setup.
    func changes(_ names: ProjectNames) -> [Change] {
        var changes = [
            Change("project", "project", "name", .text(name)),
            Change("osc", "osc", "inputs", .text(inputAddress)), Change("osc", "osc", "outputs", .text(outputAddress)),
        ]
        changes += inputChanges(names)
        for (i, output) in outputs.enumerated() { changes += output.changes(i, names) }
        return changes
    }

    /// The changes that make controls of all inputs.
    func inputChanges(_ names: ProjectNames) -> [Change] {
        var changes: [Change] = []
        for (i, key) in names.columns.enumerated() {
            func set(_ field: Text, _ value: Value) { changes.append(Change("controls", key, field, value)) }
            set("name", .text(inputNames[i]))
            set("order", .number(Double(i)))
            set("source", .text("osc"))
            set("address", .text(inputAddress))
            set("port", .number(Double(inputPort)))
            set("argument", .number(Double(i)))
        }
        return changes
    }

    /// The setup that a document holds, and under which ids.
    ///
    /// Inputs are the controls that the address of inputs feeds, then whatever else a model listens to.
    /// - Throws: a sentence where there is nothing in it to run.
    ///
    /// - Parameter port: In a page the port where frames come; controls that it feeds are all inputs then.
    static func read(_ document: Document, port: Int? = nil) throws(StarlingError) -> (setup: WekinatorSetup, names: ProjectNames) {
        let address = document.text("osc", "osc", "inputs") ?? "/wek/inputs"
        var columns = document.arguments(of: address, port)
        let models = document.ordered("models")
        for model in models where port == nil {
            for key in document.inputColumns(of: model) where !columns.contains(key) { columns.append(key) }
        }
        var names = ProjectNames(columns: columns)
        var setup = WekinatorSetup(inputNames: columns.map { document.text("controls", $0, "name") ?? $0 }, outputs: [])
        setup.name = document.text("project", "project", "name") ?? "Untitled"
        setup.inputAddress = address
        setup.outputAddress = document.text("osc", "osc", "outputs") ?? setup.outputAddress
        for model in models { setup.outputs += OutputSetup.read(model, document, &names) }
        if let port { setup.inputPort = port }
        guard port != nil || !setup.outputs.isEmpty else {
            throw StarlingError("The project has no output: it needs a model with categories, gestures or knobs.")
        }
        return (setup, names)
    }
}

extension OutputSetup {
    fileprivate func changes(_ index: Int, _ names: ProjectNames) -> [Change] {
        let id = names.models[index]
        func set(_ field: Text, _ value: Value) -> Change { Change("models", id, field, value) }
        var changes = [
            set("name", .text(name)), set("kind", .text(model)), set("order", .number(Double(index + 1))),
            set("gate", .number(-200)), inputsChange(id, names),
        ]
        if let info = ModelCatalogue.named(model) {
            for (setting, value) in zip(info.settings, settings) {
                let record = id + "-" + Text(setting.name)
                changes.append(Change("settings", record, "model", .text(id)))
                changes.append(Change("settings", record, "name", .text(Text(setting.name))))
                changes.append(Change("settings", record, "value", .number(Double(value))))
            }
        }
        switch kind {
        case .categories: changes.append(set("drive", .text("switch")))
        case .gestures:
            changes.append(set("drive", .text("gesture")))
            changes.append(Change("oscoutputs", id, "once", .flag(isNamedOnce)))
            changes.append(Change("oscoutputs", id, "threshold", .number(Double(threshold))))
        case .continuous(let minimum, let maximum, let isWhole, let isHard):
            changes.append(set("drive", .text("follow")))
            let knob = names.knobs[index]!
            changes += [
                Change("knobs", knob, "model", .text(id)), Change("knobs", knob, "name", .text(name)),
                Change("knobs", knob, "minimum", .number(Double(minimum))),
                Change("knobs", knob, "maximum", .number(Double(maximum))),
                Change("knobs", knob, "whole", .flag(isWhole)),
                Change("oscoutputs", id, "hard", .flag(isHard)),
            ]
        }
        changes.append(Change("oscoutputs", id, "distribution", .flag(sendsDistribution)))
        for (number, category) in names.categories[index].enumerated() {
            changes += OutputSetup.category(category, of: id, name: categoryName(number), order: number + 1)
        }
        return changes
    }

    /// The changes that make a category.
    static func category(_ id: Text, of model: Text, name: Text, order: Int) -> [Change] {
        [
            Change("categories", id, "model", .text(model)), Change("categories", id, "name", .text(name)),
            Change("categories", id, "order", .number(Double(order))),
        ]
    }

    /// The change that says which inputs a model listens to.
    func inputsChange(_ id: Text, _ names: ProjectNames) -> Change {
        let chosen = (inputs ?? Array(names.columns.indices)).map { names.columns[$0] }
        return Change("models", id, "inputs", .texts(chosen))
    }

    private func categoryName(_ number: Int) -> Text {
        switch kind {
        case .categories: Text(number + 1)
        case .gestures: number < messages.count ? messages[number] : Text(number + 1)
        case .continuous: "taught"
        }
    }

    /// The outputs of a model: one, or as many as it has knobs.
    fileprivate static func read(_ model: Text, _ document: Document, _ names: inout ProjectNames) -> [OutputSetup] {
        let title = document.text("models", model, "name") ?? model
        // Class 0 need not be there; the others are numbered in their order.
        let categories = document.ordered("categories", where: "model", is: model).filter { $0 != model + "-0" }
        var outputs: [OutputSetup] = []
        func add(_ setup: OutputSetup, knob: Text?) {
            outputs.append(setup.completed(model, document, names))
            names.models.append(model)
            names.knobs.append(knob)
            names.categories.append(categories)
        }
        switch document.text("models", model, "drive") ?? "blend" {
        case "follow":
            let knobs = document.ordered("knobs", where: "model", is: model)
            for knob in knobs {
                let name = document.text("knobs", knob, "name") ?? knob
                let kind = Kind.continuous(
                    minimum: Float(document.number("knobs", knob, "minimum") ?? 0),
                    maximum: Float(document.number("knobs", knob, "maximum") ?? 1),
                    isWhole: document.flag("knobs", knob, "whole"), isHard: document.flag("oscoutputs", model, "hard"))
                add(OutputSetup(name: knobs.count == 1 ? title : title + "-" + name, kind: kind), knob: knob)
            }
        case "gesture":
            if categories.isEmpty { break }
            var setup = OutputSetup(name: title, kind: .gestures(count: categories.count))
            setup.isNamedOnce = document.flag("oscoutputs", model, "once")
            setup.threshold = document.number("oscoutputs", model, "threshold").map { Float($0) } ?? setup.threshold
            let given = categories.map { document.text("categories", $0, "name") ?? $0 }
            for (i, name) in given.enumerated() where name.hasPrefix("/") { setup.messages[i] = name }
            add(setup, knob: nil)
        default:
            if !categories.isEmpty { add(OutputSetup(name: title, kind: .categories(count: categories.count)), knob: nil) }
        }
        return outputs
    }

    /// With the model's kind, settings and inputs.
    private func completed(_ id: Text, _ document: Document, _ names: ProjectNames) -> OutputSetup {
        var setup = self
        setup.sendsDistribution = document.flag("oscoutputs", id, "distribution")
        let chosen = document.inputColumns(of: id).compactMap { names.columns.firstIndex(of: $0) }
        setup.inputs = chosen.isEmpty || chosen == Array(names.columns.indices) ? nil : chosen
        guard !isGestures, let kind = document.text("models", id, "kind"), let info = ModelCatalogue.named(kind) else { return setup }
        setup.model = kind
        setup.settings = info.settings.map { setting in
            let record = document.ordered("settings", where: "model", is: id).first {
                document.text("settings", $0, "name") == Text(setting.name)
            }
            return record.flatMap { document.number("settings", $0, "value") }.map { Float($0) } ?? setting.defaultValue
        }
        return setup
    }
}

extension Document {
    /// The controls that the arguments of an address feed, in the order of those.
    fileprivate func arguments(of address: Text, _ port: Int?) -> [Text] {
        let controls = ordered("controls").filter { control in
            text("controls", control, "source") == "osc" && text("controls", control, "address") == address
                && (port == nil || number("controls", control, "port") == port.map { Double($0) })
        }
        let places = controls.map { number("controls", $0, "argument") ?? 0 }
        return controls.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { controls[$0] }
    }

    /// The columns of rows that a model listens to: a feature of several numbers, such as mfcc, stands for mfcc-1 and so on.
    fileprivate func inputColumns(of model: Text) -> [Text] {
        let known = ids("takes").reduce(into: [Text]()) { known, take in
            // Takes of one session have the same columns.
            if known.isEmpty { known = texts("takes", take, "columns") }
        }
        return texts("models", model, "inputs").flatMap { key in
            if known.contains(key) { return [key] }
            let parts = known.filter { column in
                column.hasPrefix(key + "-") && column.utf8.dropFirst(key.utf8.count + 1).allSatisfy { 48...57 ~= $0 }
            }
            return parts.isEmpty ? [key] : parts
        }
    }
}
