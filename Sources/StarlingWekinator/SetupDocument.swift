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
        for (i, key) in names.columns.enumerated() {
            changes.append(Change("oscinputs", key, "name", .text(inputNames[i])))
            changes.append(Change("oscinputs", key, "order", .number(Double(i + 1))))
        }
        for (i, output) in outputs.enumerated() { changes += output.changes(i, names) }
        return changes
    }

    /// The setup that a document holds, and under which ids.
    ///
    /// A project that was made elsewhere has its models as outputs and what they listen to as inputs.
    /// - Throws: a sentence where there is nothing in it to run.
    static func read(_ document: Document) throws(StarlingError) -> (setup: WekinatorSetup, names: ProjectNames) {
        var columns = document.ordered("oscinputs")
        var inputNames = columns.map { document.text("oscinputs", $0, "name") ?? $0 }
        let models = document.ordered("models")
        if columns.isEmpty {
            for model in models {
                for key in document.texts("models", model, "inputs") where !columns.contains(key) { columns.append(key) }
            }
            inputNames = columns
        }
        var names = ProjectNames(columns: columns)
        var setup = WekinatorSetup(inputNames: inputNames, outputs: [])
        setup.name = document.text("project", "project", "name") ?? "Untitled"
        setup.inputAddress = document.text("osc", "osc", "inputs") ?? setup.inputAddress
        setup.outputAddress = document.text("osc", "osc", "outputs") ?? setup.outputAddress
        for model in models { setup.outputs += OutputSetup.read(model, document, &names) }
        guard !setup.outputs.isEmpty else {
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
        case .gestures: changes.append(set("drive", .text("gesture")))
        case .continuous(let minimum, let maximum, let isWhole, let isHard):
            changes.append(set("drive", .text("follow")))
            let knob = names.knobs[index]!
            let record = id + "-" + knob
            changes += [
                Change("knobs", record, "model", .text(id)), Change("knobs", record, "name", .text(knob)),
                Change("knobs", record, "minimum", .number(Double(minimum))),
                Change("knobs", record, "maximum", .number(Double(maximum))),
                Change("knobs", record, "whole", .flag(isWhole)),
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
        let chosen = (inputs ?? Array(names.columns.indices)).prefix(256).map { names.columns[$0] }
        return Change("models", id, "inputs", .texts(Array(chosen)))
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
                add(OutputSetup(name: knobs.count == 1 ? title : title + "-" + name, kind: kind), knob: ProjectNames.keys([name])[0])
            }
        case "gesture":
            if categories.isEmpty { break }
            var setup = OutputSetup(name: title, kind: .gestures(count: categories.count))
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
        let chosen = document.texts("models", id, "inputs").compactMap { names.columns.firstIndex(of: $0) }
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
