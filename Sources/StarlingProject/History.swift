import StarlingMath

/// The commands that can be undone and redone, of one person in one session.
///
/// Successive commands with the same merge key that set the same fields become one step: a knob's drag. The oldest
/// step falls off when there are more than `limit`.
public struct History: Sendable {
    private struct Step: Sendable {
        let back: Command
        let fields: [Text]
        let mergeKey: Text?
    }

    /// How many steps are kept.
    public let limit: Int
    private var undoing: [Step] = []
    private var redoing: [Command] = []

    /// An empty history of at least one step.
    public init(limit: Int = 200) { self.limit = max(limit, 1) }

    /// What the next `undo` takes back; nil where there is nothing.
    public var undoName: Text? { undoing.last?.back.name }
    /// What the next `redo` does again; nil where there is nothing.
    public var redoName: Text? { redoing.last?.name }

    /// Takes note of a command that was applied. It merges with the step before where both have this merge key and
    /// set the same fields, and nothing was undone or sealed in between.
    public mutating func append(_ applied: Applied, mergeKey: Text? = nil) {
        let step = Step(back: applied.inverse, fields: Self.fields(applied.done), mergeKey: mergeKey)
        let merges = mergeKey != nil && redoing.isEmpty && undoing.last?.mergeKey == mergeKey
            && undoing.last?.fields == step.fields
        redoing = []
        // The step before already leads back to where the first of them began.
        if merges { return }
        push(step)
    }

    /// Ends the present step: the next command begins one of its own, whatever its merge key. For the end of a drag.
    public mutating func seal() {
        guard let last = undoing.popLast() else { return }
        undoing.append(Step(back: last.back, fields: last.fields, mergeKey: nil))
    }

    /// Takes back the last step; nil where there is none. A sentence and no change where it does not fit any more.
    public mutating func undo(_ document: inout Document) throws(StarlingError) -> Applied? {
        guard let step = undoing.last else { return nil }
        let applied = try document.apply(step.back)
        undoing.removeLast()
        redoing.append(applied.inverse)
        return applied
    }

    /// Does again what was last undone; nil where there is nothing.
    public mutating func redo(_ document: inout Document) throws(StarlingError) -> Applied? {
        guard let command = redoing.last else { return nil }
        let applied = try document.apply(command)
        redoing.removeLast()
        push(Step(back: applied.inverse, fields: [], mergeKey: nil))
        return applied
    }

    private mutating func push(_ step: Step) {
        undoing.append(step)
        if undoing.count > limit { undoing.removeFirst() }
    }

    /// What a command changes, without the values.
    private static func fields(_ command: Command) -> [Text] {
        command.changes.map { $0.table + " " + $0.id + " " + ($0.field ?? "") }
    }
}
