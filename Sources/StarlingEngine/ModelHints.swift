import StarlingFeatures
import StarlingLearning
import StarlingMath
import StarlingProject

/// Hints in the words and ids of the project: `{kind, text, categories, takes, features}`.
extension ExampleGatherer {
    /// A search for hints that speaks of whole features, as people choose them; nil without examples.
    var hintSearch: HintSearch? {
        dataset.map { HintSearch($0, inputGroups: model.inputs.map { scene.layout.feature(of: $0) ?? FeatureCatalogue.all.count + $0 }) }
    }

    func json(_ hint: Hint) -> JSON {
        .object([
            .init("kind", .text(Text(hint.kind.name))), .init("text", .text(hint.sentence(names))),
            .init("categories", .list(hint.categories.map { .text(model.task == .continuous ? Text() : model.categories[$0]) })),
            .init("takes", .list(hint.takes.map { .text(takes[$0].id) })),
            .init("features", .list(hint.inputs.map { .text(scene.columns[model.inputs[$0]]) })),
        ])
    }

    private var names: Hint.Names {
        Hint.Names(
            category: { number in
                let id = model.categories[number]
                return "“" + (scene.document.text("categories", id, "name") ?? id) + "”"
            },
            take: { takeName($0) },
            input: { "“" + inputName(model.inputs[$0]) + "”" })
    }

    private func inputName(_ slot: Int) -> Text {
        guard let feature = scene.layout.feature(of: slot) else { return scene.label(ofInput: slot) }
        return Text(FeatureCatalogue.all[feature].label)
    }

    /// A take's own name, or its place among those of its category.
    private func takeName(_ number: Int) -> Text {
        let id = takes[number].id
        if let name = scene.document.text("takes", id, "name"), !name.isEmpty { return "“" + name + "”" }
        let earlier = takes[...number].filter { $0.category == takes[number].category }
        let category = takes[number].category.flatMap { scene.document.text("categories", model.categories[$0], "name") }
        return "take " + Text(earlier.count) + (category.map { " of “" + $0 + "”" } ?? Text())
    }
}
