import StarlingMath

/// A smooth rule that passes near every example and knows how sure it is: Gaussian process regression.
///
/// The model's own words: see `LinearLayout`; the centres are examples. Covariances fall off with distance as a bell does
/// (squared exponential), alike for all inputs.
enum GaussianProcess {
    static let info = ModelInfo(
        id: 11, name: "gp", label: "Gaussian process",
        help: "Lays a smooth surface through the examples and says how sure it is in between. Precise with few examples.",
        reference: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 2.1 and 5.4",
        tasks: [.continuous],
        settings: [
            ParameterInfo(
                "reach", label: "Reach", range: 0...100, default: 0,
                help: "How far, in deviations of the inputs, an example is heard; 0 finds out by itself."),
            ParameterInfo(
                "noise", label: "Noise", range: 0...10, default: 0,
                help: "How much examples may stray from the surface, as a share of its variance; 0 finds out by itself."),
        ])

    /// The least noise, without which single precision could not solve for many examples.
    static let leastNoise: Float = 1e-4
    static let mostNoise: Float = 10

    /// The most examples that are kept: as many as fit beside the variance and what stands before the model's own words.
    static func mostExamples(_ inputCount: Int, _ outputCount: Int) -> Int {
        let room = LearningLimits.bodyWords - VarianceView.wordCount(VarianceView.most)
        return min(Basis.mostCentres, room / (inputCount + roundedUpToFour(outputCount) + 1))
    }
}
