import StarlingMath
import StarlingSynthesis

/// A plan read in place on the audio thread: no copy, no allocation.
///
/// Create it from words that `isValid` has accepted; the accessors do not check again.
public struct PlanView {
    static let magic: UInt32 = 0x504C_414E  // "PLAN"
    private static let headerWords = 7
    private static let instrumentWords = 3 + Plan.Limit.notes
    private static let mappingWords = 8

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
    /// The effect at a place in the order: its place in the catalogue.
    func effect(_ place: Int) -> Int { int(effectsStart + place) }

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

    /// Whether words are a plan for an engine with this layout: every count, slot and number within bounds.
    static func isValid(_ words: UnsafePointer<UInt32>, count: Int, layout: BusLayout) -> Bool {
        guard count >= headerWords, count <= Plan.Limit.words, words[0] == magic, Int(words[1]) == count else {
            return false
        }
        let view = PlanView(words)
        guard view.modelCount <= Plan.Limit.models, view.mappingCount <= Plan.Limit.mappings,
            view.parameterCount == layout.parameters.count, view.instrumentCount <= 64, view.effectCount <= EffectCatalogue.all.count,
            view.modelsStart <= count
        else { return false }
        return view.areNumbersValid() && view.areMappingsValid() && view.areModelsValid(count: count)
    }

    private func areNumbersValid() -> Bool {
        for p in 0..<parameterCount where !position(p).isFinite { return false }
        for i in 0..<instrumentCount where instrument(i).noteCount > Plan.Limit.notes { return false }
        return areEffectsValid()
    }

    /// Whether the effects exist, and none comes twice.
    private func areEffectsValid() -> Bool {
        for place in 0..<effectCount {
            if effect(place) >= EffectCatalogue.all.count { return false }
            for earlier in 0..<place where effect(earlier) == effect(place) { return false }
        }
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
            guard start + Model.headerWords <= count else { return false }
            let m = Model(words: words + start, parameterCount: parameterCount)
            guard m.isValid(wordsLeft: count - start) else { return false }
            start += m.wordCount
        }
        return start == count
    }
}
