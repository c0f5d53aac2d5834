/// Calibrates a kind on examples it has not learned from: by folds within the examples of a training. Sliced.
///
/// Up to 2,000 examples each of five folds is asked of a training on the other four. From more, one fold of five tells
/// enough. Folds are made of whole takes where there are some to spare (`Examples.units`), so that certainty is honest for
/// the next take, not for the next frame of the same one. Cost: as many trainings; the model plays meanwhile with the
/// calibration of the last training, or a presumed one.
final class Calibrator {
    private let examples: Examples
    private let model: ModelInfo
    private let settings: [Float]
    private let seed: UInt64
    private let folds: [Int]
    private let foldCount: Int
    private var fold = 0
    private var rehearsal: Rehearsal?
    private var fit: CalibrationFit
    /// Nil until done, and where nothing could be asked.
    private(set) var calibration: Calibration?

    private static let folds = 5
    private static let manyExamples = 2000
    /// More would not make two numbers any better.
    private static let mostAsked = 1000

    init(_ examples: Examples, model: ModelInfo, settings: [Float], seed: UInt64) {
        self.examples = examples
        self.model = model
        self.settings = settings
        self.seed = seed
        let counts = examples.categoryCounts
        fit = CalibrationFit(counts: counts)
        let isAskable = counts.filter { $0 > 0 }.count > 1
        folds = isAskable ? examples.unitFolds(Self.folds, seed: seed) : []
        let madeFolds = (folds.max() ?? -1) + 1
        foldCount = examples.count > Self.manyExamples ? min(madeFolds, 1) : madeFolds
    }

    /// How far it is, 0...1.
    var progress: Float { (Float(fold) + (rehearsal?.progress ?? 0)) / Float(max(foldCount, 1)) }
    /// How many trainings it takes.
    var trainingCount: Int { foldCount }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while fold < foldCount {
            if work <= 0 { return true }
            if rehearsal == nil { rehearsal = begin() }
            guard let rehearsal else {
                fold += 1
                continue
            }
            if rehearsal.step(&work, { fit.add($1, wanted: examples.category($0)) }) { return true }
            self.rehearsal = nil
            fold += 1
        }
        calibration = fit.best()
        return false
    }

    /// The training of a fold; nil where it would have nothing to learn from or to be asked.
    private func begin() -> Rehearsal? {
        let learned = folds.indices.filter { folds[$0] != fold }
        var isKnown = [Bool](repeating: false, count: examples.outputCount)
        for row in learned { isKnown[examples.category(row)] = true }
        // What could not be learned says nothing about how far to believe what was.
        var asked = folds.indices.filter { folds[$0] == fold && isKnown[examples.category($0)] }
        let step = max(1, asked.count * min(foldCount, Self.folds) / Self.mostAsked)
        asked = stride(from: 0, to: asked.count, by: step).map { asked[$0] }
        if learned.isEmpty || asked.isEmpty { return nil }
        return Rehearsal(
            examples, learned: learned, asked: asked, model: model, settings: settings, seed: seed)
    }
}
