import StarlingMath

/// What the mappings of a plan do: each follows its source and moves a parameter, or plays notes on an instrument.
///
/// Where several move the same parameter, the first in order places it and the others add their movements, from
/// where they start: as modulations add up.
final class Mappings {
    /// Where the mappings take each parameter; NaN where there is none.
    let positions: Floats
    private var followers = Mappings.room()
    private var spareFollowers = Mappings.room()
    private var count = 0
    private let layout: BusLayout
    private let tickSeconds: Seconds

    init(layout: BusLayout, tickSeconds: Seconds) {
        self.layout = layout
        self.tickSeconds = tickSeconds
        positions = Floats([Float](repeating: .nan, count: layout.parameters.count))
    }

    private static func room() -> UnsafeMutablePointer<MappingFollower> {
        let room = UnsafeMutablePointer<MappingFollower>.allocate(capacity: Plan.Limit.mappings)
        room.initialize(repeating: MappingFollower(), count: Plan.Limit.mappings)
        return room
    }

    /// Goes on with the mappings of a new plan where those of the same key were; the notes of others end.
    func adopt(_ plan: PlanView, _ play: PlayStage) {
        for index in 0..<plan.mappingCount { spareFollowers[index] = take(plan.mapping(index), plan) }
        for index in 0..<count { followers[index].silence(play) }
        swap(&followers, &spareFollowers)
        count = plan.mappingCount
        for p in 0..<positions.count { positions[p] = .nan }
    }

    private func take(_ mapping: PlanView.Mapping, _ plan: PlanView) -> MappingFollower {
        for index in 0..<count where followers[index].key == mapping.key {
            let follower = followers[index]
            guard follower.destination == mapping.destination else { continue }
            followers[index] = MappingFollower()
            return follower
        }
        return MappingFollower(key: mapping.key, destination: mapping.destination)
    }

    /// Follows every source for one tick.
    func tick(_ bus: UnsafePointer<Float>, plan: PlanView, _ play: PlayStage) {
        for index in 0..<count where followers[index].destination < positions.count {
            positions[followers[index].destination] = .nan
        }
        for index in 0..<count {
            let mapping = plan.mapping(index)
            followers[index].follow(mapping, bus, loudness: bus[layout.loudness], tickSeconds)
            if mapping.destination < positions.count {
                move(mapping, to: followers[index].position(mapping, layout.parameters[mapping.destination].info))
            } else {
                let instrument = mapping.destination - positions.count
                followers[index].play(mapping, loudness: bus[layout.loudness], tickSeconds, play, instrument)
            }
        }
    }

    private func move(_ mapping: PlanView.Mapping, to position: Float) {
        let before = positions[mapping.destination]
        positions[mapping.destination] = before.isNaN ? position : before + position - clamp(mapping.low, 0, 1)
    }
}
