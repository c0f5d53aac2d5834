import StarlingMath
import StarlingSynthesis

extension Plan {
    /// Notes in steps, again and again, for one instrument.
    public struct Pattern: Sendable {
        /// Names the pattern across plans: `Text.key` of its id.
        public var key: UInt32 = 0
        /// The instrument's place in the catalogue.
        public var instrument = 0
        /// 1...16.
        public var stepCount = Plan.Limit.steps
        public var length = NoteLength.sixteenth
        /// How much of a step a note lasts, above 0, at most 1.
        public var gate: Float = 0.5
        public var quantum = Quantum.bar
        /// Whether the player wants it to play.
        public var isPlaying = false
        /// Whether it goes on when its category is no longer recognised.
        public var isLatched = true
        /// The model and the place of its category that launch it; -1 for none.
        public var model = -1
        public var category = -1
        public var lanes: [Lane] = []
        public init() {}
    }

    /// One note of a pattern.
    public struct Lane: Sendable {
        public var note: NoteNumber
        /// How strong the note is at each step, 0...1; 0 for not at all.
        public var velocities: [Float]
        public init(note: NoteNumber, velocities: [Float]) { (self.note, self.velocities) = (note, velocities) }
    }

    /// What becomes of the notes an instrument holds.
    public struct Arpeggio: Sendable {
        public var mode = ArpeggioMode.off
        public var length = NoteLength.sixteenth
        /// 1...4.
        public var octaves = 1
        /// How much of a step a note lasts, above 0, at most 1.
        public var gate: Float = 0.5
        public init() {}
    }
}

extension Plan.Pattern {
    /// Laid out as `PlanView.Pattern` reads it.
    var words: [UInt32] {
        var words: [UInt32] = [
            key, UInt32(truncatingIfNeeded: instrument), UInt32(truncatingIfNeeded: stepCount), length.rawValue, gate.bitPattern,
            quantum.rawValue, isPlaying ? 1 : 0, isLatched ? 1 : 0, UInt32(truncatingIfNeeded: model),
            UInt32(truncatingIfNeeded: category), UInt32(lanes.count),
        ]
        for place in 0..<Plan.Limit.lanes {
            let lane = place < lanes.count ? lanes[place] : Plan.Lane(note: 0, velocities: [])
            words.append(lane.note.bitPattern)
            for step in 0..<Plan.Limit.steps {
                words.append((step < lane.velocities.count ? lane.velocities[step] : 0).bitPattern)
            }
        }
        return words
    }
}

extension Plan.Arpeggio {
    /// Laid out as `PlanView.Arpeggio` reads it.
    var words: [UInt32] { [mode.rawValue, length.rawValue, UInt32(truncatingIfNeeded: octaves), gate.bitPattern] }
}

extension PlanView {
    /// One pattern of a plan, read in place.
    struct Pattern {
        private static let headWords = 11
        private static let laneWords = 1 + Plan.Limit.steps
        static let words = headWords + Plan.Limit.lanes * laneWords

        let words: UnsafePointer<UInt32>

        var key: UInt32 { words[0] }
        var instrument: Int { int(1) }
        var stepCount: Int { int(2) }
        var length: NoteLength { NoteLength(rawValue: words[3]) ?? .sixteenth }
        var gate: Float { Float(bitPattern: words[4]) }
        var quantum: Quantum { Quantum(rawValue: words[5]) ?? .bar }
        var isPlaying: Bool { words[6] != 0 }
        var isLatched: Bool { words[7] != 0 }
        /// -1 for none.
        var model: Int { int(8) }
        var category: Int { int(9) }
        var laneCount: Int { int(10) }
        func note(_ lane: Int) -> NoteNumber { float(lane, 0) }
        func velocity(_ lane: Int, step: Int) -> Float { float(lane, 1 + step) }

        private func int(_ at: Int) -> Int { Int(Int32(bitPattern: words[at])) }

        private func float(_ lane: Int, _ at: Int) -> Float {
            Float(bitPattern: words[Self.headWords + lane * Self.laneWords + at])
        }

        var isValid: Bool {
            guard 0..<InstrumentCatalogue.all.count ~= instrument, 1...Plan.Limit.steps ~= stepCount,
                 0...Plan.Limit.lanes ~= laneCount, 0.01...1 ~= gate else { return false }
            for lane in 0..<laneCount {
                guard 0...127 ~= note(lane) else { return false }
                for step in 0..<Plan.Limit.steps where !(0...1 ~= velocity(lane, step: step)) { return false }
            }
            return true
        }
    }

    /// An instrument's arpeggio, read in place.
    struct Arpeggio {
        static let words = 4
        let words: UnsafePointer<UInt32>
        var mode: ArpeggioMode { ArpeggioMode(rawValue: words[0]) ?? .off }
        var length: NoteLength { NoteLength(rawValue: words[1]) ?? .sixteenth }
        var octaves: Int { Int(Int32(bitPattern: words[2])) }
        var gate: Float { Float(bitPattern: words[3]) }
        var isValid: Bool { 1...4 ~= octaves && 0.01...1 ~= gate }
    }
}
