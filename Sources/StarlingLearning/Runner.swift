import StarlingMath

/// The part of a model kind that answers: it reads weights where they lie.
///
/// A runner takes its memory when made; afterwards it neither allocates nor throws.
class Runner {
    /// Checks the kind's own words completely and runs them from now on. False where anything is wrong.
    ///
    /// The words must stay as they are until the next `attach`.
    func attach(_ view: WeightsView) -> Bool { false }

    /// How far the outputs of the last `run` can be trusted, 0...1, as far as the kind knows: 1 where it does not.
    ///
    /// It is the share of the targets' variance that is certain: 1 where examples are dense and agree, 0 where the
    /// answer is no better than their mean.
    var certainty: Float { 1 }

    /// Works out all outputs for inputs that are finite.
    func run(_ inputs: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {}

    /// How far a target may be from the value of the last run, as a standard deviation; 0 where the kind does not know.
    func spread(_ output: Int) -> Float { 0 }
    /// The gesture recognised at the last run, or -1.
    var spotted: Int { -1 }
    /// Says how often `run` is called; a kind without a sense of time ignores it.
    func prepare(secondsPerRun: Seconds) {}
    /// Forgets the inputs of earlier runs; a kind without a memory has nothing to forget.
    func reset() {}
}
