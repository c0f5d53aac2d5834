import StarlingSynthesis

/// The order in which sound goes through the effects, and how it changes without a click.
///
/// Effects are named by their places in the catalogue. One effect at a time that is not where it should be is let fall silent,
/// put there, and let come back: the others keep their order meanwhile. All memory is taken in `init`.
final class EffectOrder {
    private let count = EffectCatalogue.all.count
    /// All effects in the order in which they run, also those that are not in the project.
    private let running: UnsafeMutablePointer<Int>
    private let wanted: UnsafeMutablePointer<Int>
    private var wantedCount = 0
    /// The effect that is on its way to another place; -1 for none.
    private(set) var moving = -1

    init() {
        running = .allocate(capacity: count)
        wanted = .allocate(capacity: count)
        for index in 0..<count {
            (running + index).initialize(to: index)
            (wanted + index).initialize(to: index)
        }
    }

    deinit {
        running.deallocate()
        wanted.deallocate()
    }

    /// The effect at a place in the order.
    subscript(_ place: Int) -> Int { running[place] }

    /// Takes over the order of a plan: it is approached tick by tick.
    func adopt(_ plan: PlanView) {
        wantedCount = min(plan.effectCount, count)
        for place in 0..<wantedCount { wanted[place] = plan.effect(place) }
    }

    /// Whether an effect is in the project.
    func isInProject(_ effect: Int) -> Bool {
        for place in 0..<wantedCount where wanted[place] == effect { return true }
        return false
    }

    /// Goes on towards the wanted order; `isHeard` says whether an effect sounds still. Called once a tick.
    func settle(isHeard: (Int) -> Bool) {
        moving = -1
        var place = 0
        for next in 0..<wantedCount {
            while !isInProject(running[place]) { place += 1 }
            if running[place] != wanted[next] {
                moving = wanted[next]
                if isHeard(moving) { return }
                move(moving, to: place)
            }
            place += 1
        }
        moving = -1
    }

    private func move(_ effect: Int, to place: Int) {
        var from = place
        while running[from] != effect { from += 1 }
        while from > place {
            running[from] = running[from - 1]
            from -= 1
        }
        running[place] = effect
    }
}
