import StarlingFeatures
import StarlingLearning
import StarlingMath

/// What the engine is to do, compiled from a project document.
///
/// A plan is written where memory may be taken, becomes a blob of words, and crosses to the audio thread as
/// bytes. There `PlanView` reads it in place.
public struct Plan: Sendable {
    /// How many models, mappings, points on the plane, outputs a model and notes an instrument a plan may hold.
    public enum Limit {
        public static let models = 8
        public static let mappings = 64
        public static let derived = 64
        public static let points = 32
        public static let inputs = 256
        public static let outputs = 48
        public static let notes = 16
        public static let patterns = 16
        public static let lanes = 16
        public static let steps = 16
        public static let words = 131_072
    }

    /// One model's place in the chain.
    public struct Model: Sendable {
        /// Names the model across blobs: `Text.key` of its id.
        public var key: UInt32 = 0
        public var drive = Drive.blend
        /// Below this loudness in dB the model neither learns nor decides.
        public var gate: Decibels = -50
        /// The slot of the model's label; see `ModelSlot` for those that follow it.
        public var firstSlot = 0
        /// A recognised category stays for so long at least.
        public var hold: Seconds = 0
        /// By how much another category must lead, 0...1.
        public var hysteresis: Float = 0
        /// How long a recognised gesture stays the label.
        public var pause: Seconds = 0.3
        /// The bus slots that feed the model.
        public var inputs: [Int] = []
        public var categories: [Category] = []
        /// The play parameters that a `follow` model drives, by index into the layout's parameters.
        public var followed: [Int] = []
        /// The free knobs that a `follow` model moves besides.
        public var knobs: [Knob] = []
        public init() {}
    }

    /// A continuous output that is no instrument's parameter: a slot of its own.
    public struct Knob: Sendable {
        /// Names the knob across blobs: `Text.key` of `model/knob`.
        public var key: UInt32 = 0
        public var minimum: Float = 0
        public var maximum: Float = 1
        /// Its value while the model has nothing to say.
        public var defaultValue: Float = 0
        /// Whether it takes whole numbers only.
        public var isWhole = false
        public init() {}
    }

    /// One thing a model can tell from the others.
    public struct Category: Sendable {
        /// Names the category across blobs: `Text.key` of its id.
        public var key: UInt32 = 0
        /// The note that starts when the category is recognised and ends when it no longer is; -1 for none.
        public var note: Float = -1
        /// It is only recognised with this certainty or more, 0...1.
        public var threshold: Float = 0
        /// A position 0...1 for each play parameter, NaN where the category says nothing about it.
        public var preset: [Float] = []
        public init() {}
    }

    /// A bus slot that moves a play parameter, or plays notes.
    public struct Mapping: Sendable {
        /// Names the mapping across plans: `Text.key` of its id.
        public var key: UInt32 = 0
        public var source = 0
        /// The source's values at which the mapping begins and ends; the first may be the higher one.
        public var from: Float = 0
        public var to: Float = 1
        /// Whether the way between them is in equal ratios; both must be above 0 then.
        public var isLogarithmic = false
        /// The play parameter's index; behind all of them, the instrument that notes are played on.
        public var destination = 0
        /// The destination's positions at the source's beginning and end; of notes, 1 is note number 127.
        public var low: Float = 0
        public var high: Float = 1
        public var curve = MappingCurve.linear
        /// Time constants of the ways up and down.
        public var rising: Seconds = 0
        public var falling: Seconds = 0
        /// Draws to so many steps, its ends included; none below 2.
        public var steps = 0
        /// The pitches of a scale to which a pitch is drawn; none where it has none.
        var scale = PitchSet(mask: 0)
        /// Notes sound above this loudness only.
        public var gate: Decibels = -200
        /// A slot that must say .8 or more for a note to begin; -1 for none.
        public var clarity = -1
        public init() {}

        /// The mapping as a plan has it.
        var words: [UInt32] {
            var writer = PlanWriter()
            writer.add(self)
            return writer.words
        }
    }

    /// A point of the plane with its sound.
    public struct Point: Sendable {
        public var x: Float = 0
        public var y: Float = 0
        /// A position 0...1 for each play parameter, NaN where the point says nothing about it.
        public var positions: [Float] = []
        public init() {}
    }

    /// A listen slot that is worked out of another.
    public struct Derived: Sendable {
        /// Its index among the derived features.
        public var index: Int
        /// The slot it follows.
        public var source: Int
        public var how: Derivation
        public init(index: Int, source: Int, how: Derivation) { (self.index, self.source, self.how) = (index, source, how) }
    }

    /// Whether an instrument of the catalogue is in the project, plays, and which notes it holds.
    public struct Instrument: Sendable {
        public var isPresent = false
        public var isPlaying = false
        public var notes: [Float] = []
        public var arpeggio = Arpeggio()
        public init() {}
    }

