import StarlingMath

/// A network of bells: each output a weighted sum of how near the inputs are to typical examples.
///
/// The model's own words: see `LinearLayout`.
enum RadialNetwork {
    static let info = ModelInfo(
        id: 12, name: "rbf", label: "Radial basis functions",
        help: "Puts bells over typical examples and mixes what was taught around them. Quick, and calm far from everything.",
        reference: "Moody and Darken 1989, Fast learning in networks of locally-tuned processing units",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "centres", label: "Centres", range: 1...256, default: 40, curve: .stepped,
                help: "How many typical examples are looked for; more learn finer detail."),
            ParameterInfo(
                "width", label: "Width", range: 0.25...16, default: 3, curve: .logarithmic,
                help: "How wide each bell is, in distances to its neighbours; wider answers more smoothly."),
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 0.0001...100, default: 0.1, curve: .logarithmic,
                help: "How strongly a calm answer is preferred to one that meets every example."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])
}
