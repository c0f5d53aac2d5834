import StarlingMath

/// Straight borders between categories: the certainty of each grows with a weighted sum of the inputs.
///
/// The model's own words: see `LinearLayout`. It is the smallest model: a weight for each input and category.
enum Softmax {
    static let info = ModelInfo(
        id: 4, name: "softmax", label: "Logistic regression",
        help: "Draws straight borders between the categories. Small, quick and steady with few examples and many inputs.",
        reference: "Cox 1966; Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4; Nocedal 1980",
        tasks: [.categories],
        settings: [
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 0.001...100, default: 1, curve: .logarithmic,
                help: "How strongly gradual borders are preferred to sharp ones."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])
}
