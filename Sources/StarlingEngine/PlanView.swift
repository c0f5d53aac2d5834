import StarlingFeatures
import StarlingMath
import StarlingSynthesis

/// A plan read in place on the audio thread: no copy, no allocation.
///
/// Create it from words that `isValid` has accepted; the accessors do not check again.
public struct PlanView {
    static let magic: UInt32 = 0x504C_414E  // "PLAN"
    private static let headerWords = 13
    private static let instrumentWords = Instrument.headWords + Plan.Limit.notes
    private static let derivedWords = 7

    private let words: UnsafePointer<UInt32>

    init(_ words: UnsafePointer<UInt32>) { self.words = words }

    var modelCount: Int { int(2) }
    var mappingCount: Int { int(3) }
    var parameterCount: Int { int(4) }
    var instrumentCount: Int { int(5) }
    var effectCount: Int { int(6) }
    var derivedCount: Int { int(7) }
    var patternCount: Int { int(12) }
    var onsets: OnsetSettings {
        OnsetSettings(
            function: OnsetFunction(rawValue: UInt8(truncatingIfNeeded: words[9])) ?? .combined, threshold: float(10),
            refractorySeconds: float(11))
    }

    private var positionsStart: Int { Self.headerWords }
    private var instrumentsStart: Int { positionsStart + parameterCount }
    private var effectsStart: Int { instrumentsStart + instrumentCount * Self.instrumentWords }
    private var mappingsStart: Int { effectsStart + effectCount }
    private var derivedStart: Int { mappingsStart + mappingCount * Mapping.wordCount }
    private var pointsStart: Int { derivedStart + derivedCount * Self.derivedWords }
    private var patternsStart: Int { pointsStart + points.wordCount }
    private var modelsStart: Int { patternsStart + patternCount * Pattern.words }

    @inline(__always) private func int(_ at: Int) -> Int { Int(words[at]) }
    @inline(__always) private func float(_ at: Int) -> Float { Float(bitPattern: words[at]) }

    func position(_ parameter: Int) -> Float { float(positionsStart + parameter) }
    /// The effect at a place in the order: its place in the catalogue.
    func effect(_ place: Int) -> Int { int(effectsStart + place) }

    func instrument(_ index: Int) -> Instrument {
        Instrument(words: words + instrumentsStart + index * Self.instrumentWords)
    }

    func mapping(_ index: Int) -> Mapping { Mapping(words: words + mappingsStart + index * Mapping.wordCount) }
    var points: Points { Points(words: words + pointsStart, count: int(8), parameterCount: parameterCount) }

    func derived(_ index: Int) -> Derived { Derived(words: words + derivedStart + index * Self.derivedWords) }

    func pattern(_ index: Int) -> Pattern { Pattern(words: words + patternsStart + index * Pattern.words) }

    @inline(never) func model(_ index: Int) -> Model {
        var start = modelsStart
        for _ in 0..<index { start += Model(words: words + start, parameterCount: parameterCount).wordCount }
        return Model(words: words + start, parameterCount: parameterCount)
    }

    struct Instrument {
        static let headWords = 3 + Arpeggio.words
        let words: UnsafePointer<UInt32>
        var isPresent: Bool { words[0] != 0 }
        var isPlaying: Bool { words[1] != 0 }
        var noteCount: Int { Int(words[2]) }
        func note(_ index: Int) -> Float { Float(bitPattern: words[Self.headWords + index]) }
        var arpeggio: Arpeggio { Arpeggio(words: words + 3) }
    }

    struct Derived {
        let words: UnsafePointer<UInt32>
        var index: Int { Int(words[0]) }
        var source: Int { Int(words[1]) }
        var how: Derivation {
            Derivation(
                kind: DerivationKind(rawValue: UInt8(truncatingIfNeeded: words[2])) ?? .mean, seconds: Float(bitPattern: words[3]),
                amount: Float(bitPattern: words[4]), low: Float(bitPattern: words[5]), high: Float(bitPattern: words[6]))
        }
    }

    /// Whether words are a plan for an engine with this layout: every count, slot and number within bounds.
    static func isValid(_ words: UnsafePointer<UInt32>, count: Int, layout: BusLayout) -> Bool {
        guard count >= headerWords, count <= Plan.Limit.words, words[0] == magic, Int(words[1]) == count else {
            return false
        }
        let view = PlanView(words)
        guard view.modelCount <= Plan.Limit.models, view.mappingCount <= Plan.Limit.mappings,
            view.parameterCount == layout.parameters.count, view.instrumentCount <= 64, view.effectCount <= EffectCatalogue.all.count,
            view.derivedCount <= Plan.Limit.derived, view.points.count <= Plan.Limit.points, view.patternCount <= Plan.Limit.patterns,
            view.modelsStart <= count
        else { return false }
        return view.areNumbersValid() && view.areMappingsValid() && view.areDerivedValid(layout) && view.areModelsValid(count: count)
    }

    private func areNumbersValid() -> Bool {
        guard 0.1...10 ~= onsets.threshold, 0.01...2 ~= onsets.refractorySeconds else { return false }
        for p in 0..<parameterCount where !position(p).isFinite { return false }
        for i in 0..<instrumentCount where instrument(i).noteCount > Plan.Limit.notes || !instrument(i).arpeggio.isValid { return false }
        for i in 0..<patternCount where !pattern(i).isValid { return false }
        return areEffectsValid() && points.isValid
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
        for i in 0..<mappingCount where !mapping(i).isValid(destinations: parameterCount + instrumentCount) { return false }
        return true
    }

    private func areDerivedValid(_ layout: BusLayout) -> Bool {
        for i in 0..<derivedCount {
            let d = derived(i)
            guard d.index < StarlingEngine.Derived.count, d.source < layout.derived.lowerBound + d.index,
                Derivation.times.contains(Double(d.how.seconds)), d.how.amount.isFinite, d.how.low.isFinite, d.how.high > d.how.low
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
