import StarlingMath

/// A straight or bent rule: each target a weighted sum of the inputs and their products.
///
/// The model's own words: see `LinearLayout`.
enum Ridge {
    static let info = ModelInfo(
        id: 10, name: "ridge", label: "Straight or curved line",
        help: "Draws the simplest line or curve through the examples. Steady with few examples, and goes on beyond them.",
        reference: "Hoerl and Kennard 1970, Ridge regression: biased estimation for nonorthogonal problems",
        tasks: [.continuous],
        settings: [
            ParameterInfo(
                "degree", label: "Bend", range: 1...4, default: 2, curve: .stepped,
                help: "1 is a straight line, higher bends more. Lowered by itself where inputs make over 640 products."),
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 0.001...1000, default: 1, curve: .logarithmic,
                help: "How strongly a flat line is preferred to one that meets every example."),
        ])
}

/// A network of bells: each output a weighted sum of how near the inputs are to typical examples.
///
/// The model's own words: see `LinearLayout`.
enum RadialNetwork {
    static let info = ModelInfo(
        id: 12, name: "rbf", label: "Bells",
        help: "Puts bells over typical examples and mixes what was taught around them. Quick, and calm far from everything.",
        reference: "Moody and Darken 1989, Fast learning in networks of locally-tuned processing units",
        tasks: [.categories, .continuous],
        settings: [
            ParameterInfo(
                "centres", label: "Bells", range: 1...256, default: 40, curve: .stepped,
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