    public var models: [Model] = []
    public var mappings: [Mapping] = []
    /// What counts as a beginning.
    public var onsets = OnsetSettings()
    /// In the order in which they are worked out.
    public var derived: [Derived] = []
    public var points: [Point] = []
    /// A position 0...1 for each play parameter: where the player has put it.
    public var positions: [Float] = []
    /// One an instrument of the catalogue.
    public var instruments: [Instrument] = []
    /// The effects of the project in the order in which sound goes through them: places in the catalogue, each once.
    public var effects: [Int] = []
    public var patterns: [Pattern] = []

    public init() {}

    /// The plan as a blob, laid out as `PlanView` reads it.
    public func words() -> [UInt32] {
        var writer = PlanWriter()
        writer.words = [
            PlanView.magic, 0, UInt32(models.count), UInt32(mappings.count), UInt32(positions.count),
            UInt32(instruments.count), UInt32(effects.count), UInt32(derived.count), UInt32(points.count),
            UInt32(onsets.function.rawValue), onsets.threshold.bitPattern, onsets.refractorySeconds.bitPattern,
            UInt32(patterns.count),
        ]
        positions.forEach { writer.add($0) }
        instruments.forEach { writer.add($0) }
        effects.forEach { writer.add($0) }
        mappings.forEach { writer.add($0) }
        derived.forEach { writer.add($0) }
        points.forEach { writer.add($0) }
        patterns.forEach { writer.words += $0.words }
        models.forEach { writer.add($0) }
        writer.words[1] = UInt32(writer.words.count)
        return writer.words
    }
}

/// What a model's decisions do to the instruments.
public enum Drive: UInt32, Sendable, CaseIterable {
    /// The recognised category recalls its preset.
    case `switch`
    /// The categories' presets are mixed by their certainties.
    case blend
    /// A continuous model moves the parameters between the taught settings.
    case follow
    /// A recognised gesture recalls its preset.
    case gesture

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .switch: "switch"
        case .blend: "blend"
        case .follow: "follow"
        case .gesture: "gesture"
        }
    }

    /// What a model must have learned for it.
    public var task: Task {
        switch self {
        case .switch, .blend: .categories
        case .follow: .continuous
        case .gesture: .gestures
        }
    }
}

private struct PlanWriter {
    var words: [UInt32] = []

    @inline(never) mutating func add(_ word: UInt32) { words.append(word) }
    mutating func add(_ number: Int) { add(UInt32(truncatingIfNeeded: number)) }
    mutating func add(_ number: Float) { add(number.bitPattern) }

    mutating func add(_ instrument: Plan.Instrument) {
        add(instrument.isPresent ? 1 : 0)
        add(instrument.isPlaying ? 1 : 0)
        add(instrument.notes.count)
        words += instrument.arpeggio.words
        for i in 0..<Plan.Limit.notes { add(i < instrument.notes.count ? instrument.notes[i] : 0) }
    }

    mutating func add(_ mapping: Plan.Mapping) {
        add(mapping.key)
        add(mapping.source)
        add(mapping.isLogarithmic ? fastLog2(mapping.from) : mapping.from)
        add(mapping.isLogarithmic ? fastLog2(mapping.to) : mapping.to)
        add(mapping.isLogarithmic ? 1 : 0)
        add(mapping.destination)
        add(mapping.low)
        add(mapping.high)
        add(mapping.curve.rawValue)
        add(mapping.rising)
        add(mapping.falling)
        add(mapping.steps)
        add(mapping.scale.mask)
        add(mapping.gate)
        add(mapping.clarity)
    }

    mutating func add(_ point: Plan.Point) {
        add(point.x)
        add(point.y)
        point.positions.forEach { add($0) }
    }

    mutating func add(_ derived: Plan.Derived) {
        add(derived.index)
        add(derived.source)
        add(Int(derived.how.kind.rawValue))
        add(derived.how.seconds)
        add(derived.how.amount)
        add(derived.how.low)
        add(derived.how.high)
    }

    mutating func add(_ knob: Plan.Knob) {
        words.append(knob.key)
        add(knob.minimum)
        add(knob.maximum)
        add(knob.defaultValue)
        add(knob.isWhole ? 1 : 0)
    }

    mutating func add(_ model: Plan.Model) {
        words += [model.key, model.drive.rawValue]
        add(model.gate)
        add(model.firstSlot)
        add(model.inputs.count)
        add(model.categories.count)
        add(model.followed.count)
        add(model.knobs.count)
        add(model.hold)
        add(model.hysteresis)
        add(model.pause)
        model.inputs.forEach { add($0) }
        model.followed.forEach { add($0) }
        model.knobs.forEach { add($0) }
        for category in model.categories {
            words.append(category.key)
            add(category.note)
            add(category.threshold)
            category.preset.forEach { add($0) }
        }
    }
}
