import StarlingLearning
import StarlingMath
import StarlingProject

/// A take as one model learns from it.
struct TaughtTake {
    let id: Text
    /// The category's index in the model; nil where the take only has targets for its knobs.
    let category: Int?
}

extension Scene {
    /// The takes that teach a model: those of its categories in order, those labelled with one, and those with a target
    /// for one of its knobs. Muted ones teach nobody; none comes twice.
    func takes(of model: SceneModel) -> [TaughtTake] {
        var all: [TaughtTake] = []
        func add(_ ids: [Text], _ category: Int?) {
            for id in ids where !document.flag("takes", id, "muted") && !all.contains(where: { $0.id == id }) {
                all.append(TaughtTake(id: id, category: category))
            }
        }
        for (index, category) in model.categories.enumerated() {
            add(document.ordered("takes", where: "category", is: category), index)
        }
        for (index, category) in model.categories.enumerated() {
            add(document.ordered("labels", where: "category", is: category).compactMap { document.text("labels", $0, "take") }, index)
        }
        if !model.knobs.isEmpty {
            add(document.ordered("takes").filter { take in
                let named = document.texts("takes", take, "parameters")
                return model.knobs.contains { named.contains($0.path) }
            }, nil)
        }
        // As they came: a network learns a little differently from another order.
        guard model.task == .continuous else { return all }
        return document.ordered("takes").compactMap { id in all.first { $0.id == id } }
    }

    /// The part of a take that teaches, as rows: what was not trimmed away.
    func trimmed(_ take: Text, _ rows: Rows) -> Range<Int> {
        let from = document.number("takes", take, "from") ?? 0
        let to = document.number("takes", take, "to") ?? .infinity
        let first = min(Int((from * rows.rate).rounded()), rows.rowCount)
        let end = to * rows.rate < Double(rows.rowCount) ? Int((to * rows.rate).rounded()) : rows.rowCount
        return first..<max(first, end)
    }

    /// The value a take was taught with for a parameter or knob; nil if it says nothing about it.
    func target(of take: Text, _ path: Text) -> Float? {
        let values = document.numbers("takes", take, "targets")
        guard let index = document.texts("takes", take, "parameters").firstIndex(of: path), index < values.count else {
            return nil
        }
        return Float(values[index])
    }
}

/// A take while its pad is still held.
struct LiveTake {
    let category: Text
    let rate: Double
    var columnCount = 1
    var values: [Float] = []
}
