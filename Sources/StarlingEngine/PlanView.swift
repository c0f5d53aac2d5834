import StarlingMath

/// A plan read in place on the audio thread: no copy, no allocation.
///
/// Create it from words that `isValid` has accepted; the accessors do not check again.
public struct PlanView {
    static let magic: UInt32 = 0x504C_414E  // "PLAN"
    private static let headerWords = 7
    private static let instrumentWords = 3 + Plan.Limit.notes
    private static let mappingWords = 8
    private static let modelWords = 7

    private let words: UnsafePointer<UInt32>

    init(_ words: UnsafePointer<UInt32>) { self.words = words }

    var modelCount: Int { int(2) }
    var mappingCount: Int { int(3) }
    var parameterCount: Int { int(4) }
    var instrumentCount: Int { int(5) }
    var effectCount: Int { int(6) }

    private var positionsStart: Int { Self.headerWords }
    private var instrumentsStart: Int { positionsStart + parameterCount }
    private var effectsStart: Int { instrumentsStart + instrumentCount * Self.instrumentWords }
    private var mappingsStart: Int { effectsStart + effectCount }
    private var modelsStart: Int { mappingsStart + mappingCount * Self.mappingWords }

    @inline(__always) private func int(_ at: Int) -> Int { Int(words[at]) }
    @inline(__always) private func float(_ at: Int) -> Float { Float(bitPattern: words[at]) }

    func position(_ parameter: Int) -> Float { float(positionsStart + parameter) }
    func isEffectPresent(_ index: Int) -> Bool { int(effectsStart + index) != 0 }

    func instrument(_ index: Int) -> Instrument {
        Instrument(words: words + instrumentsStart + index * Self.instrumentWords)
    }

    func mapping(_ index: Int) -> Mapping { Mapping(words: words + mappingsStart + index * Self.mappingWords) }

    func model(_ index: Int) -> Model {
        var start = modelsStart
        for _ in 0..<index { start += Model(words: words + start, parameterCount: parameterCount).wordCount }
        return Model(words: words + start, parameterCount: parameterCount)
    }

    struct Instrument {
        let words: UnsafePointer<UInt32>
        var isPresent: Bool { words[0] != 0 }
        var isPlaying: Bool { words[1] != 0 }
        var noteCount: Int { Int(words[2]) }
        func note(_ index: Int) -> Float { Float(bitPattern: words[3 + index]) }
    }

    struct Mapping {
        let words: UnsafePointer<UInt32>
        var source: Int { Int(words[0]) }
        var sourceMinimum: Float { Float(bitPattern: words[1]) }
        var sourceMaximum: Float { Float(bitPattern: words[2]) }
        var destination: Int { Int(words[3]) }
        var low: Float { Float(bitPattern: words[4]) }
        var high: Float { Float(bitPattern: words[5]) }
        var isExponential: Bool { words[6] != 0 }
        var smoothing: Seconds { Float(bitPattern: words[7]) }
    }

    struct Model {
        let words: UnsafePointer<UInt32>
        let parameterCount: Int
        var key: UInt32 { words[0] }
        var drive: UInt32 { words[1] }
        var gate: Decibels { Float(bitPattern: words[2]) }
        var firstSlot: Int { Int(words[3]) }
        var inputCount: Int { Int(words[4]) }
        var categoryCount: Int { Int(words[5]) }
        var followedCount: Int { Int(words[6]) }
        private var categoryWords: Int { 2 + parameterCount }
        private var followedStart: Int { PlanView.modelWords + inputCount }
        private var categoriesStart: Int { followedStart + followedCount }
        var wordCount: Int { categoriesStart + categoryCount * categoryWords }

