import StarlingMath

/// A straight or bent rule: each target a weighted sum of the inputs and their products.
///
/// The model's own words: see `LinearLayout`.
enum Ridge {
    static let info = ModelInfo(
        id: 10, name: "ridge", label: "Linear and polynomial regression",
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
