/// Calibrates a kind on examples it has not learned from: by folds within the examples of a training. Sliced.
///
/// Up to 2,000 examples, each of five folds is asked of a training on the other four. From more, one fold of five tells
/// enough. Folds are made of whole takes where there are some to spare (`Examples.units`), so that certainty is honest for
/// the next take, not for the next frame of the same one. Cost: as many trainings; the model plays meanwhile with the
/// calibration of the last training, or a presumed one.
final class Calibrator {
    private let examples: Examples
    private let run: FoldRun
    private var fit: CalibrationFit
    /// Nil until done, and where nothing could be asked.
    private(set) var calibration: Calibration?

    private static let manyExamples = 2000
    /// More would not make two numbers any better.
    private static let mostAsked = 1000

    init(_ examples: Examples, model: ModelInfo, settings: [Float], seed: UInt64) {
        self.examples = examples
        let counts = examples.categoryCounts
        fit = CalibrationFit(counts: counts)
        let isAskable = counts.filter { $0 > 0 }.count > 1
        run = FoldRun(
            examples, folds: isAskable ? examples.unitFolds(5, seed: seed) : [],
            foldCount: examples.count > Self.manyExamples ? 1 : 5, mostAsked: Self.mostAsked,
            model: model, settings: settings, seed: seed)
    }

    /// How far it is, 0...1.
    var progress: Float { run.progress }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        let isUnfinished = run.step(&work) { row, outputs in
            // What could not be learned says nothing about how far to believe what was.
            if run.knows(row) { fit.add(outputs, wanted: examples.category(row)) }
        }
        if isUnfinished { return true }
        calibration = fit.best()
        return false
    }
}
