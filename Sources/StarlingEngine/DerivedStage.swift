import StarlingFeatures
import StarlingMath

/// Works the plan's derived features out, once a hop, behind the features and before the models.
final class DerivedStage {
    private let layout: BusLayout
    private let values: [DerivedValue]
    /// What each is made of, and how: source and kind in one number; -1 for none.
    private let made = Floats([Float](repeating: -1, count: Derived.count))

    init(layout: BusLayout, hopSeconds: Seconds) {
        self.layout = layout
        values = (0..<Derived.count).map { _ in DerivedValue(hopSeconds: hopSeconds) }
    }

    /// Those made of something else than before begin anew; those that are gone read 0.
    func adopt(_ plan: PlanView, _ bus: UnsafeMutablePointer<Float>) {
        for index in 0..<Derived.count {
            var next: Float = -1
            for i in 0..<plan.derivedCount where plan.derived(i).index == index {
                next = Float(plan.derived(i).source * 256 + Int(plan.derived(i).how.kind.rawValue))
            }
            if next != made[index] { values[index].reset() }
            if next < 0 { bus[layout.derived.lowerBound + index] = 0 }
            made[index] = next
        }
    }

    func hop(_ bus: UnsafeMutablePointer<Float>, plan: PlanView) {
        for i in 0..<plan.derivedCount {
            let derived = plan.derived(i)
            bus[layout.derived.lowerBound + derived.index] = values[derived.index].next(
                bus[derived.source], loudness: bus[layout.loudness], derived.how)
        }
    }
}
