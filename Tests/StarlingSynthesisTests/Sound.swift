import StarlingDSP
import StarlingMath
import StarlingSynthesis

/// Stereo sound in memory.
struct Sound {
    var left: [Float]
    var right: [Float]

    var count: Int { left.count }
    var mono: [Float] { zip(left, right).map { ($0 + $1) * 0.5 } }
    var all: [Float] { left + right }
    /// Whether another sound has the very same bits; asked as one question, for a list of differences would take minutes.
    func isSame(as other: Sound) -> Bool {
        all.map { $0.bitPattern } == other.all.map { $0.bitPattern }
    }
    /// NaN, infinite or subnormal numbers: what must never come out.
    var brokenCount: Int { all.filter { !$0.isFinite || $0.isSubnormal }.count }

    /// The first sample-frame that is not 0.
    var beginning: Int? { (0..<count).first { left[$0] != 0 || right[$0] != 0 } }

    subscript(_ range: Range<Int>) -> Sound { Sound(left: Array(left[range]), right: Array(right[range])) }
}

/// A note that begins, or one that ends where the velocity is nil.
struct Event {
    var time: Int
    var note: Float
    var velocity: Float? = 0.8
}

/// Calls `piece` for each piece of time between ticks, multiples of the block and the given times; `tick` before each tick.
func pieces(_ frames: Int, block: Int, times: [Int] = [], tick: (Int) -> Void, piece: (Int, Int) -> Void) {
    var now = 0
    while now < frames {
        if now % tickFrameCount == 0 { tick(now / tickFrameCount) }
        let ends = [(now / tickFrameCount + 1) * tickFrameCount, (now / block + 1) * block, frames]
        let end = (ends + times.filter { $0 > now }).min()!
        piece(now, end - now)
        now = end
    }
}

extension Instrument {
    /// Plays events, with parameter values that may differ from tick to tick.
    func play(_ events: [Event], frames: Int, block: Int = 128, values: (Int) -> [Float]) -> Sound {
        let (left, right) = (Floats(frames), Floats(frames))
        pieces(frames, block: block, times: events.map(\.time)) { tick(values($0)) } piece: { now, count in
            for event in events where event.time == now {
                if let velocity = event.velocity { noteOn(event.note, velocity: velocity) } else { noteOff(event.note) }
            }
            render(left.pointer + now, right.pointer + now, count: count)
        }
        return Sound(left: left.array, right: right.array)
    }
}

extension Effect {
    /// Sends sound through, with parameter values that may differ from tick to tick.
    func pass(_ sound: Sound, block: Int = 128, values: (Int) -> [Float]) -> Sound {
        let (left, right) = (Floats(sound.left), Floats(sound.right))
        pieces(sound.count, block: block) { tick(values($0)) } piece: { now, count in
            process(left.pointer + now, right.pointer + now, count: count)
        }
        return Sound(left: left.array, right: right.array)
    }
}

/// Parameter values as the engine gives them: each follows its aim with a time constant of 15 ms.
final class Smoothed {
    private var values: [Float]
    private let share: Float

    init(_ values: [Float], sampleRate: Float) {
        self.values = values
        share = 1 - fastExp(-Float(tickFrameCount) / (0.015 * sampleRate))
    }

    func next(_ aims: [Float]) -> [Float] {
        for i in 0..<values.count { values[i] += (aims[i] - values[i]) * share }
        return values
    }
}

/// Any values within the parameters' ranges, now and then at their ends.
func fuzzed(_ parameters: [ParameterInfo], _ random: inout SeededRandom) -> [Float] {
    parameters.map { $0.value(position: clamp(random.bipolar() * 0.7 + 0.5, 0, 1)) }
}

extension [ParameterInfo] {
    var defaults: [Float] { map { $0.defaultValue } }
    /// The defaults with some values changed, by name.
    func values(_ changes: KeyValuePairs<String, Float>) -> [Float] {
        var values = defaults
        for (name, value) in changes { values[firstIndex { "\($0.name)" == name }!] = value }
        return values
    }
}
