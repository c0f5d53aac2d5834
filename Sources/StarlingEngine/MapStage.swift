import StarlingMath

/// Mapping: decides where every play parameter goes, and moves it there without a click.
///
/// The player's hand rules over mappings, mappings over the plane, the plane over models, and models over where the
/// player last put a parameter. Everything happens in positions 0...1, so that frequencies and times move in equal ratios.
final class MapStage {
    /// Parameters follow their targets with this time constant.
    private static let smoothing: Seconds = 0.015
    /// Below this sum of certainties nothing is recognised and a blend rests where it is.
    private static let blendThreshold: Float = 0.01

    private let layout: BusLayout
    private let count: Int
    /// Where the player has put each parameter.
    private let placed: Floats
    /// Where models last took each parameter; negative where none has.
    private let driven: Floats
    /// Where each parameter is now.
    private let position: Floats
    /// 1 where the player holds the parameter.
    private let grabbed: Floats
    private let mappings: Mappings
    private let plane: Plane
    /// The indices of the plane's cursor.
    private let cursor: (x: Int, y: Int)
    private let coefficient: Float

    init(layout: BusLayout, tickSeconds: Seconds) {
        self.layout = layout
        mappings = Mappings(layout: layout, tickSeconds: tickSeconds)
        plane = Plane(layout)
        let first = layout.parameters.firstIndex { Text($0.owner) == Text(Plane.name) } ?? 0
        cursor = (first, first + 1)
        count = layout.parameters.count
        placed = Floats(layout.parameters.map { $0.info.position(value: $0.info.defaultValue) })
        position = Floats(placed.array)
        driven = Floats([Float](repeating: -1, count: count))
        grabbed = Floats(count)
        coefficient = 1 - fastExp(-tickSeconds / Self.smoothing)
    }

    /// Takes the player's positions of a new plan; parameters that nothing drives any more return to them.
    func adopt(_ plan: PlanView, _ play: PlayStage) {
        for p in 0..<count {
            placed[p] = clamp(plan.position(p), 0, 1)
            if !isDriven(p, plan) { driven[p] = -1 }
        }
        mappings.adopt(plan, play)
        plane.forget()
    }

    private func isDriven(_ parameter: Int, _ plan: PlanView) -> Bool {
        for index in 0..<plan.modelCount where plan.model(index).drives(parameter) { return true }
        return false
    }

    func set(_ parameter: Int, value: Float) {
        placed[parameter] = layout.parameters[parameter].info.position(value: value)
    }

    func setGrabbed(_ parameter: Int, _ isGrabbed: Bool) { grabbed[parameter] = isGrabbed ? 1 : 0 }

    /// Moves every parameter one tick and writes the play slots; mappings may start and end notes.
    func tick(_ bus: UnsafeMutablePointer<Float>, plan: PlanView, _ play: PlayStage) {
        for index in 0..<plan.modelCount { follow(plan.model(index), bus) }
        mappings.tick(bus, plan: plan, play)
        move(cursor.x, bus)
        move(cursor.y, bus)
        plane.follow((position[cursor.x], position[cursor.y]), plan.points)
        for p in 0..<count where p != cursor.x && p != cursor.y { move(p, bus) }
    }

    /// Where a parameter is sent.
    private func target(_ p: Int) -> Float {
        if grabbed[p] > 0 { return placed[p] }
        if !mappings.positions[p].isNaN { return clamp(mappings.positions[p], 0, 1) }
        if !plane.positions[p].isNaN { return plane.positions[p] }
        return driven[p] < 0 ? placed[p] : driven[p]
    }

    @inline(never) private func move(_ p: Int, _ bus: UnsafeMutablePointer<Float>) {
        let target = target(p)
        let step = coefficient * (target - position[p])
        // Below this the movement is inaudible; ending it keeps subnormals out. What has steps takes none in between.
        let isGliding = (step > 1e-7 || step < -1e-7) && layout.parameters[p].info.curve != .stepped
        position[p] = isGliding ? position[p] + step : target
        bus[layout.play.lowerBound + p] = layout.parameters[p].info.value(position: position[p])
    }

    private func follow(_ model: PlanView.Model, _ bus: UnsafePointer<Float>) {
        switch Drive(rawValue: model.drive) {
        case .switch, .gesture: recall(model, bus)
        case .blend: blend(model, bus)
        case .follow: copy(model, bus)
        case nil: break
        }
    }

    private func recall(_ model: PlanView.Model, _ bus: UnsafePointer<Float>) {
        let label = Int(bus[model.firstSlot + ModelSlot.label])
        guard label >= 0, label < model.categoryCount else { return }
        for p in 0..<count {
            let preset = model.preset(label, parameter: p)
            if !preset.isNaN { driven[p] = preset }
        }
    }

    private func blend(_ model: PlanView.Model, _ bus: UnsafePointer<Float>) {
        for p in 0..<count {
            var sum: Float = 0
            var weight: Float = 0
            for c in 0..<model.categoryCount {
                let preset = model.preset(c, parameter: p)
                guard !preset.isNaN else { continue }
                let certainty = bus[model.firstOutputSlot + c]
                sum += certainty * preset
                weight += certainty
            }
            if weight > Self.blendThreshold { driven[p] = sum / weight }
        }
    }

    private func copy(_ model: PlanView.Model, _ bus: UnsafePointer<Float>) {
        for index in 0..<model.followedCount {
            let predicted = bus[model.firstOutputSlot + index]
            if predicted >= 0 { driven[model.followed(index)] = predicted }
        }
    }

    /// Puts every parameter at its target at once.
    func settle(_ bus: UnsafeMutablePointer<Float>) {
        for p in 0..<count {
            position[p] = placed[p]
            bus[layout.play.lowerBound + p] = layout.parameters[p].info.value(position: position[p])
        }
    }
}
