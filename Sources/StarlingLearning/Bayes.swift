import StarlingMath

/// One cloud for each category, round or stretched along the inputs: Gaussian naive Bayes.
///
/// The model's own words: see `DensityLayout`, with one component a category.
enum Bayes {
    static let info = ModelInfo(
        id: 3, name: "bayes", label: "Naive Bayes",
        help: "Sees each category as one cloud and asks which fits best. Instant, and a good first guess from few examples.",
        reference: "Hand and Yu 2001, Idiot's Bayes: not so stupid after all?",
        tasks: [.categories],
        settings: [
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 1e-9...1, default: 0.01, curve: .logarithmic,
                help: "How wide a cloud is at least, as a share of the variance of all examples."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])
}
