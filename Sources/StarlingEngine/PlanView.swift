import StarlingMath

/// A plan read in place on the audio thread: no copy, no allocation.
///
/// Create it from words that `isValid` has accepted; the accessors do not check again.
public struct PlanView {
    static let magic: UInt32 = 0x504C_414E  // "PLAN"
    private static let headerWords = 8
    private static let instrumentWords = 3 + Plan.Limit.notes

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
    private var pointsStart: Int { mappingsStart + mappingCount * Mapping.wordCount }
    private var modelsStart: Int { pointsStart + points.wordCount }

    @inline(__always) private func int(_ at: Int) -> Int { Int(words[at]) }
    @inline(__always) private func float(_ at: Int) -> Float { Float(bitPattern: words[at]) }

    func position(_ parameter: Int) -> Float { float(positionsStart + parameter) }
    func isEffectPresent(_ index: Int) -> Bool { int(effectsStart + index) != 0 }

    func instrument(_ index: Int) -> Instrument {
        Instrument(words: words + instrumentsStart + index * Self.instrumentWords)
    }

    func mapping(_ index: Int) -> Mapping { Mapping(words: words + mappingsStart + index * Mapping.wordCount) }
    var points: Points { Points(words: words + pointsStart, count: int(7), parameterCount: parameterCount) }

    @inline(never) func model(_ index: Int) -> Model {
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

    /// Whether words are a plan for an engine with this layout: every count, slot and number within bounds.
    static func isValid(_ words: UnsafePointer<UInt32>, count: Int, layout: BusLayout) -> Bool {
        guard count >= headerWords, count <= Plan.Limit.words, words[0] == magic, Int(words[1]) == count else {
            return false
        }
        let view = PlanView(words)
        guard view.modelCount <= Plan.Limit.models, view.mappingCount <= Plan.Limit.mappings,
            view.parameterCount == layout.parameters.count, view.instrumentCount <= 64, view.effectCount <= 64,
            view.points.count <= Plan.Limit.points, view.modelsStart <= count
        else { return false }
        return view.areNumbersValid() && view.areMappingsValid() && view.areModelsValid(count: count)
    }

    private func areNumbersValid() -> Bool {
        for p in 0..<parameterCount where !position(p).isFinite { return false }
        for i in 0..<instrumentCount where instrument(i).noteCount > Plan.Limit.notes { return false }
        return points.isValid
    }

    private func areMappingsValid() -> Bool {
        for i in 0..<mappingCount where !mapping(i).isValid(destinations: parameterCount + instrumentCount) { return false }
        return true
    }

    private func areModelsValid(count: Int) -> Bool {
        var start = modelsStart
        for _ in 0..<modelCount {
            guard start + Model.headerWords <= count else { return false }
            let m = Model(words: words + start, parameterCount: parameterCount)
            guard m.isValid(wordsLeft: count - start) else { return false }
            start += m.wordCount
        }
        return start == count
    }
}