        func input(_ index: Int) -> Int { Int(words[PlanView.modelWords + index]) }
        func followed(_ index: Int) -> Int { Int(words[followedStart + index]) }
        func categoryKey(_ index: Int) -> UInt32 { words[categoriesStart + index * categoryWords] }
        func note(_ category: Int) -> Float {
            Float(bitPattern: words[categoriesStart + category * categoryWords + 1])
        }
        func preset(_ category: Int, parameter: Int) -> Float {
            Float(bitPattern: words[categoriesStart + category * categoryWords + 2 + parameter])
        }
        /// Whether another plan's model has the same outputs in the same slots.
        func saysTheSame(as other: Model) -> Bool {
            guard key == other.key, drive == other.drive, firstSlot == other.firstSlot, outputCount == other.outputCount
            else { return false }
            for output in 0..<outputCount where outputName(output) != other.outputName(output) { return false }
            return true
        }
        /// The key by which weights name an output.
        func outputName(_ output: Int) -> UInt32 {
            drive == Drive.follow.rawValue ? UInt32(followed(output)) : categoryKey(output)
        }
        /// Whether the model moves a play parameter at all.
        func drives(_ parameter: Int) -> Bool {
            if drive == Drive.follow.rawValue {
                for index in 0..<followedCount where followed(index) == parameter { return true }
            } else {
                for category in 0..<categoryCount where !preset(category, parameter: parameter).isNaN { return true }
            }
            return false
        }
        /// The slots behind label, certainty and map position.
        var firstCategorySlot: Int { firstSlot + ModelSlot.count }
        var outputCount: Int { drive == Drive.follow.rawValue ? followedCount : categoryCount }
    }

    /// Whether words are a plan for an engine with this layout: every count, slot and number within bounds.
    static func isValid(_ words: UnsafePointer<UInt32>, count: Int, layout: BusLayout) -> Bool {
        guard count >= headerWords, count <= Plan.Limit.words, words[0] == magic, Int(words[1]) == count else {
            return false
        }
        let view = PlanView(words)
        guard view.modelCount <= Plan.Limit.models, view.mappingCount <= Plan.Limit.mappings,
            view.parameterCount == layout.parameters.count, view.instrumentCount <= 64, view.effectCount <= 64,
            view.modelsStart <= count
        else { return false }
        return view.areNumbersValid() && view.areMappingsValid() && view.areModelsValid(count: count)
    }

    private func areNumbersValid() -> Bool {
        for p in 0..<parameterCount where !position(p).isFinite { return false }
        for i in 0..<instrumentCount where instrument(i).noteCount > Plan.Limit.notes { return false }
        return true
    }

    private func areMappingsValid() -> Bool {
        for i in 0..<mappingCount {
            let m = mapping(i)
            guard m.source < BusLayout.capacity, m.destination < parameterCount, m.low.isFinite, m.high.isFinite,
                m.sourceMaximum > m.sourceMinimum, m.smoothing >= 0
            else { return false }
        }
        return true
    }

    private func areModelsValid(count: Int) -> Bool {
        var start = modelsStart
        for _ in 0..<modelCount {
            guard start + Self.modelWords <= count else { return false }
            let m = Model(words: words + start, parameterCount: parameterCount)
            guard m.inputCount <= Plan.Limit.inputs, m.categoryCount <= Plan.Limit.outputs,
                m.followedCount <= Plan.Limit.outputs, start + m.wordCount <= count,
                m.firstSlot + ModelSlot.count + max(m.categoryCount, m.followedCount) <= BusLayout.capacity
            else { return false }
            for i in 0..<m.inputCount where m.input(i) >= BusLayout.capacity { return false }
            for i in 0..<m.followedCount where m.followed(i) >= parameterCount { return false }
            start += m.wordCount
        }
        return start == count
    }
}

/// The slots that every model has before those of its categories or followed parameters.
public enum ModelSlot {
    /// The index of the recognised category, -1 for none.
    public static let label = 0
    /// How certain the model is of its label, 0...1.
    public static let certainty = 1
    /// Where the input is on the map of the examples.
    public static let mapX = 2
    public static let mapY = 3
    /// Stands in a followed parameter's slot while the model has nothing to say.
    static let unknown: Float = -1
    public static let count = 4
}
